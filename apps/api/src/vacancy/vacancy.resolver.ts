import type { Organisation, Vacancy, VacancySkill } from '@meriden/domain';
import { VacancyService } from '@meriden/services';
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
import { vacancyChanges, vacancyDetails } from './vacancy-input.js';
import { ReferenceShelf, known } from '../reference/reference-shelf.js';
import { CampusType, EntryPointType, FundingSourceType, SkillType } from '../reference/reference.types.js';
import {
  CloseVacancyInput,
  CloseVacancyPayload,
  PostVacancyInput,
  PostVacancyPayload,
  PublishVacancyInput,
  PublishVacancyPayload,
  ReviseVacancyInput,
  ReviseVacancyPayload,
  VacancyConnection,
  VacancyFilterInput,
  VacancySkillType,
  VacancyType,
  type CloseVacancySuccess,
  type PostVacancySuccess,
  type PublishVacancySuccess,
  type ReviseVacancySuccess,
} from './vacancy.types.js';

@Resolver(() => VacancyType)
export class VacancyResolver {
  constructor(
    @Inject(VacancyService) private readonly verbs: VacancyService,
    @Inject(ReferenceShelf) private readonly reference: ReferenceShelf,
  ) {}

  @Query(() => VacancyConnection, { description: 'Vacancies the caller may see; live ones unless the filter says otherwise.' })
  vacancies(
    @InOperation() operation: Operation,
    @Args() page: PageArgs,
    @Args('filter', { type: () => VacancyFilterInput, nullable: true, description: 'Conditions, joined by and.' }) filter: VacancyFilterInput | null,
  ): Promise<PageOf<Vacancy>> {
    return list(operation, 'vacancy', operation.shelf.vacancies, page, this.conditions(filter));
  }

  @Query(() => VacancyType, { nullable: true, description: 'One vacancy by id; null when unknown or not yours to see.' })
  async vacancy(
    @InOperation() operation: Operation,
    @Args('id', { type: () => ID, description: 'Node id of the vacancy.' }) id: string,
  ): Promise<Vacancy | null> {
    const key = keyOrNull('Vacancy', id);
    return key === null ? null : operation.loaders.vacancy.load(key);
  }

  @Mutation(() => PostVacancyPayload, { description: 'An employer posts a vacancy, as a draft or live at once.' })
  postVacancy(
    @InOperation() operation: Operation,
    @Args('input', { type: () => PostVacancyInput, description: 'Everything about the new vacancy.' }) input: PostVacancyInput,
  ): Promise<PostVacancySuccess | RefusedType> {
    return answer(async () => {
      const posting = { idempotencyKey: input.idempotencyKey, publish: input.publish, details: vacancyDetails(input.details) };
      return { vacancy: await operation.write((actor) => this.verbs.post(actor, posting)) };
    });
  }

  @Mutation(() => ReviseVacancyPayload, { description: 'An employer changes its own draft or live vacancy.' })
  reviseVacancy(
    @InOperation() operation: Operation,
    @Args('input', { type: () => ReviseVacancyInput, description: 'Which vacancy, as it was seen, and what changes.' }) input: ReviseVacancyInput,
  ): Promise<ReviseVacancySuccess | RefusedType> {
    return answer(async () => {
      const details = vacancyChanges(input.details);
      return { vacancy: await operation.write((actor) => this.verbs.revise(actor, { ...handle(input), details })) };
    });
  }

  @Mutation(() => PublishVacancyPayload, { description: 'An employer’s draft goes live and is suggested to learners.' })
  publishVacancy(
    @InOperation() operation: Operation,
    @Args('input', { type: () => PublishVacancyInput, description: 'Which draft, as it was seen.' }) input: PublishVacancyInput,
  ): Promise<PublishVacancySuccess | RefusedType> {
    return answer(async () => ({ vacancy: await operation.write((actor) => this.verbs.publish(actor, handle(input))) }));
  }

  @Mutation(() => CloseVacancyPayload, { description: 'An employer closes its vacancy, which is suggested no longer.' })
  closeVacancy(
    @InOperation() operation: Operation,
    @Args('input', { type: () => CloseVacancyInput, description: 'Which vacancy, as it was seen.' }) input: CloseVacancyInput,
  ): Promise<CloseVacancySuccess | RefusedType> {
    return answer(async () => ({ vacancy: await operation.write((actor) => this.verbs.close(actor, handle(input))) }));
  }

  @ResolveField(() => OrganisationType, { description: 'The employer that posted it.' })
  employer(@InOperation() operation: Operation, @Parent() vacancy: Vacancy): Promise<Organisation | null> {
    return operation.loaders.organisation.load(vacancy.organisationId);
  }

  @ResolveField(() => CampusType, { nullable: true, description: 'Where the work is; its status says whether the place is open yet.' })
  campus(@Parent() vacancy: Vacancy): CampusType | null {
    return this.reference.campuses.get(vacancy.campusId) ?? null;
  }

  @ResolveField(() => [EntryPointType], { description: 'Entry points accepted; an empty list accepts all.' })
  entryPoints(@Parent() vacancy: Vacancy): EntryPointType[] {
    return known(this.reference.entryPoints, vacancy.entryPointIds);
  }

  @ResolveField(() => [FundingSourceType], { description: 'Funding sources that pay for it.' })
  fundingSources(@Parent() vacancy: Vacancy): FundingSourceType[] {
    return known(this.reference.fundingSources, vacancy.fundingSourceIds);
  }

  private conditions(filter: VacancyFilterInput | null) {
    return {
      text: filter?.text?.trim().slice(0, 200) || undefined,
      campusIds: filter?.campusId == null ? undefined : this.reference.campusAndWithin(referenceKey('Campus', filter.campusId)),
      skillIds: filter?.cluster == null ? undefined : this.reference.skillsOf(filter.cluster),
      level: filter?.level ?? undefined,
      states: filter?.states ?? (['LIVE'] as const),
      organisationId: filter?.organisationId == null ? undefined : keyOf('Organisation', filter.organisationId, ['filter', 'organisationId']),
    };
  }
}

@Resolver(() => VacancySkillType)
export class VacancySkillResolver {
  constructor(@Inject(ReferenceShelf) private readonly reference: ReferenceShelf) {}

  @ResolveField(() => SkillType, { nullable: true, description: 'The skill of the taxonomy; null when it has since left it.' })
  skill(@Parent() skill: VacancySkill): SkillType | null {
    return this.reference.skill(skill.skillId);
  }
}

function handle(input: Readonly<{ vacancyId: string; version: number }>) {
  return { vacancyId: keyOf('Vacancy', input.vacancyId, ['input', 'vacancyId']), version: input.version };
}
