import type { Redis } from 'ioredis';

/**
 * Why jobs are not safe in this Redis, a sentence each; empty when they are. It must never evict (a vanished key is a vanished
 * job), keep an append-only file and write it out at least each second. Older than 6.2 lacks what the queue asks of it.
 * Hosted servers that forbid CONFIG are judged by INFO, which tells all but the rhythm of writing out.
 */
export async function dangersOf(redis: Pick<Redis, 'info' | 'config'>): Promise<readonly string[]> {
  const info = fields(await redis.info());
  const dangers: string[] = [];
  const policy = info.get('maxmemory_policy') ?? 'unknown';
  if (policy !== 'noeviction') dangers.push(`It may evict jobs (maxmemory-policy ${policy}): start it with --maxmemory-policy noeviction.`);
  if (info.get('aof_enabled') !== '1') dangers.push('It keeps no append-only file, so a restart loses jobs: start it with --appendonly yes.');
  else if ((await writeOut(redis)) === 'no') dangers.push('It never writes its append-only file out by itself: start it with --appendfsync everysec.');
  const version = info.get('redis_version') ?? '0';
  if (olderThan(version, 6, 2)) dangers.push(`It is version ${version}: 6.2 or newer is needed.`);
  if (info.get('role') === 'slave') dangers.push('It is a replica and takes no jobs: give the address of its primary.');
  return dangers;
}

function fields(info: string): Map<string, string> {
  const pairs = info.split(/\r?\n/).filter((line) => line.includes(':') && !line.startsWith('#'));
  return new Map(pairs.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]));
}

async function writeOut(redis: Pick<Redis, 'config'>): Promise<string> {
  try {
    const answer = (await redis.config('GET', 'appendfsync')) as string[];
    return answer[1] ?? 'unknown';
  } catch (error) {
    // A server that refuses the command is a hosted one; anything else is a fault of the connection.
    if (error instanceof Error && /NOPERM|unknown command|ERR/i.test(error.message)) return 'unknown';
    throw error;
  }
}

function olderThan(version: string, major: number, minor: number): boolean {
  const [a = 0, b = 0] = version.split('.').map(Number);
  return a < major || (a === major && b < minor);
}
