export function askRedis(url: string, commands: string[][], options?: { timeoutMs?: number }): Promise<(string | number | null | Error)[]>;
