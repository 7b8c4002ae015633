import type { Logger } from '@meriden/platform';
import { Redis, type RedisOptions } from 'ioredis';
import { dangersOf } from './redis-safety.js';

/** Redis is away, or is not one that may be used; nothing was sent. Whoever asked keeps its row and tries again. */
export class RedisUnavailable extends Error {
  constructor(readonly reason: string) {
    super(`Redis cannot be used: ${reason}`);
    this.name = 'RedisUnavailable';
  }
}

/** Redis answers and is not one that may be used: it would lose jobs. A process that meets it at its start does not begin. */
export class RedisUnsafe extends RedisUnavailable {
  constructor(reason: string) {
    super(reason);
    this.name = 'RedisUnsafe';
  }
}

/** Back after at most one second, however long it was away: a bell that rings late helps nobody. */
export const retryStrategy = (times: number): number => Math.min(50 * 2 ** Math.min(times, 5), 1_000);

/** For those who send: nothing waits for a Redis that is away, every command answers or fails within five seconds. */
const SENDING: RedisOptions = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 1,
  connectTimeout: 2_000,
  commandTimeout: 5_000,
  retryStrategy,
};

/** For the subscriber: its subscriptions are made again after every reconnection, by the event bus itself. */
const LISTENING: RedisOptions = { ...SENDING, autoResubscribe: false };

/**
 * One connection, its state in words, and its end. A Redis that may lose jobs is treated as one that is away, with the reason
 * said; it is examined anew at every connection, because a restart may have brought another configuration.
 */
export class RedisLink {
  readonly client: Redis;
  private dangers: readonly string[] | null = null;
  private said = '';
  private closed = false;

  /** @param purpose stands in the log and in CLIENT LIST */
  constructor(
    redisUrl: string,
    private readonly purpose: 'send' | 'publish' | 'listen',
    private readonly logger: Logger,
  ) {
    this.client = new Redis(redisUrl, { ...(purpose === 'listen' ? LISTENING : SENDING), connectionName: `meriden-${purpose}` });
    // Without a listener ioredis writes to the console, and one fault would be told a hundred times over.
    this.client.on('error', (error: Error & { code?: string }) => this.say('away', error.code ?? error.name));
    this.client.on('close', () => {
      this.dangers = null;
      if (!this.closed) this.say('away', 'connection closed');
    });
    this.client.on('ready', () => void this.examine().catch(() => {}));
  }

  /** Whether commands can be given now. */
  get ready(): boolean {
    return this.client.status === 'ready' && this.dangers?.length === 0;
  }

  /**
   * @param anew examine the server even though this connection was examined before
   * @throws RedisUnavailable at once when Redis is away or unsafe
   */
  async use(anew = false): Promise<Redis> {
    if (anew) this.dangers = null;
    if (this.client.status !== 'ready') throw new RedisUnavailable('it does not answer');
    await this.examine();
    if (this.dangers !== null && this.dangers.length > 0) throw new RedisUnsafe(this.dangers.join(' '));
    return this.client;
  }

  /**
   * Waits until Redis answers and was found safe.
   * @throws RedisUnavailable when it is unsafe, or still away after `timeoutMs`
   */
  async whenReady(timeoutMs: number): Promise<void> {
    const until = performance.now() + timeoutMs;
    for (;;) {
      if (this.client.status === 'ready') {
        await this.use();
        return;
      }
      if (performance.now() >= until || this.closed) throw new RedisUnavailable('it does not answer');
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    const ended = new Promise<void>((resolve) => (this.client.status === 'end' ? resolve() : this.client.once('end', () => resolve())));
    this.client.disconnect();
    // `end` does not come while a first connection is still being made; the socket is destroyed all the same.
    await Promise.race([ended, new Promise<void>((resolve) => setTimeout(resolve, 500).unref())]);
  }

  private async examine(): Promise<void> {
    if (this.dangers !== null) return;
    const dangers = await dangersOf(this.client);
    this.dangers = dangers;
    if (dangers.length === 0) this.say('ready');
    else this.say('unsafe', dangers.join(' '));
  }

  private say(state: 'ready' | 'away' | 'unsafe', reason?: string): void {
    if (this.said === state || this.closed) return;
    const first = this.said === '';
    this.said = state;
    const fields = { purpose: this.purpose, reason };
    if (state !== 'ready') this.logger.warn(`redis ${state}`, fields);
    else if (!first) this.logger.info('redis back', fields);
  }
}
