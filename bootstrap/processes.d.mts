/** True while the process with this pid lives (and is the one the token was taken from). A zombie counts as dead. */
export function isAlive(pid: number, token?: string | null): boolean;
