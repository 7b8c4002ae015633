import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { startServers } from '#bootstrap/servers.mjs';
import { isAlive } from '#bootstrap/processes.mjs';

interface Owned {
  child: ChildProcess;
  databaseUrl: string;
  redisUrl: string;
  said: string[];
  how: string;
  ports: [number, number];
  pids: { postgres: number; redis: number; keeper: number };
}

/** Starts another process that owns servers in `dataDir`. */
async function owner(dataDir: string, mode = 'normal'): Promise<Owned> {
  const child = spawn(process.execPath, ['test/medium/bootstrap-owner.mjs', dataDir, mode], { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, ...(JSON.parse(line) as Omit<Owned, 'child'>) };
}

async function stop({ child }: Owned): Promise<void> {
  const gone = once(child, 'exit');
  child.stdin?.end();
  await gone;
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

async function until(what: string, holds: () => boolean, patienceMs = 30_000): Promise<void> {
  for (const end = Date.now() + patienceMs; Date.now() < end; ) {
    if (holds()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`${what}: not within ${patienceMs} ms`);
}

const listening = (port: number) =>
  new Promise<Server>((resolve) => {
    const server = createServer().listen(port, '127.0.0.1', () => resolve(server));
  });

describe('embedded servers', () => {
  let dataDir: string;
  const started: Owned[] = [];
  const own = async (mode?: string) => {
    const owned = await owner(dataDir, mode);
    started.push(owned);
    return owned;
  };

  beforeEach(() => {
    mkdirSync('.data', { recursive: true });
    dataDir = mkdtempSync('.data/test-bootstrap-');
    dataDir = join(process.cwd(), dataDir);
    writeFileSync(join(dataDir, 'owner.json'), JSON.stringify({ pid: process.pid }));
    // Away from the ports of a real start and of other suites, which would come between two starts of ours.
    const away = 28_000 + 10 * Math.floor(Math.random() * 400);
    writeFileSync(join(dataDir, 'ports.json'), JSON.stringify({ postgres: away, redis: away + 5_000 }));
  });
  afterEach(async () => {
    for (const { child, pids } of started.splice(0)) {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await until('the servers end', () => !Object.values(pids).some((pid) => isAlive(pid)));
    }
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('keep their data and ports from one start to the next', async () => {
    const first = await own();
    await query(first.databaseUrl, 'CREATE TABLE kept AS SELECT 7 AS n');
    await stop(first);
    const second = await own();
    expect(second).toMatchObject({ how: 'found', ports: first.ports, databaseUrl: first.databaseUrl, redisUrl: first.redisUrl, said: [] });
    expect(await query(second.databaseUrl, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  });

  it('listen on 127.0.0.1 alone and want a password', async () => {
    const { databaseUrl } = await own();
    expect(await query(databaseUrl, "SELECT current_setting('listen_addresses') a, current_setting('unix_socket_directories') s, current_setting('synchronous_commit') c")).toEqual([
      { a: '127.0.0.1', s: '', c: 'on' },
    ]);
    await expect(query(databaseUrl.replace(/:[^:@]*@/, ':wrong@'), 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    expect(readFileSync(join(dataDir, 'redis.conf'), 'utf8')).toMatch(/^bind 127\.0\.0\.1$[\s\S]*^requirepass \S{20,}$/m);
  });

  it('end when their owner is killed, and the next start finds all that was committed', async () => {
    const first = await own();
    await query(first.databaseUrl, 'CREATE TABLE kept AS SELECT generate_series(1, 100) AS n');
    first.child.kill('SIGKILL');
    await until('the servers end', () => !Object.values(first.pids).some((pid) => isAlive(pid)));
    const second = await own();
    expect(await query(second.databaseUrl, 'SELECT count(*)::int AS n FROM kept')).toEqual([{ n: 100 }]);
  });

  it('end when their owner and its keeper are killed at once, or are ended by the next start', async () => {
    const first = await own();
    process.kill(first.pids.keeper, 'SIGKILL');
    first.child.kill('SIGKILL');
    const second = await own();
    expect(isAlive(first.pids.postgres)).toBe(false);
    expect(isAlive(first.pids.redis)).toBe(false);
    expect(second.how).toBe('found');
  });

  it('are ended when they were left running by something else', async () => {
    const first = await own();
    await stop(first);
    const binaries = join(process.cwd(), 'bootstrap/postgres.mjs');
    const leftover = spawn(
      process.execPath,
      ['--input-type=module', '-e', `import { binaries } from ${JSON.stringify(binaries)}; import { identityFor } from ${JSON.stringify(join(process.cwd(), 'bootstrap/programs.mjs'))};
        import { spawn } from 'node:child_process';
        const { postgres } = binaries();
        const as = await identityFor(postgres, ${JSON.stringify(dataDir)});
        const [command, args, options] = as.wrap(postgres, ['-D', ${JSON.stringify(join(dataDir, 'postgres'))}, '-k', '', '-p', '${first.ports[0]}', '-h', '127.0.0.1']);
        spawn(command, args, { ...options, detached: true, stdio: 'ignore', cwd: '/' }).unref();`],
      { stdio: 'inherit' },
    );
    await once(leftover, 'exit');
    const pidFile = join(dataDir, 'postgres/postmaster.pid');
    await until('the leftover runs', () => existsSync(pidFile) && readFileSync(pidFile, 'utf8').includes('ready'));
    const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
    const second = await own();
    expect(second.said.join()).toContain(`process ${pid}`);
    expect(isAlive(pid)).toBe(false);
  });

  it('start over a stale lock that names a live process of somebody else', async () => {
    await stop(await own());
    writeFileSync(join(dataDir, 'postgres/postmaster.pid'), `${process.pid}\n${join(dataDir, 'postgres')}\n1\n1\n\n127.0.0.1\n`);
    writeFileSync(join(dataDir, 'redis/server.pid'), String(process.pid));
    expect((await own()).how).toBe('found');
    expect(isAlive(process.pid)).toBe(true);
  });

  it('set a half-written data directory aside and make a new one', async () => {
    mkdirSync(join(dataDir, 'postgres/base'), { recursive: true });
    writeFileSync(join(dataDir, 'postgres/PG_VERSION'), '18\n');
    mkdirSync(join(dataDir, 'postgres.new-1'));
    const { how, said, databaseUrl } = await own();
    expect(how).toBe('created');
    expect(said.join()).toContain('incomplete');
    expect(await query(databaseUrl, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
    expect(readdirSync(dataDir).filter((name) => name.startsWith('postgres')).sort()).toEqual(['postgres', expect.stringMatching(/^postgres\.incomplete-/)]);
  });

  it('move to the next ports when theirs are taken', async () => {
    const first = await own();
    await stop(first);
    const squatters = await Promise.all(first.ports.map(listening));
    const second = await own();
    squatters.forEach((server) => server.close());
    expect(second.ports[0]).toBeGreaterThan(first.ports[0]);
    expect(second.ports[1]).toBeGreaterThan(first.ports[1]);
    expect(await query(second.databaseUrl, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });

  it('get a new password when secrets.json is lost', async () => {
    const first = await own();
    await query(first.databaseUrl, 'CREATE TABLE kept AS SELECT 7 AS n');
    await stop(first);
    rmSync(join(dataDir, 'secrets.json'));
    const second = await own();
    expect(second.databaseUrl).not.toBe(first.databaseUrl);
    expect(await query(second.databaseUrl, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  });

  it('of a test leave nothing behind, killed or not', async () => {
    const { child, pids } = await own('test');
    child.kill('SIGKILL');
    await until('the servers end', () => !Object.values(pids).some((pid) => isAlive(pid)));
    expect(existsSync(dataDir)).toBe(false);
  });

  it('crash and come back with everything committed before the crash', async () => {
    const servers = await startServers({ dataDir, testMode: true });
    try {
      const { postgres, redis } = servers;
      await query(servers.databaseUrl, 'CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n');
      const before = [postgres!.pid, redis!.pid];
      await postgres!.kill();
      await redis!.kill();
      expect(before.map((pid) => isAlive(pid))).toEqual([false, false]);
      await Promise.all([postgres!.restart(), redis!.restart()]);
      expect(await query(servers.databaseUrl, 'SELECT count(*)::int AS n FROM kept')).toEqual([{ n: 1000 }]);
    } finally {
      await servers.stop();
    }
  });
});
