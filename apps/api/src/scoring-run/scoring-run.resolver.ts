import type { ScoringRun } from '@meriden/domain';
import { ScoringService } from '@meriden/services';
import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { InOperation } from '../graphql/context.js';
import { list } from '../graphql/listing.js';
import { keyOrNull } from '../graphql/node-id.js';
import type { Operation } from '../graphql/operation.js';
import { PageArgs, type PageOf } from '../graphql/paging.js';
import { answer } from '../graphql/payload.js';
import type { RefusedType } from '../graphql/refusal.types.js';
import { ScoreRegionInput, ScoreRegionPayload, ScoringRunConnection, ScoringRunType, type ScoreRegionSuccess } from './scoring-run.types.js';

@Resolver(() => ScoringRunType)
export class ScoringRunResolver {
  constructor(@Inject(ScoringService) private readonly verbs: ScoringService) {}

  @Query(() => ScoringRunConnection, { description: 'Scoring runs of the region for operators, the newest first.' })
  scoringRuns(@InOperation() operation: Operation, @Args() page: PageArgs): Promise<PageOf<ScoringRun>> {
    return list(operation, 'scoringRun', operation.shelf.scoringRuns, page, {});
  }

  @Query(() => ScoringRunType, { nullable: true, description: 'One scoring run by id; null when unknown or not yours to see.' })
  async scoringRun(
    @InOperation() operation: Operation,
    @Args('id', { type: () => ID, description: 'Node id of the scoring run.' }) id: string,
  ): Promise<ScoringRun | null> {
    const key = keyOrNull('ScoringRun', id);
    if (key === null) return null;
    const [run] = await operation.read((tx, actor) => operation.shelf.scoringRuns.byIds(tx, operation.shelf.scope(actor, 'scoringRun'), [key]));
    return run ?? null;
  }

  @Mutation(() => ScoreRegionPayload, { description: 'An operator has every learner scored against every live vacancy.' })
  scoreRegion(
    @InOperation() operation: Operation,
    @Args('input', { type: () => ScoreRegionInput, description: 'The key of the request.' }) input: ScoreRegionInput,
  ): Promise<ScoreRegionSuccess | RefusedType> {
    return answer(async () => ({ scoringRun: await operation.write((actor) => this.verbs.scoreRegion(actor, input)) }));
  }
}
