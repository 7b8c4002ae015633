import { accessSync, constants, statfsSync } from 'node:fs';
import { createDataSource, pendingMigrations, schemaDifference } from '@meriden/persistence';
import { ConfigError, loadConfig, type Config } from '@meriden/platform';
import { EXIT, type Exit, type Terminal } from '../terminal/terminal.js';
import { readDemonstration } from './demonstration-file.js';
import { probeRedis } from './redis-probe.js';

type Finding = Readonly<{ ok: boolean; detail: string; remedy: string }>;
const fine = (detail: string): Finding => ({ ok: true, detail, remedy: '' });
const wrong = (detail: string, remedy: string): Finding => ({ ok: false, detail, remedy });

const LEAST_FREE_BYTES = 500 * 1024 * 1024;
const START = 'Start Meriden with `npm start`; it brings up what is missing.';

/** Looks at everything this installation stands on; a line each, `{"check","ok","detail","remedy"}`. Changes nothing. */
export async function doctor(terminal: Terminal): Promise<Exit> {
  const findings: Finding[] = [];
  const look = async (check: string, work: () => Finding | Promise<Finding>, remedy: string): Promise<void> => {
    const finding = await Promise.resolve()
      .then(work)
      .catch((error: unknown) => wrong(words(error), remedy));
    findings.push(finding);
    terminal.answer({ check, ...finding });
    terminal.tell(`${finding.ok ? 'right' : 'WRONG'}  ${check}: ${finding.detail}${finding.ok ? '' : ` ${finding.remedy}`}`);
  };
  await look('node', nodeVersion, '');
  let config: Config | null = null;
  await look('environment', () => {
    config = loadConfig();
    return fine('complete');
  }, START);
  if (config !== null) await installation(config, look);
  const bad = findings.filter((finding) => !finding.ok).length;
  terminal.tell(bad === 0 ? 'Nothing is wrong.' : `${bad} of ${findings.length} checks found something.`);
  return bad === 0 ? EXIT.done : EXIT.no;
}

async function installation(config: Config, look: (check: string, work: () => Finding | Promise<Finding>, remedy: string) => Promise<void>): Promise<void> {
  await look('data folder', () => dataFolder(config.dataDir), `Make ${config.dataDir} writable for this user, or set MERIDEN_DATA_DIR.`);
  await look('migrations', async () => {
    const pending = await pendingMigrations(config.databaseUrl);
    return pending.length === 0 ? fine('the database is up to date') : wrong(`pending: ${pending.join(', ')}.`, 'Run `npm run meriden -- migrate`.');
  }, START);
  await look('schema', async () => {
    const difference = await schemaDifference(config.databaseUrl);
    return difference.length === 0 ? fine('tables are as this build expects them') : wrong(`${difference.length} differences, first: ${difference[0]}.`, 'Somebody changed the tables by hand, or another build ran its migrations: run the build that did, or restore.');
  }, START);
  for (const [role, url] of [['app', config.databaseAppUrl], ['worker', config.databaseWorkerUrl]] as const) {
    await look(`database role ${role}`, () => roleIsFenced(role, url), 'Run `npm run meriden -- migrate`: it makes the roles. With your own server, check DATABASE_APP_URL and DATABASE_WORKER_URL.');
  }
  await look('redis', async () => {
    const facts = await probeRedis(config.redisUrl);
    if (facts.mayEvict) return wrong(`version ${facts.version} may evict keys.`, 'Set `maxmemory-policy noeviction`: a queue must not lose jobs.');
    if (!facts.appendOnly) return wrong(`version ${facts.version} keeps no append-only file.`, 'Set `appendonly yes`, so that a restart loses no more than a second.');
    return fine(`version ${facts.version}, never evicts, append-only`);
  }, START);
  await look('api', async () => {
    const answer = await fetch(`http://localhost:${config.port}/health/ready`, { signal: AbortSignal.timeout(3_000) });
    return answer.ok ? fine(`ready on port ${config.port}`) : wrong(`answers ${answer.status} on port ${config.port}.`, `See ${config.dataDir}/logs/api.log.`);
  }, START);
  await look('demonstration region', () => {
    const file = readDemonstration(config.dataDir);
    if (file === null) return fine('none here');
    const ready = file.readyRound === undefined ? 'no round prepared (`npm run meriden -- prepare`)' : `${file.readyRound.name} ready to run`;
    return file.complete ? fine(`${file.size.learners} learners, ${file.size.vacancies} vacancies, seed ${file.size.seed}; ${ready}`) : wrong('its seeding was cut off.', 'Run `npm run meriden -- seed`: it goes on where it stopped.');
  }, '');
}

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const good = major > 21 || (major === 20 && minor >= 19);
  return good ? fine(process.versions.node) : wrong(`${process.versions.node} is too old.`, 'Install Node 20.19 or newer, 22 or 24.');
}

function dataFolder(folder: string): Finding {
  accessSync(folder, constants.R_OK | constants.W_OK);
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const megabytes = `${Math.floor(free / 1024 / 1024)} MB free`;
  return free >= LEAST_FREE_BYTES ? fine(megabytes) : wrong(`only ${megabytes}.`, 'Free some space: a full disk stops the database.');
}

/** The role can sign in, is no superuser, and cannot step over row-level security. */
async function roleIsFenced(role: 'app' | 'worker', url: string): Promise<Finding> {
  const source = createDataSource({ url, role, poolSize: 1 });
  await source.initialize();
  try {
    const [row] = await source.query<{ free: boolean }[]>('select rolsuper or rolbypassrls as free from pg_roles where rolname = current_user');
    if (row?.free !== false) return wrong('this role steps over row-level security.', `Give DATABASE_${role.toUpperCase()}_URL a role that is no superuser and has NOBYPASSRLS.`);
    return fine('signs in, bound by row-level security');
  } finally {
    await source.destroy();
  }
}

function words(error: unknown): string {
  if (error instanceof ConfigError) return error.problems.map((problem) => `${problem.variable} ${problem.rule} ${problem.remedy}`).join(' ');
  if (error instanceof AggregateError) return error.errors.map((inner) => words(inner)).join('; ');
  if (error instanceof Error && error.cause instanceof Error) return words(error.cause);
  return error instanceof Error ? `${error.message || error.name}.` : String(error);
}
