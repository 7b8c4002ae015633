import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { projectRoot } from '@meriden/platform';
import { type EmbeddedRedis, type Servers, startServers } from '#bootstrap/servers.mjs';

export type PrivateRedis = Readonly<{ redis: EmbeddedRedis; url: string; end(): Promise<void> }>;

/** A Redis of this suite's own, that may be killed, frozen and emptied; its folder is deleted with it. */
export async function startPrivateRedis(): Promise<PrivateRedis> {
  const dataDir = join(projectRoot(), '.data', `test-redis-${process.pid}-${randomBytes(3).toString('hex')}`);
  mkdirSync(dataDir, { recursive: true });
  // A database is said to be given so that none is started; nobody connects to it.
  const servers: Servers = await startServers({ dataDir, testMode: true, given: { databaseUrl: 'postgresql://none' } });
  const redis = servers.redis;
  if (redis === undefined) throw new Error('no Redis was started');
  return { redis, url: redis.url, end: () => servers.stop() };
}
