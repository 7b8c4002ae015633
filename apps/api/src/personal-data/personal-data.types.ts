import type { HeldPurpose, ToldRequest } from '@meriden/services';
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { SubjectRequestKindEnum, SubjectRequestStateEnum } from '../graphql/enums.js';
import { payloadOf } from '../graphql/payload.js';
import { DateTimeScalar, UuidScalar } from '../graphql/scalars.js';

@ObjectType('HeldThing', { description: 'One thing that is held about the person who asks.' })
export class HeldThingType {
  @Field(() => String, { description: 'What it is, in plain words.' })
  says: string;
  @Field(() => Boolean, { description: 'Whether law protects it more than other data, such as health.' })
  special: boolean;
  @Field(() => Boolean, { description: 'Whether an erasure takes it away.' })
  erased: boolean;
  @Field(() => String, { nullable: true, description: 'Why it stays after an erasure, and until when; null when it goes.' })
  keptBecause: string | null;
}

@ObjectType('HeldPurpose', { description: 'What is held for one purpose, on what ground, and for how long.' })
export class HeldPurposeType implements HeldPurpose {
  @Field(() => String, { description: 'What the data are for, in plain words.' })
  purpose: string;
  @Field(() => String, { description: 'The ground in law on which they are held.' })
  basis: string;
  @Field(() => String, { description: 'How long they are kept before they are deleted.' })
  kept: string;
  @Field(() => [HeldThingType], { description: 'The things held for this purpose.' })
  things: readonly HeldThingType[];
}

@ObjectType('ProofLine', { description: 'What an answer found or erased in one table.' })
export class ProofLineType {
  @Field(() => String, { description: 'Which table of the database.' })
  table: string;
  @Field(() => Int, { description: 'Rows about the person before.' })
  before: number;
  @Field(() => Int, { description: 'Rows that were left afterwards.' })
  after: number;
  @Field(() => String, { description: 'DELETED, BLANKED, KEPT or COPIED: what was done with them.' })
  done: string;
  @Field(() => String, { nullable: true, description: 'Why something stayed; null where nothing did.' })
  because: string | null;
}

type Shown = Pick<ToldRequest, 'id' | 'kind' | 'state' | 'askedAt' | 'doneAt' | 'refusal' | 'proofDigest'>;

@ObjectType('SubjectRequest', { description: 'What somebody asked about their own data, and what came of it.' })
export class SubjectRequestType implements Shown {
  @Field(() => ID, { description: 'Number of the request; give it in the address of the copy.' })
  id: string;
  @Field(() => SubjectRequestKindEnum, { description: 'Whether a copy or an erasure was asked for.' })
  kind: keyof typeof SubjectRequestKindEnum;
  @Field(() => SubjectRequestStateEnum, { description: 'Whether it waits, is done, or was refused.' })
  state: keyof typeof SubjectRequestStateEnum;
  @Field(() => DateTimeScalar, { description: 'When it was asked for.' })
  askedAt: string;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was done or refused; null while it waits.' })
  doneAt: string | null;
  @Field(() => String, { nullable: true, description: 'Why it was refused, and what can be done; null otherwise.' })
  refusal: string | null;
  @Field(() => String, { nullable: true, description: 'Digest of the proof, which stands in the history too.' })
  proofDigest: string | null;
  @Field(() => [ProofLineType], { name: 'proof', description: 'What was found or erased, table by table.' })
  proofLines: readonly ProofLineType[];
  @Field(() => DateTimeScalar, { nullable: true, description: 'Until when the copy can be fetched, once; null when there is none to fetch.' })
  copyUntil: string | null;
}

@ObjectType('MyData', { description: 'What is held about the person who asks, and what they asked about it.' })
export class MyDataType {
  @Field(() => [HeldPurposeType], { description: 'What is held, by purpose, from the register that erasure goes by too.' })
  held: readonly HeldPurposeType[];
  @Field(() => [SubjectRequestType], { description: 'Requests of this person, the newest first, 20 at most.' })
  requests: readonly SubjectRequestType[];
}

@InputType({ description: 'What the person who is signed in asks about their own data.' })
export class AskForMyDataInput {
  @Field(() => UuidScalar, { description: 'A new random UUID; the same one again gives the same answer.' })
  idempotencyKey: string;
  @Field(() => SubjectRequestKindEnum, { description: 'A copy of everything, or its erasure.' })
  kind: keyof typeof SubjectRequestKindEnum;
}

@InputType({ description: 'What a provider asks in the name of its learner.' })
export class AskForLearnerDataInput extends AskForMyDataInput {
  @Field(() => ID, { description: 'Node id of the learner whose data it is about.' })
  learnerId: string;
}

@ObjectType('AskForMyDataSuccess', { description: 'The request was accepted; its answer comes within minutes.' })
export class AskForMyDataSuccess {
  @Field(() => SubjectRequestType, { description: 'The request as it stands now.' })
  request: SubjectRequestType;
}
export const AskForMyDataPayload = payloadOf('AskForMyData', AskForMyDataSuccess, 'AskForMyDataSuccess');

@ObjectType('AskForLearnerDataSuccess', { description: 'The request in the learner’s name was accepted.' })
export class AskForLearnerDataSuccess {
  @Field(() => SubjectRequestType, { description: 'The request as it stands now.' })
  request: SubjectRequestType;
}
export const AskForLearnerDataPayload = payloadOf('AskForLearnerData', AskForLearnerDataSuccess, 'AskForLearnerDataSuccess');

@InputType({ description: 'Which record must not be erased for now, and why.' })
export class HoldRecordInput {
  @Field(() => UuidScalar, { description: 'A new random UUID; the same one again gives the same answer.' })
  idempotencyKey: string;
  @Field(() => ID, { description: 'Node id of the learner whose record is held.' })
  learnerId: string;
  @Field(() => String, { description: 'Why, in 10 to 500 characters; name no third person in it.' })
  reason: string;
}

@InputType({ description: 'Whose record may be erased again.' })
export class LiftHoldInput {
  @Field(() => ID, { description: 'Node id of the learner whose record was held.' })
  learnerId: string;
}

@ObjectType('HoldRecordSuccess', { description: 'Nothing of this learner is erased until the hold is lifted.' })
export class HoldRecordSuccess {
  @Field(() => DateTimeScalar, { description: 'Since when the record is held.' })
  heldSince: string;
}
export const HoldRecordPayload = payloadOf('HoldRecord', HoldRecordSuccess, 'HoldRecordSuccess');

@ObjectType('LiftHoldSuccess', { description: 'The record may be erased again, by request or by schedule.' })
export class LiftHoldSuccess {
  @Field(() => DateTimeScalar, { description: 'When the hold was lifted.' })
  liftedAt: string;
}
export const LiftHoldPayload = payloadOf('LiftHold', LiftHoldSuccess, 'LiftHoldSuccess');
