// PostgreSQL and Redis together: given ones as they are, embedded ones kept by a keeper that ends them when we die.
// Used by start, by the tests, and by fault tests that kill and revive single servers.
import { join } from 'node:path';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { makePassable, root } from './place.mjs';
import { isAlive, startToken } from './processes.mjs';
import { startKeeper } from './keeper.mjs';
import { startPostgres } from './postgres.mjs';
import { checkGivenRedis, startRedis } from './redis.mjs';

const toolsDir = join(root, '.data', 'tools');

/**
 * @param {object} wishes
 * @param {string} wishes.dataDir where embedded data lives
 * @param {boolean} [wishes.testMode] own free ports, no fsync, the folder is deleted at the end
 * @param {{databaseUrl?: string, redisUrl?: string}} [wishes.given] servers that exist already
 * @param {(name: string, work: (note: (text: string) => void) => Promise<string | undefined>) => Promise<unknown>} [wishes.progress]
 * @param {(text: string) => void} [wishes.say]
 * @returns see servers.d.mts
 */
export async function startServers({ dataDir, testMode = false, given = {}, progress = (_name, work) => work(() => {}), say = () => {} }) {
  makePassable(join(root, '.data'));
  makePassable(dataDir);
  makePassable(toolsDir);
  if (testMode) writeFileSync(join(dataDir, 'owner.json'), JSON.stringify({ pid: process.pid, token: startToken(process.pid) }));
  const keeper = startKeeper();
  if (testMode) await keeper.removeAtEnd(dataDir);
  let postgres;
  let redis;
  try {
    await Promise.all([
      given.databaseUrl ||
        progress('postgres', async (note) => {
          note('starting');
          postgres = await startPostgres({ dataDir, keeper, testMode, say });
          return `port ${postgres.port}, ${postgres.how === 'created' ? 'new, empty' : 'data found'}`;
        }),
      progress('redis', async (note) => {
        if (given.redisUrl) return `given, version ${await checkGivenRedis(given.redisUrl)}`;
        note('starting');
        redis = await startRedis({ dataDir, toolsDir, keeper, testMode, say, note });
        return `port ${redis.port}, version ${redis.version}`;
      }),
    ]);
  } catch (error) {
    await keeper.end();
    throw error;
  }
  return {
    databaseUrl: given.databaseUrl ?? postgres.url,
    redisUrl: given.redisUrl ?? redis.url,
    postgres,
    redis,
    keeper,
    stop: () => keeper.end(),
  };
}

/** Starts servers for tests in a folder of their own, after clearing away those of dead test runs. */
export async function startTestServers(wishes = {}) {
  const home = makePassable(join(root, '.data'));
  for (const name of readdirSync(home)) if (name.startsWith('test-') && !hasOwner(join(home, name)) && isOld(join(home, name))) rmSync(join(home, name), { recursive: true, force: true });
  const dataDir = join(home, `test-${process.pid}-${Date.now().toString(36)}`);
  return { ...(await startServers({ ...wishes, dataDir, testMode: true })), dataDir };
}

/** Young folders may not have got their owner's name yet. */
const isOld = (folder) => Date.now() - (statSync(folder, { throwIfNoEntry: false })?.ctimeMs ?? 0) > 60_000;

function hasOwner(folder) {
  try {
    const { pid, token } = JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8'));
    return isAlive(pid, token);
  } catch {
    return false;
  }
}

