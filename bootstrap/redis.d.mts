/** Looks over a Redis somebody gave us: its version, or a Problem in words when it must not be used. */
export function checkGivenRedis(url: string): Promise<string>;
