import { Rejection } from '@meriden/domain';
import type { Proof } from '@meriden/services';

/** What a page sends beside a change of how somebody gets in. */
export type GivenProof = Readonly<{ password?: unknown; code?: unknown }>;

const REMEDY = 'Send the password you sign in with; an account without one sends a code of its authenticator.';

/** @throws Rejection FIELD_REQUIRED */
export function proofOf(given: GivenProof | null): Pick<Proof, 'password' | 'code'> {
  const code = given?.code == null ? null : textOf(given.code, 'code', REMEDY);
  // Whoever gives a code in the place of a password leaves that one out.
  const password = code !== null && given?.password == null ? '' : textOf(given?.password, 'password', REMEDY);
  return { password, code };
}

/** @throws Rejection FIELD_REQUIRED */
export function textOf(value: unknown, field: string, remedy = 'Send what was given with the options.'): string {
  if (typeof value === 'string') return value;
  throw new Rejection({ code: 'FIELD_REQUIRED', message: `${field} is missing.`, rule: `${field} is text.`, remedy, path: [field] });
}
