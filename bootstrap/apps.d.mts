/** Waits until the api that was started, and no other on its port, says that all it needs is there. */
export function untilApiReady(wish: Readonly<{ host: string | undefined; port: number; api: Readonly<{ pid: number; crashes: number; log: string }>; patienceMs?: number; isGivenUp?: () => boolean }>): Promise<void>;
