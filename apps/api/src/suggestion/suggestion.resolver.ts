import type { Learner, Suggestion, Vacancy } from '@meriden/domain';
import { sha256 } from '@meriden/platform';
import { EventsService } from '@meriden/services';
import { Inject } from '@nestjs/common';
import { Args, ID, Int, Parent, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import { InOperation } from '../graphql/context.js';
import { list } from '../graphql/listing.js';
import { live, type LiveState } from '../graphql/live.js';
import { keyOf, nodeId } from '../graphql/node-id.js';
import type { Operation } from '../graphql/operation.js';
import { PageArgs, type PageOf } from '../graphql/paging.js';
import { LearnerType } from '../learner/learner.types.js';
import { VacancyType } from '../vacancy/vacancy.types.js';
import { SuggestionConnection, SuggestionType, SuggestionsChangedType } from './suggestion.types.js';

const BEST = 20;

@Resolver(() => SuggestionType)
export class SuggestionResolver {
  constructor(@Inject(EventsService) private readonly events: EventsService) {}

  @ResolveField(() => ID, { name: 'id' })
  id(@Parent() suggestion: Suggestion): string {
    return nodeId('Suggestion', `${suggestion.learnerId}:${suggestion.vacancyId}`);
  }

  @ResolveField(() => VacancyType, { nullable: true, description: 'The vacancy suggested; null when it is no longer shown to you.' })
  vacancy(@InOperation() operation: Operation, @Parent() suggestion: Suggestion): Promise<Vacancy | null> {
    return operation.loaders.vacancy.load(suggestion.vacancyId);
  }

  @ResolveField(() => LearnerType, { nullable: true, description: 'The learner it was computed for.' })
  learner(@InOperation() operation: Operation, @Parent() suggestion: Suggestion): Promise<Learner | null> {
    return operation.loaders.learner.load(suggestion.learnerId);
  }

  @Subscription(() => SuggestionsChangedType, {
    resolve: (event: SuggestionsChangedType) => event,
    description: 'The suggestions of a learner now, and again whenever they change.',
  })
  suggestionsChanged(
    @InOperation() operation: Operation,
    @Args('learnerId', { type: () => ID, description: 'Node id of the learner to follow.' }) learnerId: string,
    @Args('after', { type: () => String, nullable: true, description: 'The `resumeToken` of the last event seen; what it stands for is not sent again.' })
    after: string | null,
  ): AsyncGenerator<SuggestionsChangedType> {
    const id = keyOf('Learner', learnerId, ['learnerId']);
    return live(operation, this.events.watchSuggestions(id), () => present(operation, id), after ?? null);
  }
}

/** The state that an event gives; null when the learner is not the caller's to see. */
async function present(operation: Operation, learnerId: string): Promise<LiveState<SuggestionsChangedType> | null> {
  if ((await operation.loaders.learner.load(learnerId)) === null) return null;
  const best = await operation.loaders.best(BEST).load(learnerId);
  const token = sha256(best.map((suggestion) => `${suggestion.vacancyId}:${suggestion.rank}:${suggestion.inputHash}`).join()).slice(0, 32);
  return { token, value: { resumeToken: token, best } };
}

/** A learner's own list of suggestions. */
@Resolver(() => LearnerType)
export class LearnerSuggestionsResolver {
  @ResolveField(() => SuggestionConnection, { description: 'Vacancies that fit this learner, best first, each with its reasons.' })
  suggestions(@InOperation() operation: Operation, @Parent() learner: Learner, @Args() page: PageArgs): Promise<PageOf<Suggestion>> {
    return list(operation, 'suggestion', operation.shelf.suggestions, page, { learnerId: learner.id });
  }

  @ResolveField(() => [SuggestionType], { description: 'The few best suggestions: for many learners at once, in one statement.' })
  bestSuggestions(
    @InOperation() operation: Operation,
    @Parent() learner: Learner,
    @Args('first', { type: () => Int, description: 'How many to give, 1 to 100.' }) first: number,
  ): Promise<Suggestion[]> {
    return operation.loaders.best(first).load(learner.id);
  }
}
