import { Agent, request } from 'node:http';

export type Asked = Readonly<Record<string, unknown>>;

/** The API refused or failed: told with what it said. */
export class ApiRefusal extends Error {
  constructor(
    readonly codes: readonly string[],
    message: string,
  ) {
    super(message);
  }
}

type Refusal = Readonly<{ code: string; message: string; rule: string; remedy: string }>;

/** What every mutation asks for beside its success, so that a refusal comes back with its reason. */
export const REFUSALS = '... on Refused { refusals { code message rule remedy } }';

/** A client like anybody's: GraphQL over HTTP with a bearer token, nothing that a stranger's program could not do. */
export class GraphqlClient {
  /** Connections are kept: opening one for each of thousands of requests would cost more than the requests. */
  readonly #agent = new Agent({ keepAlive: true });

  constructor(readonly origin: string) {}

  /**
   * The `data` of an operation.
   * @throws ApiRefusal when GraphQL reports errors or the one mutation in it was refused
   */
  async ask<Data extends object>(token: string | null, query: string, variables: Asked = {}): Promise<Data> {
    const { status, text } = await this.send('POST', '/graphql', token, JSON.stringify({ query, variables }));
    const answer = readAnswer(text, status);
    if (answer.errors && answer.errors.length > 0) {
      throw new ApiRefusal(answer.errors.map((error) => String(error.extensions?.code ?? '')), answer.errors.map((error) => error.message).join('; '));
    }
    const data = answer.data as Data;
    for (const value of Object.values(data)) {
      const refusals = (value as { refusals?: readonly Refusal[] } | null)?.refusals;
      if (refusals) throw new ApiRefusal(refusals.map((refusal) => refusal.code), refusals.map((refusal) => `${refusal.message} ${refusal.remedy}`).join('; '));
    }
    return data;
  }

  /** A file over plain HTTP, as text. */
  async download(token: string, path: string): Promise<string> {
    const { status, text } = await this.send('GET', path, token, null);
    if (status !== 200) throw new ApiRefusal([String(status)], `${path} answers ${status}: ${text.slice(0, 300)}`);
    return text;
  }

  close(): void {
    this.#agent.destroy();
  }

  private send(method: string, path: string, token: string | null, body: string | null): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const headers = { ...bearer(token), ...(body === null ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }) };
      const sent = request(new URL(path, this.origin), { method, headers, agent: this.#agent }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }));
        response.on('error', reject);
      });
      sent.on('error', (error) => reject(new Error(`The API at ${this.origin} does not answer: ${error.message}`, { cause: error })));
      sent.end(body ?? undefined);
    });
  }
}

const bearer = (token: string | null): Record<string, string> => (token === null ? {} : { authorization: `Bearer ${token}` });

type Answer = Readonly<{ data?: unknown; errors?: readonly { message: string; extensions?: { code?: unknown } }[] }>;

function readAnswer(text: string, status: number): Answer {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    throw new ApiRefusal([String(status)], `The API answers ${status} with something that is not JSON: ${text.slice(0, 300)}`);
  }
}

/** Runs `work` over all items, at most `atOnce` at a time; the first failure ends it. */
export async function together<Item>(items: readonly Item[], atOnce: number, work: (item: Item) => Promise<void>): Promise<void> {
  let next = 0;
  let failed = false;
  const lane = async (): Promise<void> => {
    while (!failed && next < items.length) {
      const item = items[next++] as Item;
      try {
        await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, lane));
}
