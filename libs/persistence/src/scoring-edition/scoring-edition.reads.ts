import type { SkillAlias, SkillId, WeightVersion } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { NounReads, same } from '../noun-reads.js';
import { SkillAliasEntity, WeightVersionEntity } from './scoring-edition.entity.js';

export type SkillAliasFilter = Readonly<{ skillId?: SkillId }>;
/** Newest first. */
export type SkillAliasOrder = 'ADDED_AT';

@Injectable()
export class SkillAliasReads extends NounReads<SkillAlias, SkillAliasFilter, SkillAliasOrder> {
  protected readonly shape = {
    entity: SkillAliasEntity,
    key: ['id'],
    orders: { ADDED_AT: [['addedAt', 'desc']] },
    filters: { skillId: same('skill_id') },
  } as const;
}

export type WeightVersionFilter = Readonly<{ state?: WeightVersion['state'] }>;
/** Newest first. */
export type WeightVersionOrder = 'PROPOSED_AT';

@Injectable()
export class WeightVersionReads extends NounReads<WeightVersion, WeightVersionFilter, WeightVersionOrder> {
  protected readonly shape = {
    entity: WeightVersionEntity,
    key: ['number'],
    orders: { PROPOSED_AT: [['proposedAt', 'desc']] },
    filters: { state: same('state') },
  } as const;
}
