import type { Round, RoundState } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { NounReads, same } from '../noun-reads.js';
import { RoundEntity } from './round.entity.js';

export type RoundFilter = Readonly<{ state?: RoundState }>;
/** Latest deadline first. */
export type RoundOrder = 'PREFERENCES_CLOSE_AT';

@Injectable()
export class RoundReads extends NounReads<Round, RoundFilter, RoundOrder> {
  protected readonly shape = {
    entity: RoundEntity,
    key: ['id'],
    orders: { PREFERENCES_CLOSE_AT: [['preferencesCloseAt', 'desc']] },
    filters: { state: same('state') },
  } as const;
}
