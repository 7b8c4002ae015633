import type { EmployerPreference, OrganisationId, RoundId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { insertRows, saveVersion } from '../rows.js';
import type { Tx } from '../tx.js';
import { EmployerPreferenceEntity } from './employer-preference.entity.js';
import { PreferenceReceiptEntity } from './preference-receipt.entity.js';

@Injectable()
export class EmployerPreferenceStore {
  ofRound(tx: Tx, roundId: RoundId): Promise<EmployerPreference[]> {
    return tx.manager.find(EmployerPreferenceEntity, { where: { roundId }, order: { organisationId: 'ASC' } });
  }

  ofEmployer(tx: Tx, roundId: RoundId, organisationId: OrganisationId): Promise<EmployerPreference | null> {
    return tx.manager.findOneBy(EmployerPreferenceEntity, { roundId, organisationId });
  }

  /** As `LearnerPreferenceStore.upsert`. */
  async upsert(tx: Tx, preference: EmployerPreference): Promise<void> {
    if (preference.version === 1) await insertRows(tx, EmployerPreferenceEntity, [preference]);
    else await saveVersion(tx, EmployerPreferenceEntity, 'ranking of candidates', preference);
    await insertRows(tx, PreferenceReceiptEntity, [{ ...preference, preferenceId: preference.id, learnerId: null }]);
  }
}
