import type { EmployerPreference, Learner, LearnerPreference, Organisation, Round, Vacancy } from '@meriden/domain';
import type { CandidateView, PreferenceReceipt } from '@meriden/persistence/reads';
import { PreferenceService } from '@meriden/services';
import { Inject } from '@nestjs/common';
import { Args, Extensions, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CandidateType } from '../candidate/candidate.types.js';
import { InOperation } from '../graphql/context.js';
import { only } from '../graphql/listing.js';
import { keyOf, keyOrNull } from '../graphql/node-id.js';
import type { Operation } from '../graphql/operation.js';
import { answer } from '../graphql/payload.js';
import type { RefusedType } from '../graphql/refusal.types.js';
import { LearnerType } from '../learner/learner.types.js';
import { OrganisationType } from '../organisation/organisation.types.js';
import { RoundType } from '../round/round.types.js';
import { VacancyType } from '../vacancy/vacancy.types.js';
import {
  CandidateGroupType,
  EmployerPreferenceType,
  LearnerPreferenceType,
  PreferenceReceiptType,
  RankCandidatesInput,
  RankCandidatesPayload,
  RankVacanciesInput,
  RankVacanciesPayload,
  VacancyGroupType,
  type RankCandidatesSuccess,
  type RankVacanciesSuccess,
} from './preference.types.js';

type Group = Readonly<{ rank: number; ids: readonly string[] }>;

@Resolver(() => LearnerPreferenceType)
export class LearnerPreferenceResolver {
  constructor(@Inject(PreferenceService) private readonly verbs: PreferenceService) {}

  @Query(() => LearnerPreferenceType, { nullable: true, description: 'A learner’s list in a round with its receipt; null when none was given.' })
  async learnerPreference(
    @InOperation() operation: Operation,
    @Args('roundId', { type: () => ID, description: 'Node id of the round.' }) roundId: string,
    @Args('learnerId', { type: () => ID, nullable: true, description: 'Node id of the learner; left out by learners, who have one list.' })
    learnerId: string | null,
  ): Promise<LearnerPreference | null> {
    const round = keyOrNull('Round', roundId);
    const learner = learnerId == null ? operation.actor.learnerId : keyOrNull('Learner', learnerId);
    if (round === null || learner === null) return null;
    const [preference] = await operation.read((tx, actor) =>
      operation.shelf.learnerPreferences.inRound(tx, operation.shelf.scope(actor, 'learnerPreference'), round, [learner]),
    );
    return preference ?? null;
  }

  @Mutation(() => RankVacanciesPayload, { description: 'A learner ranks vacancies, ties allowed, until the deadline of the round.' })
  rankVacancies(
    @InOperation() operation: Operation,
    @Args('input', { type: () => RankVacanciesInput, description: 'The whole list for one round.' }) input: RankVacanciesInput,
  ): Promise<RankVacanciesSuccess | RefusedType> {
    return answer(async () => {
      const ranking = ranked('Vacancy', input);
      return { preference: await operation.write((actor) => this.verbs.rank(actor, ranking)) };
    });
  }

  @ResolveField(() => RoundType, { description: 'The round that the list was given for.' })
  round(@InOperation() operation: Operation, @Parent() preference: LearnerPreference): Promise<Round | null> {
    return operation.loaders.round.load(preference.roundId);
  }

  @ResolveField(() => LearnerType, { nullable: true, description: 'The learner whose list it is.' })
  learner(@InOperation() operation: Operation, @Parent() preference: LearnerPreference): Promise<Learner | null> {
    return operation.loaders.learner.load(preference.learnerId);
  }

  @Extensions({ entries: 50 })
  @ResolveField(() => [VacancyGroupType], { description: 'The list itself, best first; vacancies in one group are tied.' })
  groups(@Parent() preference: LearnerPreference): Group[] {
    return preference.groups.map((ids, index) => ({ rank: index + 1, ids }));
  }

  @ResolveField(() => [PreferenceReceiptType], { complexity: 5, description: 'Every version ever given, newest first, with its receipt.' })
  receipts(@InOperation() operation: Operation, @Parent() preference: LearnerPreference): Promise<PreferenceReceipt[]> {
    return operation.read((tx, actor) =>
      operation.shelf.learnerPreferences.history(tx, operation.shelf.scope(actor, 'learnerPreference'), preference.id),
    );
  }
}

@Resolver(() => VacancyGroupType)
export class VacancyGroupResolver {
  @Extensions({ entries: 1 })
  @ResolveField(() => [VacancyType], { nullable: 'items', description: 'The vacancies of this group; null in place of one no longer shown.' })
  async vacancies(@InOperation() operation: Operation, @Parent() group: Group): Promise<(Vacancy | null)[]> {
    return Promise.all(group.ids.map((id) => operation.loaders.vacancy.load(id)));
  }
}

@Resolver(() => EmployerPreferenceType)
export class EmployerPreferenceResolver {
  constructor(@Inject(PreferenceService) private readonly verbs: PreferenceService) {}

  @Query(() => EmployerPreferenceType, { nullable: true, description: 'An employer’s list in a round with its receipt; null when none was given.' })
  async employerPreference(
    @InOperation() operation: Operation,
    @Args('roundId', { type: () => ID, description: 'Node id of the round.' }) roundId: string,
    @Args('organisationId', { type: () => ID, nullable: true, description: 'Node id of the employer; the caller’s own when left out.' })
    organisationId: string | null,
  ): Promise<EmployerPreference | null> {
    const round = keyOrNull('Round', roundId);
    const employer = organisationId == null ? operation.actor.organisationId : keyOrNull('Organisation', organisationId);
    if (round === null || employer === null) return null;
    return only(operation, 'employerPreference', operation.shelf.employerPreferences, { roundId: round, organisationId: employer });
  }

  @Mutation(() => RankCandidatesPayload, { description: 'An employer ranks candidates, ties allowed, until the deadline of the round.' })
  rankCandidates(
    @InOperation() operation: Operation,
    @Args('input', { type: () => RankCandidatesInput, description: 'The whole list for one round.' }) input: RankCandidatesInput,
  ): Promise<RankCandidatesSuccess | RefusedType> {
    return answer(async () => {
      const ranking = ranked('Candidate', input);
      return { preference: await operation.write((actor) => this.verbs.rankCandidates(actor, ranking)) };
    });
  }

  @ResolveField(() => RoundType, { description: 'The round that the list was given for.' })
  round(@InOperation() operation: Operation, @Parent() preference: EmployerPreference): Promise<Round | null> {
    return operation.loaders.round.load(preference.roundId);
  }

  @ResolveField(() => OrganisationType, { description: 'The employer whose list it is.' })
  employer(@InOperation() operation: Operation, @Parent() preference: EmployerPreference): Promise<Organisation | null> {
    return operation.loaders.organisation.load(preference.organisationId);
  }

  @Extensions({ entries: 100 })
  @ResolveField(() => [CandidateGroupType], { description: 'The list itself, best first; candidates in one group are tied.' })
  groups(@Parent() preference: EmployerPreference): Group[] {
    return preference.groups.map((ids, index) => ({ rank: index + 1, ids }));
  }

  @ResolveField(() => [PreferenceReceiptType], { complexity: 5, description: 'Every version ever given, newest first, with its receipt.' })
  receipts(@InOperation() operation: Operation, @Parent() preference: EmployerPreference): Promise<PreferenceReceipt[]> {
    return operation.read((tx, actor) =>
      operation.shelf.employerPreferences.history(tx, operation.shelf.scope(actor, 'employerPreference'), preference.id),
    );
  }
}

@Resolver(() => CandidateGroupType)
export class CandidateGroupResolver {
  @Extensions({ entries: 1 })
  @ResolveField(() => [CandidateType], { nullable: 'items', description: 'The candidates of this group; null in place of one no longer shown.' })
  async candidates(@InOperation() operation: Operation, @Parent() group: Group): Promise<(CandidateView | null)[]> {
    return Promise.all(group.ids.map((id) => operation.loaders.candidate.load(id)));
  }
}

function ranked(type: 'Vacancy' | 'Candidate', input: RankVacanciesInput | RankCandidatesInput) {
  return {
    idempotencyKey: input.idempotencyKey,
    roundId: keyOf('Round', input.roundId, ['input', 'roundId']),
    groups: input.groups.map((ids, at) => ids.map((id, index) => keyOf(type, id, ['input', 'groups', String(at), String(index)]))),
  };
}
