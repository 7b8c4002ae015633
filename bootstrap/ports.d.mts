/** The first free port of 127.0.0.1 at or after `first`; any free one without it. */
export function freePort(first?: number): Promise<number>;
