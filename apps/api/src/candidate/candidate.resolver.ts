import type { LearnerSkill } from '@meriden/domain';
import type { CandidateView } from '@meriden/persistence/reads';
import { Inject } from '@nestjs/common';
import { Args, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { InOperation } from '../graphql/context.js';
import { list } from '../graphql/listing.js';
import { keyOrNull } from '../graphql/node-id.js';
import type { Operation } from '../graphql/operation.js';
import { PageArgs, type PageOf } from '../graphql/paging.js';
import { ReferenceShelf } from '../reference/reference-shelf.js';
import { EntryPointType, QualificationType, SkillType } from '../reference/reference.types.js';
import { CandidateConnection, CandidateSkillType, CandidateType } from './candidate.types.js';

@Resolver(() => CandidateType)
export class CandidateResolver {
  constructor(@Inject(ReferenceShelf) private readonly reference: ReferenceShelf) {}

  @Query(() => CandidateConnection, { description: 'People who ranked one of the employer’s vacancies, by pseudonym.' })
  candidates(@InOperation() operation: Operation, @Args() page: PageArgs): Promise<PageOf<CandidateView>> {
    return list(operation, 'candidate', operation.shelf.candidates, page, {});
  }

  @Query(() => CandidateType, { nullable: true, description: 'One candidate by id; null when unknown or not yours to see.' })
  async candidate(
    @InOperation() operation: Operation,
    @Args('id', { type: () => ID, description: 'Node id of the candidate.' }) id: string,
  ): Promise<CandidateView | null> {
    const key = keyOrNull('Candidate', id);
    return key === null ? null : operation.loaders.candidate.load(key);
  }

  @ResolveField(() => QualificationType, { nullable: true, description: 'What the candidate is studying.' })
  qualification(@Parent() candidate: CandidateView): QualificationType | null {
    return this.reference.qualifications.get(candidate.qualificationId) ?? null;
  }

  @ResolveField(() => EntryPointType, { nullable: true, description: 'Background and career stage from which the candidate came.' })
  entryPoint(@Parent() candidate: CandidateView): EntryPointType | null {
    return this.reference.entryPoints.get(candidate.entryPointId) ?? null;
  }
}

@Resolver(() => CandidateSkillType)
export class CandidateSkillResolver {
  constructor(@Inject(ReferenceShelf) private readonly reference: ReferenceShelf) {}

  @ResolveField(() => SkillType, { nullable: true, description: 'The skill of the taxonomy; null when it has since left it.' })
  skill(@Parent() skill: LearnerSkill): SkillType | null {
    return this.reference.skill(skill.skillId);
  }
}
