import type { Eligibility, EligibilityQuestion } from '@meriden/domain';
import { EligibilityService } from '@meriden/services';
import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { InOperation } from '../graphql/context.js';
import type { Operation } from '../graphql/operation.js';
import { answer } from '../graphql/payload.js';
import type { RefusedType } from '../graphql/refusal.types.js';
import { ReferenceShelf } from '../reference/reference-shelf.js';
import { SkillType } from '../reference/reference.types.js';
import { vacancyDetails } from '../vacancy/vacancy-input.js';
import { AskEligibilityInput, AskEligibilityPayload, EligibilityQuestionType, IfTrainedType, type AskEligibilitySuccess } from './eligibility.types.js';

@Resolver(() => EligibilityQuestionType)
export class EligibilityResolver {
  constructor(@Inject(EligibilityService) private readonly verbs: EligibilityService) {}

  @Mutation(() => AskEligibilityPayload, {
    description: 'An employer asks, while writing a vacancy, how many learners it would reach and what each must-have keeps away; nothing is posted.',
  })
  askEligibility(
    @InOperation() operation: Operation,
    @Args('input', { type: () => AskEligibilityInput, description: 'The vacancy as it is written so far.' }) input: AskEligibilityInput,
  ): Promise<AskEligibilitySuccess | RefusedType> {
    return answer(async () => {
      const question = { idempotencyKey: input.idempotencyKey, details: vacancyDetails(input.details) };
      return { question: await operation.write((actor) => this.verbs.ask(actor, question)) };
    });
  }

  @Query(() => EligibilityQuestionType, { nullable: true, description: 'A question asked with `askEligibility`, for its answer; null when it is not the caller’s own or was forgotten.' })
  eligibility(
    @InOperation() operation: Operation,
    @Args('id', { type: () => ID, description: 'Id of the question, as `askEligibility` gave it.' }) id: string,
  ): Promise<EligibilityQuestion | null> {
    return operation.read((tx, actor) => this.verbs.look(tx, actor, id));
  }
}

@Resolver(() => IfTrainedType)
export class IfTrainedResolver {
  constructor(@Inject(ReferenceShelf) private readonly reference: ReferenceShelf) {}

  @ResolveField(() => SkillType, { nullable: true, description: 'The essential skill that would be trained.' })
  skill(@Parent() row: Eligibility['ifTrained'][number]): SkillType | null {
    return this.reference.skill(row.skillId);
  }
}
