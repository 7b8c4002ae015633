import { dangersOf } from './redis-safety.js';

const good = { redis_version: '7.0.15', maxmemory_policy: 'noeviction', aof_enabled: '1', role: 'master' };

function redis(changes: Record<string, string>, fsync: string | Error = 'everysec'): Parameters<typeof dangersOf>[0] {
  const lines = Object.entries({ ...good, ...changes }).map(([k, v]) => `${k}:${v}`);
  return {
    info: async () => `# Server\r\n${lines.join('\r\n')}\r\n`,
    config: async () => {
      if (fsync instanceof Error) throw fsync;
      return ['appendfsync', fsync];
    },
  } as never;
}

describe('a Redis that may be used', () => {
  it('never evicts, keeps an append-only file and writes it out', async () => {
    expect(await dangersOf(redis({}))).toEqual([]);
    expect(await dangersOf(redis({}, 'always'))).toEqual([]);
  });

  it('may be a hosted one that forbids CONFIG', async () => {
    expect(await dangersOf(redis({}, new Error("NOPERM this user has no permissions to run the 'config' command")))).toEqual([]);
    await expect(dangersOf(redis({}, new Error('Connection is closed.')))).rejects.toThrow('closed');
  });

  it.each([
    [{ maxmemory_policy: 'allkeys-lru' }, 'everysec', /evict/],
    [{ maxmemory_policy: 'volatile-ttl' }, 'everysec', /evict/],
    [{ aof_enabled: '0' }, 'everysec', /append-only/],
    [{}, 'no', /appendfsync/],
    [{ redis_version: '6.0.16' }, 'everysec', /6\.2/],
    [{ role: 'slave' }, 'everysec', /replica/],
  ])('%j with appendfsync %s is refused, with the reason', async (changes, fsync, reason) => {
    const dangers = await dangersOf(redis(changes as Record<string, string>, fsync));
    expect(dangers).toHaveLength(1);
    expect(dangers[0]).toMatch(reason);
  });
});
