import type { Organisation, OrganisationId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { insertRows, saveVersion } from '../rows.js';
import type { Tx } from '../tx.js';
import { OrganisationEntity } from './organisation.entity.js';

@Injectable()
export class OrganisationStore {
  byId(tx: Tx, id: OrganisationId): Promise<Organisation | null> {
    return tx.manager.findOneBy(OrganisationEntity, { id });
  }

  byIds(tx: Tx, ids: readonly OrganisationId[]): Promise<Organisation[]> {
    return tx.manager.findBy(OrganisationEntity, { id: In(ids) });
  }

  byUkprn(tx: Tx, ukprn: string): Promise<Organisation | null> {
    return tx.manager.findOneBy(OrganisationEntity, { ukprn });
  }

  /** Every organisation, by name. */
  all(tx: Tx): Promise<Organisation[]> {
    return tx.manager.find(OrganisationEntity, { order: { name: 'ASC', id: 'ASC' } });
  }

  /** @throws Rejection ALREADY_EXISTS for a UKPRN in use. */
  insert(tx: Tx, organisation: Organisation): Promise<void> {
    return this.insertMany(tx, [organisation]);
  }

  insertMany(tx: Tx, organisations: readonly Organisation[]): Promise<void> {
    return insertRows(tx, OrganisationEntity, organisations);
  }

  save(tx: Tx, organisation: Organisation): Promise<void> {
    return saveVersion(tx, OrganisationEntity, 'organisation', organisation);
  }
}
