import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runInNewContext } from 'node:vm';
import { inAscii } from '#bootstrap/ascii.mjs';
import { projectRoot } from '@meriden/platform';

const run = promisify(execFile);
const joined = join(projectRoot(), 'dist/node_modules');
const node = (...args: string[]): Promise<{ stdout: string; stderr: string }> => run(process.execPath, args, { cwd: join(projectRoot(), 'dist') });

describe('a program in ASCII', () => {
  it.each([
    ['strings', `["é", 'it’s', "a\\\\é", "a\\é", "\\\\\\é", "𝛼"]`],
    ['templates', '[`é ${"ü"} \\é`, `\\\\é`]'],
    ['patterns', `["xéy".replace(/[à-ü]/g, "-"), /\\é/.test("é"), /^𝛼$/u.test("𝛼"), /^[𝛼-𝛽]$/u.test("𝛽"), /\\\\é/.test("\\\\é")]`],
    ['names', `(() => { const größe = { länge: 1 }; return [größe.länge, größe["länge"]]; })()`],
    ['comments', `[1 /* – */] // é`],
  ])('means the same: %s', (_what, program) => {
    const written = inAscii(program);
    expect(written).toMatch(/^[\x00-\x7f]*$/);
    expect(JSON.stringify(runInNewContext(written))).toBe(JSON.stringify(runInNewContext(program)));
  });
});

describe('what the programs import, joined', () => {
  it('is in ASCII, all of it', () => {
    const files = readdirSync(joined, { recursive: true, withFileTypes: true }).filter((item) => item.isFile() && item.name.endsWith('.js')).map((item) => join(item.parentPath, item.name));
    expect(files.length).toBeGreaterThan(40);
    expect(files.filter((file) => /[^\x00-\x7f]/.test(readFileSync(file, 'utf8')))).toEqual([]);
  });

  it('names our sources in a stack', async () => {
    const program = `import { parse } from '@meriden/reference'; try { parse(null) } catch (error) { console.log(error.stack) }`;
    const { stdout } = await node('--enable-source-maps', '--input-type=module', '-e', program);
    expect(stdout).toMatch(/libs\/reference\/src\/reference-data\.ts:\d+/);
  });

  it('hands on packages that stay where they are as the packages are', async () => {
    const program = `
      import 'reflect-metadata';
      import { createRequire } from 'node:module';
      import { hash, verify } from '@node-rs/argon2';
      const found = createRequire(process.cwd() + '/../package.json')('@node-rs/argon2');
      console.log(typeof Reflect.getMetadata, found.hash === hash, await verify(await hash('x'), 'x'));`;
    const { stdout } = await node('--input-type=module', '-e', program);
    expect(stdout).toBe('function true true\n');
  });
});
