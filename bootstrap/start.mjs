// `npm start`: from a bare checkout to a running Meriden, and in order down again. With --once: the main job, one JSON line.
import { join } from 'node:path';
import { built, dataDirectory, makePassable, withoutDatabase } from './place.mjs';
import { commandLine, isAlive, parentOf, run, startToken } from './processes.mjs';
import { freePort, isFree } from './ports.mjs';
import { EXIT, Problem, diskFull, entry, looksLikeFullDisk } from './problem.mjs';
import { say, step } from './say.mjs';
import { readJson } from './secrets.mjs';
import { ensureInstalled } from './install.mjs';
import { ensureBuilt } from './build.mjs';

const HELP = `npm start [-- OPTIONS]
  Sets everything up, starts PostgreSQL, Redis, the API and the worker, and runs until Ctrl-C.

  --once          runs the main job instead (score, match, verify), prints one JSON line on standard output and ends
  --fresh         empties the embedded data first
  --learners N    size of the demonstration region (with a new or --fresh region)
  --vacancies N
  --seed S        seed of the demonstration region
  --help

  PORT            the port of the API (3000)
  DATABASE_URL    an existing PostgreSQL (its owner) instead of the embedded one
  REDIS_URL       an existing Redis instead of a private one
`;

const NUMBERS = { '--learners': 'learners', '--vacancies': 'vacancies', '--seed': 'seed' };

/** @param {string[]} argv */
function wishes(argv) {
  const wish = { once: false, fresh: false, help: false, size: {} };
  for (let i = 0; i < argv.length; i++) {
    const [flag, inline] = argv[i].split(/=(.*)/s);
    if (flag === '--once') wish.once = true;
    else if (flag === '--fresh') wish.fresh = true;
    else if (flag === '--help' || flag === '-h') wish.help = true;
    else if (NUMBERS[flag]) {
      const value = inline ?? argv[++i] ?? '';
      if (!/^\d{1,9}$/.test(value) || (flag !== '--seed' && value === '0')) throw new Problem(`${flag} wants a whole number, not "${value}".`, EXIT.usage);
      wish.size[NUMBERS[flag]] = Number(value);
    } else throw new Problem(`Unknown option ${argv[i]}.\n${HELP}`, EXIT.usage);
  }
  return wish;
}

async function choosePort(once) {
  const asked = process.env.PORT ?? '3000';
  const port = Number(asked);
  if (!/^\d+$/.test(asked) || port < 1 || port > 65_535) throw new Problem(`PORT is "${asked}"; it must be a number from 1 to 65535.`, EXIT.usage);
  // Both, so that no other program answers for "localhost".
  if ((await isFree(port, process.env.HOST || '127.0.0.1')) && (await isFree(port, '::1'))) return port;
  if (once) return freePort(port + 1);
  throw new Problem(`Port ${port} is taken by another program. Stop that one, or choose another port: PORT=${await freePort(port + 1)} npm start`);
}

const addressOf = (port) => `http://localhost:${port}`;

/** Runs a command of the operator's command line as a step; its last line of talk is the step's note. */
async function operate(name, args, environment, doing) {
  let output = '';
  await step(name, async (note) => {
    note(doing);
    const result = await run(process.execPath, ['--enable-source-maps', built.cli, ...args], {
      env: environment,
      endWithUs: true,
      onText: (text) => {
        const line = text.trim().split(/[\r\n]+/).at(-1);
        if (line) note(line);
      },
    });
    output = result.stdout;
    if (result.code === 0) return doing.replace(/ing\b/, 'ed');
    const text = `${result.stderr}\n${result.stdout}`.trim();
    if (looksLikeFullDisk(text)) throw diskFull(environment.MERIDEN_DATA_DIR, doing);
    throw new Problem(`${doing} failed:\n${text.split('\n').slice(-15).map((line) => `    ${line}`).join('\n')}`);
  });
  return output;
}

const SIZE_WORDS = ({ learners, vacancies, seed }) =>
  [learners && `${learners} learners`, vacancies && `${vacancies} vacancies`, seed !== undefined && `seed ${seed}`].filter(Boolean).join(', ');

/** What the seeding wrote down: {password, accounts, size, complete}. A file without its database tells nothing any more. */
function knownRegion(dataDir, servers) {
  return servers.postgres?.how === 'created' ? {} : readJson(join(dataDir, 'demonstration.json'));
}

/**
 * Seeds the demonstration region, or goes on with one that was cut off. A region of another size than asked for is never
 * replaced unasked, and somebody's own database gets one only on request. True when there is one.
 */
async function ensureRegion({ region, wish, environment, given }) {
  const { size } = wish;
  if (region.complete) {
    const differs = Object.entries(size).some(([key, value]) => String(region.size?.[key]) !== String(value));
    if (differs) throw new Problem(`The demonstration region here has ${SIZE_WORDS(region.size ?? {})}; asked for was ${SIZE_WORDS(size)}. Add --fresh to replace it.`, EXIT.usage);
    return true;
  }
  if (given.databaseUrl && !wish.once && Object.keys(size).length === 0) {
    say('  region      none: the database is your own (--learners N makes a demonstration region in it)');
    return false;
  }
  const flags = Object.entries({ ...region.size, ...size }).flatMap(([key, value]) => [`--${key}`, String(value)]);
  await operate('region', ['seed', ...flags], environment, 'seeding the demonstration region');
  return true;
}

/** Somebody's database must at least answer before anything is built on it. */
async function checkGivenDatabase(url) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query('SHOW server_version_num');
    if (Number(rows[0].server_version_num) < 160_000) throw new Problem(`The PostgreSQL of DATABASE_URL is too old (${rows[0].server_version_num}); 16 or newer is needed.`);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(`The PostgreSQL of DATABASE_URL does not answer: ${error.message}.`);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Resolves with the reason to stop: a signal, a hopeless app, or the end of the npm that started us. */
function reasonToStop() {
  let stop;
  const reason = new Promise((resolve) => (stop = resolve));
  let signals = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (++signals > 2) process.exit(130); // the keeper still ends the servers
      stop({ signal });
    });
  }
  const npm = process.env.npm_lifecycle_event && npmAbove();
  if (npm) {
    const watch = setInterval(() => {
      if (isAlive(npm.pid, npm.token)) return;
      clearInterval(watch);
      stop({ signal: 'the end of npm' });
    }, 1_000);
    watch.unref();
  }
  return { reason, stop };
}

function npmAbove() {
  for (let pid = process.ppid, i = 0; pid > 1 && i < 4; pid = parentOf(pid), i++) {
    if (/\bnpm\b/.test(commandLine(pid).split(' ').slice(0, 3).join(' '))) return { pid, token: startToken(pid) };
  }
  return null;
}

function showWhereToGo(address, dataDir) {
  const region = readJson(join(dataDir, 'demonstration.json'));
  const lines = ['', `Meriden is running: ${address}`, `  GraphQL    ${address}/graphql     GraphiQL ${address}/graphiql`];
  if (region.accounts?.length > 0) {
    const widest = Math.max(...region.accounts.map(({ email }) => email.length));
    lines.push('', '  Demonstration data: people and employers are fictional.', `  Sign in with the password ${region.password} as`);
    for (const { email, role, totpSecret } of region.accounts) lines.push(`    ${email.padEnd(widest)}  ${role}${totpSecret ? `, second factor ${totpSecret}` : ''}`);
  }
  lines.push('', `  Logs in ${join(dataDir, 'logs')}. Stop with Ctrl-C.`, '');
  process.stdout.write(`${lines.join('\n')}\n`);
}

/**
 * Lets everybody in the demonstration region rank, so that a round is ready to run; once, and going on with one that was cut off. A
 * failure is told and tried again with the next start: what runs is of use without it.
 */
async function prepareRound({ environment, dataDir, reason }) {
  if (readJson(join(dataDir, 'demonstration.json')).readyRound) return;
  say('  round       learners and employers rank');
  const over = new AbortController();
  const prepared = run(process.execPath, ['--enable-source-maps', built.cli, 'prepare'], { env: environment, stdio: ['pipe', 'pipe', 'inherit'], signal: over.signal });
  const outcome = await Promise.race([prepared, reason]);
  over.abort();
  if (outcome.code !== undefined && outcome.code !== 0) say('  round       is not prepared; the next start, or `npm run meriden -- prepare`, goes on with it');
}

/** The main job, driven from outside like any client; its one line of JSON is our standard output. */
async function once(environment) {
  const result = await run(process.execPath, ['--enable-source-maps', built.cli, 'once'], { env: environment, onText: undefined, stdio: ['pipe', 'inherit', 'inherit'] });
  return result.code < 0 ? EXIT.fault : result.code;
}

async function main() {
  const wish = wishes(process.argv.slice(2));
  if (wish.help) {
    process.stdout.write(HELP);
    return EXIT.done;
  }
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  const dataDir = makePassable(dataDirectory());
  const { reason, stop } = reasonToStop();
  let interrupted = null;
  void reason.then((why) => (interrupted = why));
  const unlessInterrupted = () => {
    if (interrupted) throw interrupted.problem ?? new Problem('stopped');
  };

  const { takeInstance, announceInstance, emptyData } = await import('./instance.mjs');
  const instance = takeInstance(dataDir, wish.once ? 'start --once' : 'start');
  let servers;
  let letServersRest;
  try {
    const given = { databaseUrl: process.env.DATABASE_URL || undefined, redisUrl: process.env.REDIS_URL || undefined };
    if (wish.fresh && given.databaseUrl) throw new Problem('--fresh empties the embedded data only; the database of DATABASE_URL is yours to empty.', EXIT.usage);
    let port = await choosePort(wish.once);

    say('Meriden: setting up');
    await ensureInstalled();
    unlessInterrupted();
    await ensureBuilt({ withConsole: true });
    if (wish.fresh) await step('data', async () => (await emptyData(dataDir, say), 'emptied'));
    unlessInterrupted();
    const { startServers } = await import('./servers.mjs');
    const { reviveServers, startApp, untilApiReady } = await import('./apps.mjs');
    if (given.databaseUrl) await checkGivenDatabase(given.databaseUrl);
    servers = await startServers({ dataDir, given, progress: step, say });
    servers.keeper.events.on('lost', () => stop({ problem: new Problem('The keeper of the servers was killed; the servers ended with it. Start again.') }));
    letServersRest = reviveServers(servers);
    const environment = { ...(given.databaseUrl ? process.env : withoutDatabase()), DATABASE_URL: servers.databaseUrl, REDIS_URL: servers.redisUrl, PORT: String(port), MERIDEN_DATA_DIR: dataDir };
    announceInstance(dataDir, { address: addressOf(port), port, databaseUrl: servers.databaseUrl, redisUrl: servers.redisUrl, embedded: { postgres: !given.databaseUrl, redis: !given.redisUrl } });
    unlessInterrupted();
    await operate('migrations', ['migrate'], environment, 'migrating the database');
    unlessInterrupted();
    const hasRegion = await ensureRegion({ region: knownRegion(dataDir, servers), wish, environment, given });
    environment.MERIDEN_DEMONSTRATION ??= String(hasRegion);
    unlessInterrupted();

    // Once more: setting up can take minutes, in which another start may have taken it.
    port = await choosePort(wish.once);
    environment.PORT = String(port);
    const apps = [];
    const keep = async (name) => apps.push(await startApp({ keeper: servers.keeper, name, script: built[name], environment, dataDir, onGivenUp: (problem) => stop({ problem }) }));
    await step('api, worker', async (note) => {
      note('starting');
      await keep('api');
      await keep('worker');
      await untilApiReady({ host: process.env.HOST, port, api: apps[0], isGivenUp: () => interrupted });
      return `port ${port}, ready`;
    });
    announceInstance(dataDir, {
      address: addressOf(port), port, databaseUrl: servers.databaseUrl, redisUrl: servers.redisUrl, embedded: { postgres: !given.databaseUrl, redis: !given.redisUrl },
      processes: { start: process.pid, api: apps[0].pid, worker: apps[1].pid, postgres: servers.postgres?.pid, redis: servers.redis?.pid },
    });
    unlessInterrupted();

    let code = EXIT.done;
    if (!wish.once && hasRegion) await prepareRound({ environment, dataDir, reason });
    if (wish.once) {
      say('  main job    scoring, matching, verifying');
      const outcome = await Promise.race([once(environment), reason]);
      if (typeof outcome === 'number') code = outcome;
    } else {
      if (!interrupted) showWhereToGo(addressOf(port), dataDir);
      await reason;
    }
    say(interrupted?.signal ? `\nstopping (${interrupted.signal})` : '\nstopping');
    for (const app of [...apps].reverse()) await app.stop();
    if (interrupted?.problem) throw interrupted.problem;
    if (wish.once && interrupted) return 130;
    return code;
  } catch (error) {
    if (interrupted?.problem) throw interrupted.problem;
    if (!interrupted) throw error;
    say(`\nstopped (${interrupted.signal})`); // whatever broke, broke because we were told to stop
    return 130;
  } finally {
    letServersRest?.();
    await servers?.stop();
    instance.release();
  }
}

await entry(main);
process.exit(process.exitCode);
