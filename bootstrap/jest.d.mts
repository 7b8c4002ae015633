/** The counts of one Jest run; every way of not having run is a failure. */
export function count(
  report: { numPassedTests?: number; numFailedTests?: number; numPendingTests?: number; numTodoTests?: number; numRuntimeErrorTestSuites?: number } | null,
  how: { exit: { code: number | null; signal: string | null } | null; hung: string | null; all?: boolean },
): { passed: number; failed: number; skipped: number; fault?: string };
