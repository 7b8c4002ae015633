import type { Proposal } from '@meriden/domain';
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { ProposalStateEnum } from '../graphql/enums.js';
import { connectionOf } from '../graphql/paging.js';
import { payloadOf } from '../graphql/payload.js';
import { DateTimeScalar, UuidScalar } from '../graphql/scalars.js';
import { NodeIdField, NodeType } from '../node/node.types.js';

type Shown = Pick<Proposal, 'id' | 'state' | 'replyBy' | 'answeredAt' | 'version'>;

@ObjectType('Proposal', {
  implements: () => [NodeType],
  description: 'A place offered to a learner by a published round, answered by accept or decline.',
})
export class ProposalType implements Shown {
  @NodeIdField('Proposal', 'proposal')
  id: string;
  @Field(() => ProposalStateEnum, { description: 'Whether it waits, was answered, or has expired.' })
  state: keyof typeof ProposalStateEnum;
  @Field(() => DateTimeScalar, { description: 'By when it must be answered.' })
  replyBy: string;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was answered; null while it waits or when it expired.' })
  answeredAt: string | null;
  @Field(() => Int, { description: 'Grows by one with each change; give it back with the next.' })
  version: number;
}

@ObjectType('ProposalConnection', { description: 'A page of proposals, with what is needed to ask for the next.' })
export class ProposalConnection extends connectionOf(ProposalType, 'Proposal', 'proposals') {}

@InputType({ description: 'Which proposal to accept, as it was seen.' })
export class AcceptProposalInput {
  @Field(() => UuidScalar, { description: 'A new random UUID; the same one again gives the same answer.' })
  idempotencyKey: string;
  @Field(() => ID, { description: 'Node id of the proposal to accept.' })
  proposalId: string;
  @Field(() => Int, { description: 'The version that was seen; refused when somebody changed it since.' })
  version: number;
}

@InputType({ description: 'Which proposal to decline, as it was seen, and why.' })
export class DeclineProposalInput {
  @Field(() => UuidScalar, { description: 'A new random UUID; the same one again gives the same answer.' })
  idempotencyKey: string;
  @Field(() => ID, { description: 'Node id of the proposal to decline.' })
  proposalId: string;
  @Field(() => Int, { description: 'The version that was seen; refused when somebody changed it since.' })
  version: number;
  @Field(() => String, { description: 'Why, in 3 to 500 characters; your provider reads it.' })
  reason: string;
}

@ObjectType('AcceptProposalSuccess', { description: 'The place is the learner’s: a placement was agreed.' })
export class AcceptProposalSuccess {
  @Field(() => ProposalType, { description: 'The proposal now accepted, with the new version.' })
  proposal: Proposal;
}
export const AcceptProposalPayload = payloadOf('AcceptProposal', AcceptProposalSuccess, 'AcceptProposalSuccess');

@ObjectType('DeclineProposalSuccess', { description: 'The place is free again for another learner.' })
export class DeclineProposalSuccess {
  @Field(() => ProposalType, { description: 'The proposal now declined, with the new version.' })
  proposal: Proposal;
}
export const DeclineProposalPayload = payloadOf('DeclineProposal', DeclineProposalSuccess, 'DeclineProposalSuccess');
