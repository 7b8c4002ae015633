/** What was wrong with the caller's file or options. Closed list; the command line and the service map it to their own refusals. */
export const MATCHING_ERROR_CODES = ['malformed', 'contradictory', 'too-large', 'unknown-option', 'unsupported'] as const;
export type MatchingErrorCode = (typeof MATCHING_ERROR_CODES)[number];

/**
 * Thrown for input that cannot be solved as it stands. `place` is a path into the file or the options
 * (`learners[3].preferences[0][1]`), `remedy` says in words what to change. An outcome (no stable matching, quotas that cannot
 * be met) is never an error: it is the result's `status`.
 */
export class MatchingError extends Error {
  override readonly name = 'MatchingError';

  constructor(
    readonly code: MatchingErrorCode,
    readonly place: string,
    problem: string,
    readonly remedy: string,
  ) {
    super(`${place}: ${problem}. ${remedy}`);
  }
}
