import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { untilApiReady } from '#bootstrap/apps.mjs';
import { freePort } from '#bootstrap/ports.mjs';

/** Runs an entry point of bootstrap/ to its end. */
function run(script: string, args: string[], environment: Record<string, string> = {}): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const { DATABASE_URL: _database, REDIS_URL: _redis, ...rest } = process.env;
    const child = spawn(process.execPath, [`bootstrap/${script}.mjs`, ...args], { env: { ...rest, NODE_OPTIONS: '', ...environment } });
    const said = { stdout: '', stderr: '' };
    child.stdout.on('data', (text) => (said.stdout += String(text)));
    child.stderr.on('data', (text) => (said.stderr += String(text)));
    child.on('close', (code) => resolve({ code, ...said }));
  });
}

describe('npm start', () => {
  let dataDir: string;
  beforeEach(() => {
    mkdirSync('.data', { recursive: true });
    dataDir = join(process.cwd(), mkdtempSync('.data/test-bootstrap-'));
    writeFileSync(join(dataDir, 'owner.json'), JSON.stringify({ pid: process.pid }));
    // Away from the ports of a real start and of other suites, which would come between two starts of ours.
    const away = 28_000 + 10 * Math.floor(Math.random() * 400);
    writeFileSync(join(dataDir, 'ports.json'), JSON.stringify({ postgres: away, redis: away + 5_000 }));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  it('explains itself', async () => {
    const help = await run('start', ['--help']);
    expect(help.code).toBe(0);
    for (const flag of ['--once', '--fresh', '--learners', '--vacancies', '--seed', 'PORT', 'DATABASE_URL', 'REDIS_URL']) expect(help.stdout).toContain(flag);
  });

  it.each([
    [['--onec'], /Unknown option --onec/],
    [['--learners'], /--learners wants a whole number/],
    [['--learners', '-5'], /--learners wants a whole number, not "-5"/],
    [['--vacancies=0'], /--vacancies wants a whole number, not "0"/],
    [['--seed', '1.5'], /--seed wants a whole number, not "1.5"/],
  ])('refuses %j as wrong usage', async (args, sentence) => {
    const { code, stderr, stdout } = await run('start', args, { MERIDEN_DATA_DIR: dataDir });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(sentence);
  });

  it('says that its port is taken and which one is not', async () => {
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
    const { port } = squatter.address() as AddressInfo;
    const { code, stderr } = await run('start', [], { MERIDEN_DATA_DIR: dataDir, PORT: String(port) });
    squatter.close();
    expect(code).toBe(3);
    expect(stderr).toMatch(new RegExp(`Port ${port} is taken by another program.*PORT=\\d+ npm start`));
  });

  it('takes no other installation on its port for its own', async () => {
    const other = createHttpServer((request, reply) => void reply.end(request.url === '/health/live' ? JSON.stringify({ live: true, pid: 1 }) : '{"ready":true}'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const ready = (api: Readonly<{ pid: number; crashes: number }>) => untilApiReady({ host: undefined, port, api: { log: '/dev/null', ...api }, patienceMs: 500 });
    try {
      await expect(ready({ pid: 1, crashes: 0 })).resolves.toBeUndefined();
      await expect(ready({ pid: 2, crashes: 0 })).rejects.toThrow(`another program answers on port ${port}`);
      await expect(ready({ pid: 2, crashes: 1 })).rejects.toThrow(`Port ${port} was taken by another program while this start was under way`);
    } finally {
      other.close();
    }
  });

  it('refuses a port that is none', async () => {
    expect(await run('start', [], { MERIDEN_DATA_DIR: dataDir, PORT: '70000' })).toMatchObject({ code: 2, stderr: expect.stringContaining('PORT is "70000"') as string });
  });

  it('says that the database it was given does not answer', async () => {
    const { code, stderr } = await run('start', ['--once'], { MERIDEN_DATA_DIR: dataDir, DATABASE_URL: 'postgresql://a:b@127.0.0.1:1/c' });
    expect(code).toBe(3);
    expect(stderr).toContain('The PostgreSQL of DATABASE_URL does not answer');
    expect(stderr).not.toContain('a:b@');
  });

  it('empties no database of somebody else', async () => {
    const { code, stderr } = await run('start', ['--fresh'], { MERIDEN_DATA_DIR: dataDir, DATABASE_URL: 'postgresql://a:b@127.0.0.1:1/c' });
    expect(code).toBe(2);
    expect(stderr).toContain('yours to empty');
  });

  it('runs the main job once, in order up and down, and a second start says who is at it', async () => {
    const environment = { MERIDEN_DATA_DIR: dataDir };
    const first = run('start', ['--once', '--learners', '40', '--vacancies', '10', '--seed', '5'], environment);
    await new Promise((done) => setTimeout(done, 1_500));
    const second = await run('start', [], environment);
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(/already runs here as process \d+ .*start --once/);

    const { code, stdout } = await first;
    expect(code).toBe(0);
    const lines = stdout.trim().split('\n');
    expect(lines).toHaveLength(1);
    const summary = JSON.parse(lines[0] ?? '') as Record<string, number | boolean>;
    expect(summary).toMatchObject({ learners: 40, vacancies: 10, pairsScored: 400, certificateValid: true });
    expect(Number(summary.matched) + Number(summary.unmatched)).toBe(40);

    const other = await run('start', ['--once', '--learners', '41'], environment);
    expect(other.code).toBe(2);
    expect(other.stderr).toMatch(/has 40 learners, 10 vacancies, seed 5; asked for was 41 learners\. Add --fresh/);

    // And to the line that says where to go, which is as far as a person waits.
    const port = await freePort();
    const staying = spawn(process.execPath, ['bootstrap/start.mjs'], { env: { ...process.env, DATABASE_URL: undefined, REDIS_URL: undefined, NODE_OPTIONS: '', ...environment, PORT: String(port) } });
    let told = '';
    const ended = new Promise<number | null>((resolve) => staying.on('close', resolve));
    staying.stderr.on('data', (text) => (told += String(text)));
    const stands = new Promise<void>((resolve) => staying.stdout.on('data', (text) => (told += String(text)).includes('Stop with Ctrl-C.') && resolve()));
    await Promise.race([stands, ended]);
    expect(told).toContain(`Meriden is running: http://localhost:${port}`);
    expect(await (await fetch(`http://127.0.0.1:${port}/health/ready`)).json()).toMatchObject({ ready: true });
    staying.kill('SIGTERM');
    expect(await ended).toBe(0);
  }, 300_000);
});

describe('npm test', () => {
  it('refuses what it does not know', async () => {
    expect((await run('test', ['--olny', 'unit'])).code).toBe(2);
    expect((await run('test', ['--only', 'nothing'])).code).toBe(2);
  });

  it('fails when no test ran', async () => {
    const { code, stdout } = await run('test', ['--only', 'unit', 'there-is-no-such-file']);
    expect({ code, last: stdout.trim().split('\n').at(-1) }).toEqual({ code: 1, last: '0 passed, 0 failed, 0 skipped' });
  });
});

describe('npm run meriden', () => {
  it('passes standard output and exit code through and adds nothing', async () => {
    const help = await run('meriden', ['--help']);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toMatch(/^Usage: meriden/);
    expect((await run('meriden', ['no-such-command'])).code).toBe(2);
  });
});

describe('npm run bench', () => {
  it('names the benchmarks there are', async () => {
    const { code, stderr } = await run('bench', ['no-such-benchmark']);
    expect(code).toBe(2);
    expect(stderr).toContain('matching');
  });
});
