// One instance a data directory: who runs it, where it can be reached, and what to hand to programs that work on it.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { holderOf, tryLock } from './lock-file.mjs';
import { EXIT, Problem } from './problem.mjs';
import { readJson, writeJson } from './secrets.mjs';
import { endLeftover as endPostgres } from './postgres.mjs';
import { endLeftover as endRedis } from './redis.mjs';

const lockFile = (dataDir) => join(dataDir, 'start.lock');
const instanceFile = (dataDir) => join(dataDir, 'instance.json');

/** Takes the data directory for this process, or says who has it. @returns {{release: () => void}} */
export function takeInstance(dataDir, doing) {
  const { release, holder } = tryLock(lockFile(dataDir), { doing });
  if (release) return { release };
  const { address } = readJson(instanceFile(dataDir));
  const where = holder.doing === 'start' && address ? ` at ${address}` : '';
  throw new Problem(`Meriden already runs here as process ${holder.pid}${where} (${holder.doing}, since ${holder.since}). Stop that one first (Ctrl-C there, or \`kill ${holder.pid}\`).`, EXIT.no);
}

/** Tells other programs where the instance is: {pid, address, port, databaseUrl, redisUrl, embedded}. Holds passwords: mode 600. */
export const announceInstance = (dataDir, about) => writeJson(instanceFile(dataDir), { pid: process.pid, ...about });

/** The instance as last announced, with `running` true while its process lives. */
export function knownInstance(dataDir) {
  const about = readJson(instanceFile(dataDir));
  return { ...about, running: about.pid !== undefined && holderOf(lockFile(dataDir))?.pid === about.pid };
}

/** Empties the embedded data. What fetched tools and set-aside folders hold stays. */
export async function emptyData(dataDir, say) {
  if (!existsSync(dataDir)) return;
  await endPostgres(join(dataDir, 'postgres'), say);
  await endRedis(join(dataDir, 'redis'), say);
  const spare = new Set(['start.lock', 'tools', 'secrets.json', 'ports.json', 'reports']);
  for (const name of readdirSync(dataDir)) {
    if (spare.has(name) || name.startsWith('start.lock') || name.startsWith('test-') || /\.(incomplete|unreadable)-/.test(name)) continue;
    rmSync(join(dataDir, name), { recursive: true, force: true });
  }
}
