import { Rejection } from '@meriden/domain';
import { createUnionType } from '@nestjs/graphql';
import { RefusedType } from './refusal.types.js';

type ObjectClass<T> = new () => T;

/**
 * The payload of a mutation: its success type or the refusals, told apart by the member `refusals`.
 * @param name of the mutation in PascalCase, for example `PostVacancy`
 */
export function payloadOf<Success extends object>(name: string, success: ObjectClass<Success>, successName: string) {
  return createUnionType({
    name: `${name}Payload`,
    description: `What \`${name.charAt(0).toLowerCase()}${name.slice(1)}\` answers: what was done, or why it was refused.`,
    types: () => [success, RefusedType] as const,
    resolveType: (value: object) => ('refusals' in value ? 'Refused' : successName),
  });
}

/** Runs a verb; a `Rejection` becomes data, everything else goes on to the one translation of faults. */
export async function answer<Success extends object>(verb: () => Promise<Success>): Promise<Success | RefusedType> {
  try {
    return await verb();
  } catch (error) {
    if (error instanceof Rejection) return Object.assign(new RefusedType(), { refusals: error.refusals });
    throw error;
  }
}
