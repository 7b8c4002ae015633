import type { Learner, PastSuggestion, Suggestion, Vacancy } from '@meriden/domain';
import { DoorsService, type Doors, type FoundSkill } from '@meriden/services';
import { Inject } from '@nestjs/common';
import { Args, Int, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { InOperation } from '../graphql/context.js';
import { list } from '../graphql/listing.js';
import { keyOf } from '../graphql/node-id.js';
import type { Operation } from '../graphql/operation.js';
import { PageArgs, type PageOf } from '../graphql/paging.js';
import { LearnerType } from '../learner/learner.types.js';
import { ReferenceShelf } from '../reference/reference-shelf.js';
import { SkillType } from '../reference/reference.types.js';
import { VacancyType } from '../vacancy/vacancy.types.js';
import { DoorsType, FoundSkillType, OpenDoorType } from './doors.types.js';
import { PastScoreConnection, PastScoreType } from './score-version.types.js';
import { SuggestionType } from './suggestion.types.js';

/** Of the vacancies that a change opens, as many as a card shows. */
const NEWLY_OPEN = 10;

@Resolver(() => DoorsType)
export class DoorsResolver {
  constructor(
    @Inject(DoorsService) private readonly doorsService: DoorsService,
    @Inject(ReferenceShelf) private readonly reference: ReferenceShelf,
  ) {}

  @Query(() => DoorsType, {
    complexity: 200,
    description: 'What would open this door: one learner and one live vacancy, the score now, and up to 12 single changes with what each would do.',
  })
  doors(
    @InOperation() operation: Operation,
    @Args('learnerId', { type: () => ID, description: 'Node id of the learner, whom the caller may see.' }) learnerId: string,
    @Args('vacancyId', { type: () => ID, description: 'Node id of any live vacancy, suggested or not.' }) vacancyId: string,
  ): Promise<Doors> {
    const pair = { learnerId: keyOf('Learner', learnerId, ['learnerId']), vacancyId: keyOf('Vacancy', vacancyId, ['vacancyId']) };
    return operation.read((tx, actor) => this.doorsService.doors(tx, actor, pair));
  }

  @Query(() => [FoundSkillType], {
    complexity: 50,
    description: 'Skills that a free text names (an advert, a CV, own words), each with its place, for a person to confirm. What is denied is left out.',
  })
  linkSkills(
    @InOperation() operation: Operation,
    @Args('text', { type: () => String, description: 'Plain text of at most 20,000 characters; it is not kept.' }) text: string,
  ): Promise<readonly FoundSkill[]> {
    return operation.read((tx) => this.doorsService.link(tx, text));
  }

  @Query(() => [SkillType], { complexity: 50, description: 'Up to 20 skills whose names begin with the words typed, best first: the MedTech taxonomy and the 14,000 skills of ESCO.' })
  async skillsNamed(
    @InOperation() operation: Operation,
    @Args('text', { type: () => String, description: 'What somebody types, for example `customer serv`: at least 2 characters, of which the first 200 count.' }) text: string,
  ): Promise<SkillType[]> {
    const ids = await operation.read((tx) => this.doorsService.named(tx, text));
    return ids.flatMap((id) => this.reference.skill(id) ?? []);
  }

  @ResolveField(() => VacancyType, { nullable: true, description: 'The vacancy asked about.' })
  vacancy(@InOperation() operation: Operation, @Parent() doors: Doors): Promise<Vacancy | null> {
    return operation.loaders.vacancy.load(doors.vacancyId);
  }
}

@Resolver(() => OpenDoorType)
export class OpenDoorResolver {
  @ResolveField(() => Int, { name: 'newlyOpenCount', description: 'How many vacancies no gate would shut any more.' })
  newlyOpenCount(@Parent() door: Doors['doors'][number]): number {
    return door.newlyOpen.length;
  }

  @ResolveField(() => [VacancyType], { description: 'The first ten of the vacancies that no gate would shut any more.' })
  async newlyOpen(@InOperation() operation: Operation, @Parent() door: Doors['doors'][number]): Promise<Vacancy[]> {
    const found = await Promise.all(door.newlyOpen.slice(0, NEWLY_OPEN).map((id) => operation.loaders.vacancy.load(id)));
    return found.filter((vacancy) => vacancy !== null);
  }
}

@Resolver(() => FoundSkillType)
export class FoundSkillResolver {
  constructor(@Inject(ReferenceShelf) private readonly reference: ReferenceShelf) {}

  @ResolveField(() => SkillType, { nullable: true, description: 'The skill, of the taxonomy or of ESCO; null when it lies outside what profiles may hold.' })
  skill(@Parent() found: FoundSkill): SkillType | null {
    return this.reference.skill(found.skillId);
  }
}

@Resolver(() => PastScoreType)
export class PastScoreResolver {
  @ResolveField(() => VacancyType, { nullable: true, description: 'The vacancy it was about; null when it is no longer shown to you.' })
  vacancy(@InOperation() operation: Operation, @Parent() past: PastSuggestion): Promise<Vacancy | null> {
    return operation.loaders.vacancy.load(past.vacancyId);
  }
}

/** Earlier versions of one suggestion. */
@Resolver(() => SuggestionType)
export class SuggestionHistoryResolver {
  @ResolveField(() => PastScoreConnection, { description: 'Earlier scores of this learner and vacancy, the newest first.' })
  history(@InOperation() operation: Operation, @Parent() { learnerId, vacancyId }: Suggestion, @Args() page: PageArgs): Promise<PageOf<PastSuggestion>> {
    return list(operation, 'suggestion', operation.shelf.pastSuggestions, page, { learnerId, vacancyId });
  }
}

/** Every earlier score about one learner. */
@Resolver(() => LearnerType)
export class ScoreHistoryResolver {
  @ResolveField(() => PastScoreConnection, { description: 'Every earlier score about this learner, also of vacancies that left the list, the newest first.' })
  scoreHistory(@InOperation() operation: Operation, @Parent() learner: Learner, @Args() page: PageArgs): Promise<PageOf<PastSuggestion>> {
    return list(operation, 'suggestion', operation.shelf.pastSuggestions, page, { learnerId: learner.id });
  }
}
