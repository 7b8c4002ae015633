import type { Outcome, OutcomeReason } from '@meriden/domain';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../graphql/paging.js';
import { payloadOf } from '../graphql/payload.js';
import { NodeIdField, NodeType } from '../node/node.types.js';

@ObjectType('OutcomeReason', { description: 'Why one vacancy that was preferred to the outcome was not got.' })
export class OutcomeReasonType implements Pick<OutcomeReason, 'code' | 'message' | 'remedy'> {
  @Field(() => String, { description: 'Stable name of the kind of reason, for programs.' })
  code: string;
  @Field(() => String, { description: 'The reason in plain English, recomputed by the independent checker.' })
  message: string;
  @Field(() => String, { description: 'What could make a difference another time.' })
  remedy: string;
}

type Shown = Pick<Outcome, 'id' | 'rank' | 'reasons' | 'withheld' | 'withheldReason' | 'published'>;

@ObjectType('Outcome', {
  implements: () => [NodeType],
  description: 'What a solved round says of one learner, with one reason for each better choice not got.',
})
export class OutcomeType implements Shown {
  @NodeIdField('Outcome', 'outcome')
  id: string;
  @Field(() => Int, { nullable: true, description: 'Place of the vacancy in the learner’s list, from 1; null when unmatched.' })
  rank: number | null;
  @Field(() => [OutcomeReasonType], { description: 'One reason for each entry preferred to the outcome, in order.' })
  reasons: readonly OutcomeReason[];
  @Field(() => Boolean, { description: 'Whether an operator kept the proposal back.' })
  withheld: boolean;
  @Field(() => String, { nullable: true, description: 'Why the proposal was kept back; null when it was not.' })
  withheldReason: string | null;
  @Field(() => Boolean, { description: 'Whether learner and provider can see it already.' })
  published: boolean;
}

@ObjectType('OutcomeConnection', { description: 'A page of outcomes, with what is needed to ask for the next.' })
export class OutcomeConnection extends connectionOf(OutcomeType, 'Outcome', 'outcomes') {}

@ObjectType('WithholdProposalSuccess', { description: 'The proposal will not go out; the outcome itself stays visible.' })
export class WithholdProposalSuccess {
  @Field(() => OutcomeType, { description: 'The outcome whose proposal is kept back.' })
  outcome: Outcome;
}
export const WithholdProposalPayload = payloadOf('WithholdProposal', WithholdProposalSuccess, 'WithholdProposalSuccess');
