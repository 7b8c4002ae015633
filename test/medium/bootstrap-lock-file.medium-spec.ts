import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const lockModule = pathToFileURL(join(process.cwd(), 'bootstrap/lock-file.mjs')).href;
const runNode = (code: string) => promisify(execFile)(process.execPath, ['--input-type=module', '-e', code]);

describe('a lock file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'meriden-lock-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('lets one process in at a time, however many contend', async () => {
    const tally = join(folder, 'tally');
    writeFileSync(tally, '0');
    // Read, wait, write: any two inside at once would lose a count.
    const code = `
      import { readFileSync, writeFileSync } from 'node:fs';
      import { alone } from ${JSON.stringify(lockModule)};
      for (let i = 0; i < 5; i++) await alone(${JSON.stringify(join(folder, 'lock'))}, async () => {
        const seen = Number(readFileSync(${JSON.stringify(tally)}, 'utf8'));
        await new Promise((done) => setTimeout(done, 5));
        writeFileSync(${JSON.stringify(tally)}, String(seen + 1));
      });`;
    await Promise.all(Array.from({ length: 6 }, () => runNode(code)));
    expect(readFileSync(tally, 'utf8')).toBe('30');
  });

  it('names its holder, and is free again when the holder was killed', async () => {
    const file = join(folder, 'lock');
    const holder = `
      import { tryLock } from ${JSON.stringify(lockModule)};
      const lock = tryLock(${JSON.stringify(file)}, { doing: 'hold' });
      process.stdout.write(JSON.stringify(lock.holder ?? null));
      if (process.argv[1] === 'die') process.kill(process.pid, 'SIGKILL');`;
    await expect(promisify(execFile)(process.execPath, ['--input-type=module', '-e', holder, 'die'])).rejects.toMatchObject({ signal: 'SIGKILL' });
    const { stdout } = await runNode(holder);
    expect(JSON.parse(stdout)).toBeNull();
  });

  it('is not fooled by a pid that belongs to another process by now', async () => {
    const file = join(folder, 'lock');
    writeFileSync(file, JSON.stringify({ pid: process.pid, token: 'another life' }));
    const { stdout } = await runNode(`
      import { tryLock } from ${JSON.stringify(lockModule)};
      process.stdout.write(String('release' in tryLock(${JSON.stringify(file)})));`);
    expect(stdout).toBe('true');
  });
});
