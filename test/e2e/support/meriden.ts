import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#bootstrap/ports.mjs';
import { startProgram, type RunningProgram } from '../../support/built-program.js';
import { redisPrefix, startSeededDatabase, type TestDatabase } from '../../support/database.js';
import { SMALL_REGION, type RegionSize } from '../../support/migrated-database.js';
import { GraphqlClient, signedIn, type Account } from './graphql-client.js';

type AccountName = 'operator' | 'operator2' | 'region' | 'college' | 'college2' | 'employer' | 'employer2' | 'learner' | 'learner2';

/** A whole Meriden of a suite's own: database, demonstration region, API and worker processes, all from the built programs. */
export type Meriden = Readonly<{
  origin: string;
  database: TestDatabase;
  /** Nobody: signed out. */
  nobody: GraphqlClient;
  password: string;
  account(name: AccountName): Account;
  /** Signed in once, then the same client again: a code of the second factor works once. */
  as(name: AccountName): Promise<GraphqlClient>;
  /** One more API process on the same data: with other settings, or with modules loaded before it. */
  anotherApi(settings?: Readonly<Record<string, string>>, preload?: readonly string[]): Promise<GraphqlClient>;
  /** What the API wrote so far. */
  apiLog(): string;
  workerLog(): string;
  /** What was written to people: no server of mail is set, so letters are files. */
  letters(): readonly string[];
  end(): Promise<void>;
}>;

/** Patience of a suite's `beforeAll`, in milliseconds: ten seconds on a quiet machine, far more on one full of tests. */
export const START_MS = 240_000;

/** Starts it; call `end()` when the suite is over. */
export async function startMeriden(size: RegionSize = SMALL_REGION): Promise<Meriden> {
  const { database, dataDir } = await startSeededDatabase(size);
  const port = await freePort();
  const environment = {
    PATH: process.env['PATH'],
    DATABASE_URL: database.ownerUrl,
    REDIS_URL: process.env['REDIS_URL'],
    MERIDEN_REDIS_PREFIX: redisPrefix(),
    MERIDEN_DATA_DIR: dataDir,
    MERIDEN_DEMONSTRATION: 'true',
    PORT: String(port),
    LOG_LEVEL: 'info',
  };
  const processes: RunningProgram[] = [];
  const end = async (): Promise<void> => {
    await Promise.all(processes.map((program) => program.end()));
    await database.end();
  };
  try {
    const api = startProgram('api', environment);
    const worker = startProgram('worker', environment);
    processes.push(api, worker);
    const origin = `http://127.0.0.1:${port}`;
    await ready(origin, api);
    const { password, accounts } = JSON.parse(readFileSync(join(dataDir, 'demonstration.json'), 'utf8')) as { password: string; accounts: Account[] };
    const account = (name: AccountName): Account => {
      const found = accounts.find(({ email }) => email.startsWith(`${name}@`));
      if (found === undefined) throw new Error(`the demonstration region has no account ${name}`);
      return found;
    };
    const nobody = new GraphqlClient(origin);
    const clients = new Map<AccountName, Promise<GraphqlClient>>();
    const as = (name: AccountName): Promise<GraphqlClient> => {
      const client = clients.get(name) ?? signedIn(nobody, account(name), password);
      clients.set(name, client);
      return client;
    };
    const anotherApi = async (settings: Readonly<Record<string, string>> = {}, preload: readonly string[] = []): Promise<GraphqlClient> => {
      const ownPort = settings['PORT'] ?? String(await freePort());
      const other = startProgram('api', { ...environment, ...settings, PORT: ownPort }, preload);
      processes.push(other);
      await ready(`http://127.0.0.1:${ownPort}`, other);
      return new GraphqlClient(`http://127.0.0.1:${ownPort}`);
    };
    const mail = join(dataDir, 'mail');
    const letters = (): string[] => (existsSync(mail) ? readdirSync(mail).filter((file) => file.endsWith('.eml')).map((file) => readFileSync(join(mail, file), 'utf8')) : []);
    return { anotherApi, origin, database, nobody, password, account, as, apiLog: api.log, workerLog: worker.log, letters, end };
  } catch (error) {
    await end();
    throw error;
  }
}

export type ApiProcess = Readonly<{ nobody: GraphqlClient; log(): string; end(): Promise<void> }>;

/** The built API alone, on data that are there already; `preload` names modules that are loaded before it. */
export async function startApi(settings: Readonly<Record<string, string>>, preload: readonly string[] = []): Promise<ApiProcess> {
  const dataDir = mkdtempSync(join(tmpdir(), 'meriden-api-'));
  const port = await freePort();
  const environment = { PATH: process.env['PATH'], REDIS_URL: process.env['REDIS_URL'], MERIDEN_REDIS_PREFIX: redisPrefix(), MERIDEN_DATA_DIR: dataDir, PORT: String(port), ...settings };
  const api = startProgram('api', environment, preload);
  const end = async (): Promise<void> => {
    await api.end();
    rmSync(dataDir, { recursive: true, force: true });
  };
  const origin = `http://127.0.0.1:${port}`;
  try {
    await ready(origin, api);
  } catch (error) {
    await end();
    throw error;
  }
  return { nobody: new GraphqlClient(origin), log: api.log, end };
}

/** Milliseconds for the API to start: 2 s of computing, of which a machine full of tests gives it little. */
const PATIENCE_MS = 90_000;

async function ready(origin: string, api: RunningProgram): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = await fetch(`${origin}/health/ready`).catch(() => null);
    if (answer?.ok) return;
    if (!api.running() || performance.now() > until) throw new Error(`the API is not ready:\n${api.log()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
