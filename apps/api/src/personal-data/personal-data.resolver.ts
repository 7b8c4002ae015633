import type { SubjectRequest } from '@meriden/domain';
import { PersonalDataService, type ToldRequest } from '@meriden/services';
import { Inject } from '@nestjs/common';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { InOperation } from '../graphql/context.js';
import { keyOf } from '../graphql/node-id.js';
import type { Operation } from '../graphql/operation.js';
import { answer } from '../graphql/payload.js';
import type { RefusedType } from '../graphql/refusal.types.js';
import {
  AskForLearnerDataInput,
  AskForLearnerDataPayload,
  AskForMyDataInput,
  AskForMyDataPayload,
  HoldRecordInput,
  HoldRecordPayload,
  LiftHoldInput,
  LiftHoldPayload,
  MyDataType,
  type AskForLearnerDataSuccess,
  type AskForMyDataSuccess,
  type HoldRecordSuccess,
  type LiftHoldSuccess,
  type SubjectRequestType,
} from './personal-data.types.js';

@Resolver(() => MyDataType)
export class PersonalDataResolver {
  constructor(@Inject(PersonalDataService) private readonly verbs: PersonalDataService) {}

  @Query(() => MyDataType, { description: 'What is held about the caller, why and for how long, and what they asked about it.' })
  async myData(@InOperation() operation: Operation): Promise<MyDataType> {
    const requests = await operation.read((tx, actor) => this.verbs.requestsOf(tx, actor));
    return { held: this.verbs.held(operation.actor), requests: requests.map(shown) };
  }

  @Mutation(() => AskForMyDataPayload, { description: 'The caller asks for a copy of everything held about them, or for its erasure.' })
  askForMyData(
    @InOperation() operation: Operation,
    @Args('input', { type: () => AskForMyDataInput, description: 'A copy or an erasure.' }) input: AskForMyDataInput,
  ): Promise<AskForMyDataSuccess | RefusedType> {
    return answer(async () => ({ request: accepted(await operation.write((actor) => this.verbs.askForOwn(actor, input))) }));
  }

  @Mutation(() => AskForLearnerDataPayload, { description: 'Staff of the provider ask for a copy or an erasure in the name of a learner.' })
  askForLearnerData(
    @InOperation() operation: Operation,
    @Args('input', { type: () => AskForLearnerDataInput, description: 'Whose data, and what is asked.' }) input: AskForLearnerDataInput,
  ): Promise<AskForLearnerDataSuccess | RefusedType> {
    return answer(async () => {
      const wish = { ...input, learnerId: keyOf('Learner', input.learnerId, ['input', 'learnerId']) };
      return { request: accepted(await operation.write((actor) => this.verbs.askForLearner(actor, wish))) };
    });
  }

  @Mutation(() => HoldRecordPayload, { description: 'Staff of the provider keep a learner’s record from being erased, with a reason.' })
  holdRecord(
    @InOperation() operation: Operation,
    @Args('input', { type: () => HoldRecordInput, description: 'Whose record, and why.' }) input: HoldRecordInput,
  ): Promise<HoldRecordSuccess | RefusedType> {
    return answer(async () => {
      const wish = { ...input, learnerId: keyOf('Learner', input.learnerId, ['input', 'learnerId']) };
      return { heldSince: (await operation.write((actor) => this.verbs.hold(actor, wish))).setAt };
    });
  }

  @Mutation(() => LiftHoldPayload, { description: 'Staff of the provider let a held record be erased again.' })
  liftHold(
    @InOperation() operation: Operation,
    @Args('input', { type: () => LiftHoldInput, description: 'Whose record is let go.' }) input: LiftHoldInput,
  ): Promise<LiftHoldSuccess | RefusedType> {
    return answer(async () => {
      const wish = { learnerId: keyOf('Learner', input.learnerId, ['input', 'learnerId']) };
      return { liftedAt: (await operation.write((actor) => this.verbs.lift(actor, wish))).releasedAt as string };
    });
  }
}

const shown = (request: ToldRequest): SubjectRequestType => ({ ...request, proofLines: request.proof ?? [], copyUntil: request.expiresAt });
const accepted = (request: SubjectRequest): SubjectRequestType => shown({ ...request, expiresAt: null });
