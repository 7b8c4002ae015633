const SAID: Readonly<Record<string, string>> = {
  LINKED: 'The service is linked. You can sign in through it from now on.',
  SIGN_IN_FAILED: 'No account here is linked to yours at that service. Sign in with your password once and link it under Account.',
  SECOND_FACTOR_REQUIRED: 'That service did not ask you for a second factor, and staff need one. Sign in here with password and code.',
  ALREADY_EXISTS: 'That account is linked already, here or to another person.',
  TOO_MANY_ENTRIES: 'You have five links already. Remove one first.',
  TOO_MANY_TRIES: 'Too many tries. Wait a quarter of an hour, then begin again.',
  LINK_SPENT: 'This sign-in was used or took longer than ten minutes. Begin again.',
  ISSUER_AWAY: 'That service does not answer. Try again in a few minutes, or use your password. Nothing was changed.',
};

/** What became of a journey to another service, by the code in the address. */
export const issuerWords = (code: string): string => (Object.hasOwn(SAID, code) ? SAID[code] : undefined) ?? 'That service did not say who you are. Nothing was changed. Begin again, or use your password.';
