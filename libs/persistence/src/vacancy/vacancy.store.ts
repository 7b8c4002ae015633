import type { OrganisationId, Vacancy, VacancyId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { insertRows, saveVersion } from '../rows.js';
import type { Tx } from '../tx.js';
import { VacancyEntity } from './vacancy.entity.js';

@Injectable()
export class VacancyStore {
  byId(tx: Tx, id: VacancyId): Promise<Vacancy | null> {
    return tx.manager.findOneBy(VacancyEntity, { id });
  }

  byIds(tx: Tx, ids: readonly VacancyId[]): Promise<Vacancy[]> {
    return tx.manager.findBy(VacancyEntity, { id: In(ids) });
  }

  /** Every live vacancy of the region, by id. */
  live(tx: Tx): Promise<Vacancy[]> {
    return tx.manager.find(VacancyEntity, { where: { state: 'LIVE' }, order: { id: 'ASC' } });
  }

  /** Which vacancies are live, and at which version, by id. */
  liveVersions(tx: Tx): Promise<Pick<Vacancy, 'id' | 'version'>[]> {
    return tx.manager.query(`select id, version from vacancy where state = 'LIVE' order by id`);
  }

  /** A text that changes whenever a vacancy is published, revised or closed. */
  async edition(tx: Tx): Promise<string> {
    const [row] = await tx.manager.query<{ edition: string }[]>(`select count(*) || '.' || coalesce(sum(version), 0) as edition from vacancy where state <> 'DRAFT'`);
    return row?.edition ?? '';
  }

  countLive(tx: Tx): Promise<number> {
    return tx.manager.countBy(VacancyEntity, { state: 'LIVE' });
  }

  ofOrganisation(tx: Tx, organisationId: OrganisationId): Promise<Vacancy[]> {
    return tx.manager.find(VacancyEntity, { where: { organisationId }, order: { id: 'ASC' } });
  }

  insert(tx: Tx, vacancy: Vacancy): Promise<void> {
    return this.insertMany(tx, [vacancy]);
  }

  insertMany(tx: Tx, vacancies: readonly Vacancy[]): Promise<void> {
    return insertRows(tx, VacancyEntity, vacancies);
  }

  /** @throws Rejection VERSION_CONFLICT, NOT_FOUND; at commit OPENINGS_TAKEN where openings fall below live proposals. */
  save(tx: Tx, vacancy: Vacancy): Promise<void> {
    return saveVersion(tx, VacancyEntity, 'vacancy', vacancy);
  }
}
