import type { CandidateDecision, Learner, Organisation, Suggestion, Vacancy, VacancyChoice } from '@meriden/domain';
import type { CandidateView } from '@meriden/persistence/reads';
import { ChoiceService } from '@meriden/services';
import { Inject } from '@nestjs/common';
import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CandidateType } from '../candidate/candidate.types.js';
import { InOperation } from '../graphql/context.js';
import { list } from '../graphql/listing.js';
import { keyOf } from '../graphql/node-id.js';
import type { Operation } from '../graphql/operation.js';
import { PageArgs, type PageOf } from '../graphql/paging.js';
import { answer } from '../graphql/payload.js';
import type { RefusedType } from '../graphql/refusal.types.js';
import { LearnerType } from '../learner/learner.types.js';
import { OrganisationType } from '../organisation/organisation.types.js';
import { SuggestionType } from '../suggestion/suggestion.types.js';
import { VacancyType } from '../vacancy/vacancy.types.js';
import {
  CandidateDecisionConnection,
  CandidateDecisionType,
  DecideCandidateInput,
  DecideCandidatePayload,
  DismissVacancyInput,
  DismissVacancyPayload,
  ForgetChoiceInput,
  ForgetChoicePayload,
  ReopenCandidateInput,
  ReopenCandidatePayload,
  SaveVacancyInput,
  SaveVacancyPayload,
  VacancyChoiceConnection,
  VacancyChoiceKindEnum,
  VacancyChoiceType,
  type DecideCandidateSuccess,
  type DismissVacancySuccess,
  type ForgetChoiceSuccess,
  type ReopenCandidateSuccess,
  type SaveVacancySuccess,
} from './choice.types.js';

@Resolver(() => VacancyChoiceType)
export class VacancyChoiceResolver {
  constructor(@Inject(ChoiceService) private readonly verbs: ChoiceService) {}

  @Mutation(() => SaveVacancyPayload, { description: 'A learner keeps a vacancy for later.' })
  saveVacancy(
    @InOperation() operation: Operation,
    @Args('input', { type: () => SaveVacancyInput, description: 'Which vacancy to keep.' }) input: SaveVacancyInput,
  ): Promise<SaveVacancySuccess | RefusedType> {
    return answer(async () => {
      const { idempotencyKey } = input;
      const vacancyId = keyOf('Vacancy', input.vacancyId, ['input', 'vacancyId']);
      return { choice: await operation.write((actor) => this.verbs.save(actor, { idempotencyKey, vacancyId })) };
    });
  }

  @Mutation(() => DismissVacancyPayload, { description: 'A learner puts a vacancy aside, with a reason.' })
  dismissVacancy(
    @InOperation() operation: Operation,
    @Args('input', { type: () => DismissVacancyInput, description: 'Which vacancy, and why.' }) input: DismissVacancyInput,
  ): Promise<DismissVacancySuccess | RefusedType> {
    return answer(async () => {
      const { idempotencyKey, reason } = input;
      const vacancyId = keyOf('Vacancy', input.vacancyId, ['input', 'vacancyId']);
      return { choice: await operation.write((actor) => this.verbs.dismiss(actor, { idempotencyKey, vacancyId, reason, words: input.words ?? null })) };
    });
  }

  @Mutation(() => ForgetChoicePayload, { description: 'A learner takes back that a vacancy was saved or put aside.' })
  forgetChoice(
    @InOperation() operation: Operation,
    @Args('input', { type: () => ForgetChoiceInput, description: 'Which vacancy it was about.' }) input: ForgetChoiceInput,
  ): Promise<ForgetChoiceSuccess | RefusedType> {
    return answer(async () => {
      const vacancyId = keyOf('Vacancy', input.vacancyId, ['input', 'vacancyId']);
      await operation.write((actor) => this.verbs.forget(actor, { vacancyId }));
      return { vacancy: await operation.loaders.vacancy.load(vacancyId) };
    });
  }

  @ResolveField(() => VacancyType, { nullable: true, description: 'The vacancy chosen about; null when it is no longer shown to you.' })
  vacancy(@InOperation() operation: Operation, @Parent() choice: VacancyChoice): Promise<Vacancy | null> {
    return operation.loaders.vacancy.load(choice.vacancyId);
  }
}

@Resolver(() => CandidateDecisionType)
export class CandidateDecisionResolver {
  constructor(@Inject(ChoiceService) private readonly verbs: ChoiceService) {}

  @Mutation(() => DecideCandidatePayload, { description: 'An employer shortlists or refuses one of its candidates, with a reason.' })
  decideCandidate(
    @InOperation() operation: Operation,
    @Args('input', { type: () => DecideCandidateInput, description: 'Whom, how and why.' }) input: DecideCandidateInput,
  ): Promise<DecideCandidateSuccess | RefusedType> {
    return answer(async () => {
      const { idempotencyKey, decision, reason } = input;
      const candidateId = keyOf('Candidate', input.candidateId, ['input', 'candidateId']);
      await operation.write((actor) => this.verbs.decide(actor, { idempotencyKey, candidateId, decision, reason }));
      return { candidate: await operation.loaders.candidate.load(candidateId) };
    });
  }

  @Mutation(() => ReopenCandidatePayload, { description: 'An employer takes its decision about a candidate back.' })
  reopenCandidate(
    @InOperation() operation: Operation,
    @Args('input', { type: () => ReopenCandidateInput, description: 'Which candidate is undecided again.' }) input: ReopenCandidateInput,
  ): Promise<ReopenCandidateSuccess | RefusedType> {
    return answer(async () => {
      const candidateId = keyOf('Candidate', input.candidateId, ['input', 'candidateId']);
      await operation.write((actor) => this.verbs.reopen(actor, { candidateId }));
      return { candidate: await operation.loaders.candidate.load(candidateId) };
    });
  }

  @ResolveField(() => OrganisationType, { nullable: true, description: 'The employer that decided so.' })
  employer(@InOperation() operation: Operation, @Parent() decision: CandidateDecision): Promise<Organisation | null> {
    return operation.loaders.organisation.load(decision.organisationId);
  }
}

/** What employers decided about a learner, and what the learner chose. */
@Resolver(() => LearnerType)
export class LearnerChoicesResolver {
  @ResolveField(() => VacancyChoiceConnection, { description: 'Vacancies the learner saved or put aside, the newest first.' })
  choices(
    @InOperation() operation: Operation,
    @Parent() learner: Learner,
    @Args() page: PageArgs,
    @Args('choice', { type: () => VacancyChoiceKindEnum, nullable: true, description: 'Only what was saved, or only what was put aside.' })
    choice: VacancyChoice['choice'] | null,
  ): Promise<PageOf<VacancyChoice>> {
    return list(operation, 'vacancyChoice', operation.shelf.vacancyChoices, page, { learnerId: learner.id, ...(choice != null && { choice }) });
  }

  @ResolveField(() => CandidateDecisionConnection, { description: 'What employers decided about the learner, with their reasons.' })
  employerDecisions(@InOperation() operation: Operation, @Parent() learner: Learner, @Args() page: PageArgs): Promise<PageOf<CandidateDecision>> {
    return list(operation, 'candidateDecision', operation.shelf.candidateDecisions, page, { learnerId: learner.id });
  }
}

@Resolver(() => CandidateType)
export class DecisionOnCandidateResolver {
  @ResolveField(() => CandidateDecisionType, { nullable: true, description: 'What the employer decided; null while it is undecided.' })
  decision(@InOperation() operation: Operation, @Parent() candidate: CandidateView): Promise<CandidateDecision | null> {
    return operation.loaders.candidateDecision.load(candidate.id);
  }
}

@Resolver(() => SuggestionType)
export class ChoiceOnSuggestionResolver {
  @ResolveField(() => VacancyChoiceType, { nullable: true, description: 'Whether the learner saved it or put it aside; null for neither.' })
  choice(@InOperation() operation: Operation, @Parent() suggestion: Suggestion): Promise<VacancyChoice | null> {
    return operation.loaders.vacancyChoice.load(`${suggestion.learnerId}:${suggestion.vacancyId}`);
  }
}

@Resolver(() => VacancyType)
export class ChoiceOnVacancyResolver {
  @ResolveField(() => VacancyChoiceType, { nullable: true, description: 'What the acting learner chose about it; null for neither, and for everyone else.' })
  async choice(@InOperation() operation: Operation, @Parent() vacancy: Vacancy): Promise<VacancyChoice | null> {
    const { learnerId } = operation.actor;
    return learnerId === null ? null : operation.loaders.vacancyChoice.load(`${learnerId}:${vacancy.id}`);
  }
}
