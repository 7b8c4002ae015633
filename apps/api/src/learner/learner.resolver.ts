import type { Learner, LearnerSkill, Organisation } from '@meriden/domain';
import { LearnerService } from '@meriden/services';
import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { InOperation } from '../graphql/context.js';
import { referenceKey } from '../graphql/inputs.js';
import { list } from '../graphql/listing.js';
import { keyOf, keyOrNull } from '../graphql/node-id.js';
import type { Operation } from '../graphql/operation.js';
import { PageArgs, type PageOf } from '../graphql/paging.js';
import { answer } from '../graphql/payload.js';
import type { RefusedType } from '../graphql/refusal.types.js';
import { OrganisationType } from '../organisation/organisation.types.js';
import { profileChanges, wholeProfile } from './profile-input.js';
import { ReferenceShelf, known } from '../reference/reference-shelf.js';
import { EntryPointType, FundingSourceType, QualificationType, SkillType } from '../reference/reference.types.js';
import {
  EnrolLearnerInput,
  EnrolLearnerPayload,
  LearnerConnection,
  LearnerFilterInput,
  LearnerSkillType,
  LearnerType,
  ReviseProfileInput,
  ReviseProfilePayload,
  type EnrolLearnerSuccess,
  type ReviseProfileSuccess,
} from './learner.types.js';

@Resolver(() => LearnerType)
export class LearnerResolver {
  constructor(
    @Inject(LearnerService) private readonly verbs: LearnerService,
    @Inject(ReferenceShelf) private readonly reference: ReferenceShelf,
  ) {}

  @Query(() => LearnerConnection, { description: 'Learners the caller may see: a provider’s own, or the learner alone.' })
  learners(
    @InOperation() operation: Operation,
    @Args() page: PageArgs,
    @Args('filter', { type: () => LearnerFilterInput, nullable: true, description: 'Conditions, joined by and.' }) filter: LearnerFilterInput | null,
  ): Promise<PageOf<Learner>> {
    return list(operation, 'learner', operation.shelf.learners, page, {
      nameContains: filter?.name?.trim().slice(0, 200) || undefined,
      stage: filter?.stage ?? undefined,
      qualificationId: filter?.qualificationId == null ? undefined : referenceKey('Qualification', filter.qualificationId),
      fundingSourceId: filter?.fundingSourceId == null ? undefined : referenceKey('FundingSource', filter.fundingSourceId),
    });
  }

  @Query(() => LearnerType, { nullable: true, description: 'One learner by id; null when unknown or not yours to see.' })
  async learner(
    @InOperation() operation: Operation,
    @Args('id', { type: () => ID, description: 'Node id of the learner.' }) id: string,
  ): Promise<Learner | null> {
    const key = keyOrNull('Learner', id);
    return key === null ? null : operation.loaders.learner.load(key);
  }

  @Mutation(() => EnrolLearnerPayload, { description: 'A provider enrols a learner, who is scored within seconds.' })
  enrolLearner(
    @InOperation() operation: Operation,
    @Args('input', { type: () => EnrolLearnerInput, description: 'Who joins, with the profile.' }) input: EnrolLearnerInput,
  ): Promise<EnrolLearnerSuccess | RefusedType> {
    return answer(async () => {
      const { uln = null, dateOfBirth = null, email = null, profile, ...rest } = input;
      const enrolment = { ...rest, uln, dateOfBirth, email, profile: wholeProfile(profile) };
      return { learner: await operation.write((actor) => this.verbs.enrol(actor, enrolment)) };
    });
  }

  @Mutation(() => ReviseProfilePayload, { description: 'The learner or the provider changes the profile that scores read.' })
  reviseProfile(
    @InOperation() operation: Operation,
    @Args('input', { type: () => ReviseProfileInput, description: 'Whose profile, as it was seen, and what changes.' }) input: ReviseProfileInput,
  ): Promise<ReviseProfileSuccess | RefusedType> {
    return answer(async () => {
      const learnerId = keyOf('Learner', input.learnerId, ['input', 'learnerId']);
      const profile = profileChanges(input.profile);
      return { learner: await operation.write((actor) => this.verbs.reviseProfile(actor, { learnerId, version: input.version, profile })) };
    });
  }

  @ResolveField(() => OrganisationType, { description: 'The provider that owns the record.' })
  provider(@InOperation() operation: Operation, @Parent() learner: Learner): Promise<Organisation | null> {
    return operation.loaders.organisation.load(learner.organisationId);
  }

  @ResolveField(() => QualificationType, { nullable: true, description: 'What the learner is studying.' })
  qualification(@Parent() learner: Learner): QualificationType | null {
    return this.reference.qualifications.get(learner.qualificationId) ?? null;
  }

  @ResolveField(() => EntryPointType, { nullable: true, description: 'Background and career stage from which the learner came.' })
  entryPoint(@Parent() learner: Learner): EntryPointType | null {
    return this.reference.entryPoints.get(learner.entryPointId) ?? null;
  }

  @ResolveField(() => [FundingSourceType], { description: 'What pays for this learner, each with its source.' })
  fundingSources(@Parent() learner: Learner): FundingSourceType[] {
    return known(this.reference.fundingSources, learner.fundingSourceIds);
  }
}

@Resolver(() => LearnerSkillType)
export class LearnerSkillResolver {
  constructor(@Inject(ReferenceShelf) private readonly reference: ReferenceShelf) {}

  @ResolveField(() => SkillType, { nullable: true, description: 'The skill of the taxonomy; null when it has since left it.' })
  skill(@Parent() skill: LearnerSkill): SkillType | null {
    return this.reference.skill(skill.skillId);
  }
}
