import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { checkGivenRedis } from '#bootstrap/redis.mjs';
import { askRedis } from '#bootstrap/resp.mjs';
import { startServers, type EmbeddedRedis, type Servers } from '#bootstrap/servers.mjs';

describe('Redis', () => {
  let dataDir: string;
  let servers: Servers | undefined;
  const said: string[] = [];
  const start = async () => {
    servers = await startServers({ dataDir, given: { databaseUrl: 'postgresql://not.asked' }, say: (text) => said.push(text) });
    return servers.redis as EmbeddedRedis;
  };

  beforeEach(() => {
    mkdirSync('.data', { recursive: true });
    dataDir = join(process.cwd(), mkdtempSync('.data/test-bootstrap-'));
    writeFileSync(join(dataDir, 'owner.json'), JSON.stringify({ pid: process.pid }));
  });
  afterEach(async () => {
    await servers?.stop();
    servers = undefined;
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('that is given is used when it never evicts', async () => {
    const redis = await start();
    expect(await checkGivenRedis(redis.url)).toBe(redis.version);
  });

  it('that is given and may evict is refused, with the remedy, without its password', async () => {
    const redis = await start();
    for (const policy of ['allkeys-lru', 'volatile-lru', 'allkeys-random', 'volatile-ttl']) {
      await askRedis(redis.url, [['CONFIG', 'SET', 'maxmemory-policy', policy]]);
      const refusal = checkGivenRedis(redis.url);
      await expect(refusal).rejects.toThrow(new RegExp(`may evict keys \\(maxmemory-policy ${policy}\\).*noeviction`));
      await expect(refusal).rejects.not.toThrow(new URL(redis.url).password);
    }
  });

  it('that is given and keeps no append-only file is refused', async () => {
    const redis = await start();
    await askRedis(redis.url, [['CONFIG', 'SET', 'appendonly', 'no']]);
    await expect(checkGivenRedis(redis.url)).rejects.toThrow(/keeps no append-only file.*appendonly yes/);
  });

  it('that is given and only follows another is refused', async () => {
    const redis = await start();
    await askRedis(redis.url, [['REPLICAOF', '127.0.0.1', '1']]);
    await expect(checkGivenRedis(redis.url)).rejects.toThrow(/is a replica/);
  });

  it('that does not answer, or refuses the password, is named as such', async () => {
    const redis = await start();
    await expect(checkGivenRedis('redis://127.0.0.1:1')).rejects.toThrow(/redis:\/\/127\.0\.0\.1:1 \(REDIS_URL\) does not answer/);
    await expect(checkGivenRedis(redis.url.replace(/:[^:@]*@/, ':wrong@'))).rejects.toThrow(/does not answer: WRONGPASS/);
  });

  it('that is too old is refused', async () => {
    const info = 'redis_version:4.0.14\r\nmaxmemory_policy:noeviction\r\nloading:0\r\n';
    const old = createServer((socket) => socket.on('data', () => socket.write(`$${info.length}\r\n${info}\r\n`)));
    await new Promise<void>((resolve) => old.listen(0, '127.0.0.1', resolve));
    const { port } = old.address() as AddressInfo;
    await expect(checkGivenRedis(`redis://127.0.0.1:${port}`)).rejects.toThrow(/version 4\.0\.14; 6\.2 or newer/);
    old.close();
  });

  it('of our own keeps what it was told through a crash, never evicts, and can be emptied', async () => {
    const redis = await start();
    await askRedis(redis.url, [['SET', 'kept', 'yes']]);
    await redis.kill();
    await redis.restart();
    expect(await askRedis(redis.url, [['GET', 'kept']])).toEqual(['yes']);
    expect(await checkGivenRedis(redis.url)).toBe(redis.version);
    await redis.flush();
    expect(await askRedis(redis.url, [['GET', 'kept']])).toEqual([null]);
  });

  it('of our own starts empty, and says so, when its file is beyond repair', async () => {
    const first = await start();
    await askRedis(first.url, [['SET', 'lost', 'yes']]);
    await servers?.stop();
    const folder = join(dataDir, 'redis/appendonlydir');
    for (const name of readdirSync(folder).filter((file) => file.includes('.incr.'))) writeFileSync(join(folder, name), 'not a record of anything\r\n'.repeat(9));
    const second = await start();
    expect(await askRedis(second.url, [['GET', 'lost'], ['PING']])).toEqual([null, 'PONG']);
    expect(said.join()).toContain('starts empty');
    expect(readdirSync(dataDir).some((name) => name.startsWith('redis.unreadable-'))).toBe(true);
  });
});
