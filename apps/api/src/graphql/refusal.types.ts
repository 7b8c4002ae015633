import { REJECTION_CODES, type Refusal, type RejectionCode, type RejectionKind } from '@meriden/domain';
import { Field, InterfaceType, ObjectType } from '@nestjs/graphql';
import { RejectionCodeEnum } from './enums.js';

const TYPE_OF_KIND: Readonly<Record<RejectionKind, string>> = {
  INVALID: 'InvalidInput',
  NOT_FOUND: 'NotFound',
  FORBIDDEN: 'NotAllowed',
  CONFLICT: 'Conflict',
  OUT_OF_TURN: 'OutOfTurn',
  LIMIT: 'OverLimit',
};

@InterfaceType('UserError', {
  description: 'Why something was refused: what happened, which rule, and what to do about it.',
  resolveType: (refusal: Refusal) => TYPE_OF_KIND[REJECTION_CODES[refusal.code]],
})
abstract class UserErrorType implements Refusal {
  @Field(() => RejectionCodeEnum, { description: 'The reason as a value that programs can branch on.' })
  code: RejectionCode;
  @Field(() => String, { description: 'What happened, in one plain sentence for a person.' })
  message: string;
  @Field(() => String, { description: 'Which rule stands behind it, with its source where it is law.' })
  rule: string;
  @Field(() => String, { description: 'What the person can do about it now.' })
  remedy: string;
  @Field(() => [String], {
    description: 'The input field at fault, outermost first, for example `["input", "details", "openings"]`; empty when none is.',
  })
  path: string[];
}

@ObjectType('InvalidInput', { implements: () => [UserErrorType], description: 'Something in the input is wrong: mend the named field.' })
class InvalidInputType extends UserErrorType {}

@ObjectType('NotFound', { implements: () => [UserErrorType], description: 'Unknown, or not yours to see: both get this same answer.' })
class NotFoundType extends UserErrorType {}

@ObjectType('NotAllowed', { implements: () => [UserErrorType], description: 'The caller is not, or not yet, entitled to do this.' })
class NotAllowedType extends UserErrorType {}

@ObjectType('Conflict', { implements: () => [UserErrorType], description: 'It clashes with what someone else did before.' })
class ConflictType extends UserErrorType {}

@ObjectType('OutOfTurn', { implements: () => [UserErrorType], description: 'Right in itself, but not in the present state of things.' })
class OutOfTurnType extends UserErrorType {}

@ObjectType('OverLimit', { implements: () => [UserErrorType], description: 'More than the published limits allow: less, or later.' })
class OverLimitType extends UserErrorType {}

@ObjectType('Refused', { description: 'Nothing was stored. Every fault found is listed, so that all can be mended in one go.' })
export class RefusedType {
  @Field(() => [UserErrorType], { description: 'One entry for each fault, in the order of the fields.' })
  refusals: readonly Refusal[];
}

/** The concrete types of `UserError`, which no field names: given to the schema by hand. */
export const REFUSAL_TYPES = [InvalidInputType, NotFoundType, NotAllowedType, ConflictType, OutOfTurnType, OverLimitType];
