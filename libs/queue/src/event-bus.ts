import type { Logger } from '@meriden/platform';
import type { RedisLink } from './redis-link.js';
import { type EventOf, type TopicName, TOPICS, keyOf, readEvent } from './topics.js';

/**
 * What a listener gets. `gap`: events may have been missed (Redis was away, or the listener was too slow), so read the state
 * anew; while Redis stays away a gap comes every few seconds, which makes of every subscription a poll.
 */
export type Delivery<T extends TopicName> = Readonly<{ kind: 'event'; event: EventOf<T> }> | Readonly<{ kind: 'gap' }>;

export type SubscribeOptions = Readonly<{
  /** Ends the subscription from outside. */
  signal?: AbortSignal;
  /** Deliveries kept for a slow listener, 100 unless told; beyond that they become one gap. */
  buffer?: number;
}>;

const GAP = { kind: 'gap' } as const;
/** Milliseconds between two gaps while Redis is away. */
const POLL_MS = 5_000;

/** What one listener has not yet taken, bounded. */
class Inbox<T extends TopicName> {
  private waiting: Delivery<T>[] = [];
  private sleepers: (() => void)[] = [];
  private ended = false;

  constructor(private readonly limit: number) {}

  give(delivery: Delivery<T>): void {
    if (this.ended || (delivery === GAP && this.waiting.at(-1) === GAP)) return;
    // Too slow: one gap stands for all that was dropped, this one included, for the state will be read after it.
    if (this.waiting.length >= this.limit) this.waiting = [GAP];
    else this.waiting.push(delivery);
    this.wake();
  }

  end(): void {
    this.ended = true;
    this.waiting = [];
    this.wake();
  }

  async take(): Promise<Delivery<T> | null> {
    while (this.waiting.length === 0 && !this.ended) {
      await new Promise<void>((resolve) => this.sleepers.push(resolve));
    }
    return this.waiting.shift() ?? null;
  }

  private wake(): void {
    for (const resolve of this.sleepers.splice(0)) resolve();
  }
}

/** Those who listen to one channel, and whether Redis has confirmed the subscription. */
type Channel = { readonly inboxes: Set<Inbox<TopicName>>; stands: boolean };

/**
 * Events between processes over Redis pub/sub: a bell, not a record. Publishing never throws and never waits; nothing durable
 * may hang on an event arriving. Publisher and subscriber have a connection each, as Redis demands.
 */
export class EventBus {
  private readonly channels = new Map<string, Channel>();
  private readonly poll: NodeJS.Timeout;
  private closed = false;

  constructor(
    private readonly publisher: RedisLink,
    private readonly subscriber: RedisLink,
    private readonly prefix: string,
    private readonly logger: Logger,
  ) {
    const client = subscriber.client;
    client.on('message', (channel: string, message: string) => this.deliver(channel, message));
    client.on('close', () => this.channels.forEach((channel) => (channel.stands = false)));
    client.on('ready', () => this.channels.forEach((_, channel) => this.ask(channel)));
    this.poll = setInterval(() => {
      if (client.status !== 'ready') this.gapForAll();
    }, POLL_MS).unref();
  }

  /** Tells everybody who listens now; when Redis is away nobody hears, and listeners get a gap instead. */
  publish<T extends TopicName>(name: T, event: EventOf<T>): void {
    const checked = TOPICS[name].event.safeParse(event);
    if (!checked.success || this.closed) {
      if (!checked.success) this.logger.defect('event refused', { topic: name });
      return;
    }
    if (this.publisher.client.status !== 'ready') return;
    this.publisher.client.publish(this.channel(name, keyOf(name, event)), JSON.stringify(checked.data)).catch((error: unknown) => {
      this.logger.debug('event not published', { topic: name, error });
    });
  }

  /**
   * Listens to the events of one key (the learner, the round; `all` where the topic has one key for everybody), from now on. The
   * first delivery is a gap, given when the subscription stands: what is read after it misses nothing. Ends with `return()` (also
   * while a delivery is being waited for, which a generator could not), with the signal, and with the bus.
   */
  subscribe<T extends TopicName>(name: T, key: string, options: SubscribeOptions = {}): AsyncIterableIterator<Delivery<T>> {
    const inbox = new Inbox<T>(options.buffer ?? 100);
    const channel = this.channel(name, key);
    const end = (): void => {
      inbox.end();
      options.signal?.removeEventListener('abort', end);
      this.leave(channel, inbox as unknown as Inbox<TopicName>);
    };
    if (this.closed || options.signal?.aborted) inbox.end();
    else {
      options.signal?.addEventListener('abort', end, { once: true });
      this.join(channel, inbox as unknown as Inbox<TopicName>);
    }
    return {
      [Symbol.asyncIterator]() {
        return this;
      },
      next: async () => {
        const delivery = await inbox.take();
        return delivery === null ? { done: true, value: undefined } : { done: false, value: delivery };
      },
      return: async () => {
        end();
        return { done: true, value: undefined };
      },
    };
  }

  /** Listeners there are now, for the meters. */
  get listeners(): number {
    return [...this.channels.values()].reduce((sum, { inboxes }) => sum + inboxes.size, 0);
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    clearInterval(this.poll);
    for (const { inboxes } of this.channels.values()) for (const inbox of inboxes) inbox.end();
  }

  private join(name: string, inbox: Inbox<TopicName>): void {
    const known = this.channels.get(name);
    const channel = known ?? { inboxes: new Set(), stands: false };
    channel.inboxes.add(inbox);
    this.channels.set(name, channel);
    // Not standing yet: the gap comes with the confirmation. Redis away: a gap now, for there is nothing to wait for.
    if (channel.stands || this.subscriber.client.status !== 'ready') inbox.give(GAP);
    else if (known === undefined) this.ask(name);
  }

  private ask(name: string): void {
    const answered = (stands: boolean): void => {
      const channel = this.channels.get(name);
      if (channel === undefined) return;
      channel.stands = stands;
      for (const inbox of channel.inboxes) inbox.give(GAP);
    };
    // Refused: the connection is going; `ready` will subscribe again, and until then the listeners poll.
    this.subscriber.client.subscribe(name).then(
      () => answered(true),
      () => answered(false),
    );
  }

  private leave(name: string, inbox: Inbox<TopicName>): void {
    const channel = this.channels.get(name);
    channel?.inboxes.delete(inbox);
    if (channel === undefined || channel.inboxes.size > 0) return;
    this.channels.delete(name);
    if (!this.closed && this.subscriber.client.status === 'ready') this.subscriber.client.unsubscribe(name).catch(() => {});
  }

  private deliver(channel: string, message: string): void {
    const listening = this.channels.get(channel);
    if (listening === undefined) return;
    const name = channel.slice(`${this.prefix}:event:`.length).split(':')[0] as TopicName;
    const event = readEvent(name, message);
    if (event === null) {
      this.logger.warn('event not understood', { topic: name });
      return;
    }
    // Heard before the subscription is confirmed (the client subscribes again by itself after Redis was away): whoever listens may
    // have missed others before it, and a gap says both.
    const delivery = listening.stands ? ({ kind: 'event', event } as const) : GAP;
    for (const inbox of listening.inboxes) inbox.give(delivery);
  }

  private gapForAll(): void {
    for (const { inboxes } of this.channels.values()) for (const inbox of inboxes) inbox.give(GAP);
  }

  private channel(name: TopicName, key: string): string {
    return `${this.prefix}:event:${name}:${key}`;
  }
}
