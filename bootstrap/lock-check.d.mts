/** The lock's faults as sentences; an empty list is a good lock. */
export function lockFaults(lock: { packages: Record<string, unknown> }): string[];
/** Checks the committed lock: the faults, sorted. */
export function checkLock(file?: string): string[];
