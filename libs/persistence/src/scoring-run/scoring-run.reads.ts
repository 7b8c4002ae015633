import type { ScoringRun } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { NounReads, same } from '../noun-reads.js';
import { ScoringRunEntity } from './scoring-run.entity.js';

export type ScoringRunFilter = Readonly<{ state?: ScoringRun['state'] }>;
/** Newest first. */
export type ScoringRunOrder = 'STARTED_AT';

@Injectable()
export class ScoringRunReads extends NounReads<ScoringRun, ScoringRunFilter, ScoringRunOrder> {
  protected readonly shape = {
    entity: ScoringRunEntity,
    key: ['id'],
    orders: { STARTED_AT: [['startedAt', 'desc']] },
    filters: { state: same('state') },
  } as const;
}
