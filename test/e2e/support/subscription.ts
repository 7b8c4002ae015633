import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { GraphqlClient, TopError } from './graphql-client.js';

export type Event<Data> = Readonly<{ data: Data | null; errors: readonly TopError[] }>;

/** A subscription as a test follows it: events one after another, with a limit on patience. */
export class Subscription<Data> {
  readonly #events: Event<Data>[] = [];
  readonly #waiting: (() => void)[] = [];
  #ended: string | null = null;
  #stop: () => void = () => undefined;

  constructor(
    private readonly client: Client,
    query: string,
    variables: Readonly<Record<string, unknown>>,
  ) {
    this.#stop = client.subscribe<Data>(
      { query, variables: { ...variables } },
      {
        next: (result) => {
          this.#events.push({ data: result.data ?? null, errors: (result.errors ?? []) as unknown as readonly TopError[] });
          this.wake();
        },
        error: (fault) => this.over(told(fault)),
        complete: () => this.over('complete'),
      },
    );
  }

  /** The next event; throws when none comes within `ms`, or when the subscription ended. */
  async next(ms = 10_000): Promise<Event<Data>> {
    await this.until(() => this.#events.length > 0 || this.#ended !== null, ms);
    const event = this.#events.shift();
    if (event === undefined) throw new Error(`no event within ${ms} ms${this.#ended === null ? '' : `: it ended (${this.#ended})`}`);
    return event;
  }

  /** The first event for which `wanted` holds, the ones before it passed over. */
  async nextWhere(wanted: (data: Data) => boolean, ms = 15_000): Promise<Data> {
    const until = performance.now() + ms;
    for (;;) {
      const { data } = await this.next(Math.max(1, until - performance.now()));
      if (data !== null && wanted(data)) return data;
    }
  }

  /** Events that came and were not taken, after waiting `ms` for more. */
  async rest(ms: number): Promise<readonly Event<Data>[]> {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return this.#events.splice(0);
  }

  /** How it ended: `complete`, `closed CODE`, or the codes of its errors. */
  async end(ms = 10_000): Promise<string> {
    await this.until(() => this.#ended !== null, ms);
    if (this.#ended === null) throw new Error(`it did not end within ${ms} ms`);
    return this.#ended;
  }

  async close(): Promise<void> {
    this.#stop();
    await this.client.dispose();
  }

  private over(how: string): void {
    this.#ended ??= how;
    this.wake();
  }

  private wake(): void {
    for (const call of this.#waiting.splice(0)) call();
  }

  private async until(condition: () => boolean, ms: number): Promise<void> {
    const end = performance.now() + ms;
    while (!condition() && performance.now() < end) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, end - performance.now());
        this.#waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }
}

function told(fault: unknown): string {
  if (Array.isArray(fault)) return fault.map((error: TopError) => error.extensions?.code ?? error.message).join();
  const { code } = fault as { code?: number };
  return code === undefined ? String(fault) : `closed ${code}`;
}

/** Opens a socket as this client and subscribes; no retries, so that a closed socket stays closed. */
export function subscribe<Data>(client: GraphqlClient, query: string, variables: Readonly<Record<string, unknown>> = {}): Subscription<Data> {
  const socket = createClient({
    url: `${client.origin.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...(client.token !== null && { connectionParams: { authorization: `Bearer ${client.token}` } }),
  });
  return new Subscription<Data>(socket, query, variables);
}
