import type { ScoringRun } from '@meriden/domain';
import { Field, Float, InputType, Int, ObjectType } from '@nestjs/graphql';
import { ExposureType } from './exposure.types.js';
import { ScoringRunStateEnum } from '../graphql/enums.js';
import { connectionOf } from '../graphql/paging.js';
import { payloadOf } from '../graphql/payload.js';
import { DateTimeScalar, UuidScalar } from '../graphql/scalars.js';
import { NodeIdField, NodeType } from '../node/node.types.js';

@ObjectType('ScoringRun', {
  implements: () => [NodeType],
  description: 'One pass over all learners and live vacancies; its chunks are counted as the worker does them.',
})
export class ScoringRunType implements ScoringRun {
  @NodeIdField('ScoringRun', 'scoring run')
  id: string;
  @Field(() => ScoringRunStateEnum, { description: 'Whether it is running, done or given up.' })
  state: keyof typeof ScoringRunStateEnum;
  @Field(() => String, { description: 'Version of weights and rules that it computes with.' })
  policyVersion: string;
  @Field(() => Int, { description: 'Learners that the run covers.' })
  learners: number;
  @Field(() => Int, { description: 'Live vacancies that the run covers.' })
  vacancies: number;
  @Field(() => Float, { description: 'Learners times live vacancies evaluated, gated pairs included.' })
  pairs: number;
  @Field(() => Int, { description: 'Pieces of work that the run was cut into.' })
  chunks: number;
  @Field(() => Int, { description: 'Pieces of work that are done.' })
  chunksDone: number;
  @Field(() => DateTimeScalar, { description: 'When the run was asked for.' })
  startedAt: string;
  @Field(() => ExposureType, { nullable: true, description: 'How evenly it shows vacancies; null until it is done.' })
  exposure: ExposureType | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When its last piece was done; null while it runs.' })
  endedAt: string | null;
}

@ObjectType('ScoringRunConnection', { description: 'A page of scoring runs, with what is needed to ask for the next.' })
export class ScoringRunConnection extends connectionOf(ScoringRunType, 'ScoringRun', 'scoring runs') {}

@InputType({ description: 'A request to score every learner against every live vacancy.' })
export class ScoreRegionInput {
  @Field(() => UuidScalar, { description: 'A new random UUID; the same one again gives the same answer.' })
  idempotencyKey: string;
}

@ObjectType('ScoreRegionSuccess', { description: 'The run was accepted; the worker counts its chunks.' })
export class ScoreRegionSuccess {
  @Field(() => ScoringRunType, { description: 'The run as accepted, before its first chunk.' })
  scoringRun: ScoringRun;
}
export const ScoreRegionPayload = payloadOf('ScoreRegion', ScoreRegionSuccess, 'ScoreRegionSuccess');
