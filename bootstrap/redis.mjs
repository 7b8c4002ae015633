// Redis: a given one (REDIS_URL) is looked over, otherwise a private instance on 127.0.0.1 with a password, an append-only
// file in <dataDir>/redis and no eviction. Redis only rings the bell (PostgreSQL knows what is due), so an append-only file
// that is beyond repair is set aside, and we say so.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine, endProcess, isAlive, pause, startToken } from './processes.mjs';
import { giveTo, identityFor } from './programs.mjs';
import { freePort } from './ports.mjs';
import { portsIn, rememberPorts, secretsIn } from './secrets.mjs';
import { askRedis, redisInfo } from './resp.mjs';
import { redisProgram } from './redis-program.mjs';
import { Problem, diskFull, looksLikeFullDisk } from './problem.mjs';

const FIRST_PORT = 26379;
const READY_MS = 60_000;
const STOP = [['SIGTERM', 10_000], ['SIGKILL', 5_000]];
const OLDEST = [6, 2];

/** Looks over a Redis somebody gave us. @returns {Promise<string>} its version @throws {Problem} when it must not be used */
export async function checkGivenRedis(url) {
  const shown = url.replace(/\/\/[^@/]*@/, '//***@');
  let info;
  try {
    info = await redisInfo(url);
  } catch (error) {
    throw new Problem(`The Redis at ${shown} (REDIS_URL) does not answer: ${error.message}.`);
  }
  const danger = dangerOf(info);
  if (danger) throw new Problem(`The Redis at ${shown} (REDIS_URL) ${danger} Or leave REDIS_URL out to have a private one.`);
  return info.valkey_version ?? info.redis_version;
}

/** Why queued work would not be safe there, or null. The queue asks the same at every connection (libs/queue/src/redis-safety.ts). */
function dangerOf(info) {
  const [major, minor] = (info.redis_version ?? '0.0').split('.').map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) return `is version ${info.redis_version}; ${OLDEST.join('.')} or newer is needed.`;
  if (info.maxmemory_policy !== 'noeviction') return `may evict keys (maxmemory-policy ${info.maxmemory_policy}), so queued work could vanish. Set \`maxmemory-policy noeviction\` there.`;
  if (info.aof_enabled !== '1') return 'keeps no append-only file, so a restart would lose queued work. Set `appendonly yes` there.';
  if (info.role === 'slave') return 'is a replica and takes no work. Give the address of its primary.';
  return null;
}

function configuration({ folder, port, password }) {
  return [
    'bind 127.0.0.1', `port ${port}`, 'protected-mode yes', `requirepass ${password}`, 'daemonize no', `dir "${folder}"`,
    'appendonly yes', 'appendfsync everysec', 'save ""', 'maxmemory-policy noeviction', 'loglevel notice', '',
  ].join('\n');
}

/** Ends a server that a killed start left on this very folder. */
export async function endLeftover(folder, say) {
  const file = join(folder, 'server.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8'));
  if (isAlive(pid) && /redis|valkey/.test(commandLine(pid)) && !(await ended(pid, folder, say))) {
    throw new Problem(`A Redis already runs on ${folder} as process ${pid} and does not end. End it (kill -9 ${pid}), then start again.`);
  }
  rmSync(file, { force: true });
}

async function ended(pid, folder, say) {
  say(`  redis       ending the server a killed start left behind (process ${pid})`);
  try {
    return await endProcess(pid, startToken(pid), STOP);
  } catch (error) {
    throw new Problem(`A Redis already runs on ${folder} as process ${pid} and may not be ended by this user (${error.code}). End it, then start again.`);
  }
}

/**
 * Brings the private instance up and waits until it answers.
 * @param {{dataDir: string, toolsDir: string, keeper: object, testMode?: boolean, say?: Function, note?: Function}} wishes
 */
export async function startRedis({ dataDir, toolsDir, keeper, testMode = false, say = () => {}, note = () => {} }) {
  const program = await redisProgram(toolsDir, note);
  const identity = await identityFor(program.command, dataDir);
  const folder = join(dataDir, 'redis');
  const configFile = join(dataDir, 'redis.conf');
  const pidFile = join(folder, 'server.pid');
  const log = join(dataDir, 'logs', 'redis.log');
  const { redisPassword: password } = secretsIn(dataDir);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  giveTo(folder, identity.owner);
  await endLeftover(folder, say);

  const state = { pid: 0, port: 0, restarting: false, version: '' };
  const exited = () => keeper.exitOf(state.pid);
  const url = () => `redis://:${password}@127.0.0.1:${state.port}`;

  /** Null when it answers, else the end of its log. */
  const bringUp = async () => {
    rmSync(configFile, { force: true });
    writeFileSync(configFile, configuration({ folder, port: state.port, password }), { mode: 0o600 });
    giveTo(configFile, identity.owner);
    const from = existsSync(log) ? readFileSync(log).length : 0;
    state.pid = await keeper.spawn({
      name: 'redis', command: program.command, args: [configFile], identity, log, stop: STOP,
      options: { cwd: '/', env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', ...program.env } },
    });
    writeFileSync(pidFile, String(state.pid));
    const until = Date.now() + READY_MS;
    while (Date.now() < until && !exited()) {
      try {
        const info = await redisInfo(url());
        if (info.loading === '0') {
          state.version = info.valkey_version ?? info.redis_version;
          return null;
        }
      } catch {
        // not yet
      }
      await pause(20);
    }
    await keeper.stop('redis');
    return readFileSync(log).subarray(from).toString('utf8') || 'no answer';
  };

  state.port = await freePort(testMode ? undefined : (portsIn(dataDir).redis ?? FIRST_PORT));
  for (let attempt = 0; ; attempt++) {
    const reason = await bringUp();
    if (reason === null) break;
    if (attempt < 20 && /Address already in use|Failed listening/.test(reason)) {
      state.port = await freePort(testMode ? undefined : state.port + 1);
      continue;
    }
    if (attempt < 20 && /Bad file format|Fatal error loading the DB|Unexpected end of file|AOF.*(corrupt|manifest)|append only file.*(missing|doesn't exist)|format error/i.test(reason)) {
      const aside = `${folder}.unreadable-${new Date().toISOString().replace(/[-:]|\..*/g, '')}`;
      renameSync(folder, aside);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      giveTo(folder, identity.owner);
      say(`  redis       its file could not be read and lies now in ${aside}; it starts empty, PostgreSQL knows what is due`);
      continue;
    }
    if (looksLikeFullDisk(reason)) throw diskFull(dataDir, 'starting Redis');
    throw new Problem(`Redis does not start (log: ${log}):\n${reason.trim().split('\n').slice(-6).map((l) => `    ${l}`).join('\n')}`);
  }
  if (!testMode) rememberPorts(dataDir, { redis: state.port });

  return {
    get pid() {
      return state.pid;
    },
    get isRestarting() {
      return state.restarting;
    },
    get port() {
      return state.port;
    },
    get version() {
      return state.version;
    },
    url: url(),
    log,
    origin: program.origin,
    /** As a crash: nothing more is written. */
    async kill() {
      await keeper.signal('redis', 'SIGKILL');
      while (isAlive(state.pid) && !exited()) await pause(10);
    },
    stop: () => keeper.stop('redis'),
    signal: (signal) => keeper.signal('redis', signal),
    /** Starts again on the same port and file (stopping it first, should it run), and waits until it answers. */
    async restart() {
      state.restarting = true;
      try {
        await keeper.stop('redis');
        const reason = await bringUp();
        if (reason !== null) throw new Problem(`Redis does not start again:\n${reason}`);
      } finally {
        state.restarting = false;
      }
    },
    /** Empties it: what a Redis that lost everything looks like. */
    async flush() {
      const [reply] = await askRedis(url(), [['FLUSHALL']]);
      if (reply !== 'OK') throw reply;
    },
  };
}
