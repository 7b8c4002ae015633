import type { Learner, Organisation, Placement, Vacancy } from '@meriden/domain';
import type { CandidateView } from '@meriden/persistence/reads';
import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CandidateType } from '../candidate/candidate.types.js';
import { InOperation } from '../graphql/context.js';
import { PlacementStateEnum } from '../graphql/enums.js';
import { list } from '../graphql/listing.js';
import type { Operation } from '../graphql/operation.js';
import { PageArgs, type PageOf } from '../graphql/paging.js';
import { LearnerType } from '../learner/learner.types.js';
import { OrganisationType } from '../organisation/organisation.types.js';
import { VacancyType } from '../vacancy/vacancy.types.js';
import { PlacementConnection, PlacementType } from './placement.types.js';

@Resolver(() => PlacementType)
export class PlacementResolver {
  @Query(() => PlacementConnection, { description: 'Placements the caller may see, the soonest start first.' })
  placements(
    @InOperation() operation: Operation,
    @Args() page: PageArgs,
    @Args('state', { type: () => PlacementStateEnum, nullable: true, description: 'Only placements in this state.' })
    state: Placement['state'] | null,
  ): Promise<PageOf<Placement>> {
    return list(operation, 'placement', operation.shelf.placements, page, { state: state ?? undefined });
  }

  @ResolveField(() => LearnerType, { nullable: true, description: 'Who is placed; null to employers, who see a pseudonym.' })
  learner(@InOperation() operation: Operation, @Parent() placement: Placement): Promise<Learner | null> {
    return operation.loaders.learner.load(placement.learnerId);
  }

  @ResolveField(() => CandidateType, { nullable: true, description: 'Who is placed, as the employer knows them; null to others.' })
  async candidate(@InOperation() operation: Operation, @Parent() placement: Placement): Promise<CandidateView | null> {
    return operation.actor.organisationId === placement.employerId ? operation.loaders.candidateOf.load(placement.learnerId) : null;
  }

  @ResolveField(() => VacancyType, { nullable: true, description: 'The vacancy whose opening is filled.' })
  vacancy(@InOperation() operation: Operation, @Parent() placement: Placement): Promise<Vacancy | null> {
    return operation.loaders.vacancy.load(placement.vacancyId);
  }

  @ResolveField(() => OrganisationType, { description: 'The employer that hosts it.' })
  employer(@InOperation() operation: Operation, @Parent() placement: Placement): Promise<Organisation | null> {
    return operation.loaders.organisation.load(placement.employerId);
  }
}
