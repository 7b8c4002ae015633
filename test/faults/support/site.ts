import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '#bootstrap/ports.mjs';
import { askRedis } from '#bootstrap/resp.mjs';
import { startTestServers } from '#bootstrap/servers.mjs';
import { type Account, GraphqlClient, signedIn } from '../../e2e/support/graphql-client.js';
import { seededRegion } from '../../support/migrated-database.js';
import { Ledger } from './ledger.js';
import { Program, type Preload } from './program.js';
import { WorkerPost } from './worker-post.js';

/** Queues whose jobs a campaign gives rise to. */
const QUEUES = ['scoring', 'rounds', 'privacy'];

export type OwnServers = Awaited<ReturnType<typeof startTestServers>>;
type AccountName = 'operator' | 'operator2' | 'college' | 'college2' | 'employer' | 'employer2' | 'learner';

export type SiteWish = Readonly<{
  learners: number;
  vacancies: number;
  workers: number;
  /** Milliseconds after which a silent worker loses its jobs. */
  lockMs: number;
  /** Sessions of each process with PostgreSQL, and with them the jobs a worker has in hand; as the product has it unless said. */
  sessions?: number;
  /** Into API and workers: takes something away from the product. */
  preloads?: readonly Preload[];
}>;

/** A whole Meriden to be hurt: API and workers as processes of the built programs, on servers that may be killed. */
export class Site {
  readonly origin: string;
  readonly posts: readonly WorkerPost[];
  #api: Program;
  #closing = false;
  /** How the API ended when nobody had asked it to. */
  readonly apiCrashes: (number | string)[] = [];
  #asked = false;
  #clients = new Map<AccountName, Promise<GraphqlClient>>();

  private constructor(
    /** Its servers, to be killed where they are its own. */
    private readonly given: Pick<OwnServers, 'databaseUrl' | 'redisUrl'> | OwnServers,
    readonly ledger: Ledger,
    readonly wish: SiteWish,
    readonly environment: Readonly<Record<string, string | undefined>>,
    /** Of this site alone, deleted with it. */
    readonly dataDir: string,
  ) {
    this.origin = `http://127.0.0.1:${environment['PORT']}`;
    this.#api = this.launchApi();
    this.posts = Array.from({ length: wish.workers }, (_, i) => new WorkerPost(`worker ${i + 1}`, environment, wish.preloads ?? []));
  }

  /** A database and a Redis prefix of its own on `servers`; seeded, running, scored once. */
  static async start(servers: Pick<OwnServers, 'databaseUrl' | 'redisUrl'>, wish: SiteWish): Promise<Site> {
    const { databaseUrl, dataDir } = await seededRegion(servers, wish, 'meriden_faults');
    const name = new URL(databaseUrl).pathname.slice(1);
    const environment = {
      PATH: process.env['PATH'],
      DATABASE_URL: databaseUrl,
      REDIS_URL: servers.redisUrl,
      MERIDEN_REDIS_PREFIX: name.replaceAll('_', '-'),
      MERIDEN_DATA_DIR: dataDir,
      MERIDEN_DEMONSTRATION: 'true',
      MERIDEN_JOB_LOCK_MS: String(wish.lockMs),
      ...(wish.sessions !== undefined && { MERIDEN_DATABASE_CONNECTIONS: String(wish.sessions) }),
      PORT: String(await freePort()),
      LOG_LEVEL: 'info',
    };
    const site = new Site(servers, new Ledger(databaseUrl), wish, environment, dataDir);
    try {
      await site.eventually('the API is ready', async () => (await fetch(`${site.origin}/health/ready`)).ok, 180_000);
      await site.eventually('the workers are at their queues', () => site.posts.every((post) => post.open), 180_000);
      await site.eventually('the region is scored', async () => (await site.ledger.undone()) === 0, 180_000);
      site.apiCrashes.length = 0;
      return site;
    } catch (error) {
      await site.end();
      throw error;
    }
  }

  /** To be killed at will. @throws where the servers belong to others too */
  get servers(): OwnServers {
    if (!('postgres' in this.given)) throw new Error('these servers are not this site’s own');
    return this.given;
  }

  get api(): Program {
    return this.#api;
  }

  /** The API again, in order, on the same port. @returns how the old one ended */
  async restartApi(): Promise<number | string> {
    const old = this.#api;
    this.#asked = true;
    old.signal('SIGTERM');
    const how = await old.ended;
    await this.eventually('the API is ready again', async () => this.#api !== old && (await fetch(`${this.origin}/health/ready`)).ok, 90_000);
    return how;
  }

  /** Signed in once, then the same client again: a code of the second factor works once. */
  as(name: AccountName): Promise<GraphqlClient> {
    const known = this.#clients.get(name) ?? this.signIn(name);
    this.#clients.set(name, known);
    return known;
  }

  /** Jobs in Redis that wait or are in somebody's hand, all queues together. */
  async jobsInRedis(): Promise<number> {
    const prefix = this.environment['MERIDEN_REDIS_PREFIX'];
    const questions = QUEUES.flatMap((queue) => [['LLEN', `${prefix}:${queue}:wait`], ['LLEN', `${prefix}:${queue}:active`], ['ZCARD', `${prefix}:${queue}:prioritized`]]);
    const lengths = await askRedis(this.given.redisUrl, questions);
    return lengths.reduce<number>((sum, length) => sum + (typeof length === 'number' ? length : 0), 0);
  }

  /**
   * Empties Redis; only `when jobs wait` looks and empties in one step, so that a quick worker cannot come between.
   * @returns how many jobs waited in it
   */
  async emptyRedis(when: 'now' | 'when jobs wait'): Promise<number> {
    const keys = QUEUES.map((queue) => `${this.environment['MERIDEN_REDIS_PREFIX']}:${queue}:`);
    const script = `local n = 0; for _, key in ipairs(KEYS) do n = n + redis.call('LLEN', key .. 'wait') + redis.call('ZCARD', key .. 'prioritized') end
      if n > 0 or ARGV[1] == 'now' then redis.call('FLUSHALL') end; return n`;
    const [waited] = await askRedis(this.given.redisUrl, [['EVAL', script, String(keys.length), ...keys, when]]);
    if (typeof waited !== 'number') throw waited;
    return waited;
  }

  /** Waits until the condition holds; a condition that throws does not hold yet. */
  async eventually(what: string, condition: () => boolean | Promise<boolean>, ms = 60_000): Promise<void> {
    const until = performance.now() + ms;
    let last: unknown = '';
    for (;;) {
      try {
        if (await condition()) return;
      } catch (error) {
        last = error;
      }
      if (performance.now() > until) throw new Error(`not within ${ms} ms: ${what} ${String(last)}\n${this.logs()}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /** The end of what every process wrote. */
  logs(characters = 2_000): string {
    const all: [string, string][] = [['api', this.#api.log], ...this.posts.map((post): [string, string] => [post.name, post.log])];
    return all.map(([name, log]) => `--- ${name}\n${log.slice(-characters)}`).join('\n');
  }

  async end(): Promise<void> {
    this.#closing = true;
    this.#api.signal('SIGTERM');
    const force = setTimeout(() => this.#api.signal('SIGKILL'), 10_000);
    await Promise.all([this.#api.ended, ...this.posts.map((post) => post.close())]);
    clearTimeout(force);
    await this.ledger.close();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  /** Kept running as in earnest: one that ends is started again. */
  private launchApi(): Program {
    const program = new Program('api', this.environment, ['leash', ...(this.wish.preloads ?? [])]);
    void program.ended.then((how) => {
      if (this.#closing) return;
      if (!this.#asked) this.apiCrashes.push(how);
      this.#asked = false;
      this.#api = this.launchApi();
    });
    return program;
  }

  private async signIn(name: AccountName): Promise<GraphqlClient> {
    const { password, accounts } = JSON.parse(readFileSync(join(this.dataDir, 'demonstration.json'), 'utf8')) as { password: string; accounts: Account[] };
    const account = accounts.find(({ email }) => email.startsWith(`${name}@`));
    if (account === undefined) throw new Error(`the demonstration region has no account ${name}`);
    return signedIn(new GraphqlClient(this.origin), account, password);
  }
}

/** Both servers for one suite, to be killed at will; `stop()` at its end. */
export async function ownServers(): Promise<OwnServers> {
  return startTestServers();
}
