import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '@meriden/platform';

/** One file for each place that has rules of its own, with something in it that each must refuse. */
const PLANTED: Readonly<Record<string, string>> = {
  'tsconfig.json': JSON.stringify({ compilerOptions: { strict: true, target: 'es2023', module: 'nodenext', types: [] }, include: ['apps/api', 'libs', 'test'] }),
  'libs/domain/src/clock.ts': 'export const now = (): number => Date.now() + new Date().getTime() + Math.random();\nexport async function later(): Promise<void> {\n  await Promise.resolve();\n}\n',
  'libs/services/src/secret.ts': `export const secret = process.env['SECRET'];\n`,
  'apps/api/src/floating.ts': 'const send = async (): Promise<void> => undefined;\nexport function all(): void {\n  send();\n  if (send()) return;\n}\n',
  'apps/web/src/page.tsx': 'export default 1;\nexport const any = (x: any): number => x;\nexport const gone = async (): Promise<void> => void Promise.reject(new Error());\ngone();\n',
  'test/medium/loud.ts': `console.log('loud');\n`,
  'bootstrap/gone.mjs': 'console.log(nobodyKnows, __dirname);\n',
};

it('what the linter is there for is found, typed rules and our own among it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'meriden-lint-'));
  try {
    for (const path of ['.oxlintrc.json', 'bootstrap/lint-rules.mjs']) cpSync(join(projectRoot(), path), join(folder, path));
    for (const [path, text] of Object.entries(PLANTED)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const lint = promisify(execFile)(process.execPath, [join(projectRoot(), 'node_modules/oxlint/bin/oxlint'), '-f', 'unix'], {
      cwd: folder, env: { ...process.env, OXLINT_TSGOLINT_PATH: join(projectRoot(), 'node_modules/.bin/tsgolint') },
    });
    const fault = await lint.then(() => null, (ended: { code: number; stdout: string }) => ended);
    const found = (fault?.stdout ?? '').split('\n').flatMap((line) => /^(\S+?):(\d+):.*\[Error\/(\S+)\]$/.exec(line)?.slice(1, 4).join(' ') ?? []);
    expect(fault?.code).toBe(1);
    expect([...new Set(found)].sort()).toEqual([
      'apps/api/src/floating.ts 3 typescript(no-floating-promises)',
      'apps/api/src/floating.ts 4 typescript(no-misused-promises)',
      'apps/web/src/page.tsx 1 meriden(named-exports)',
      'apps/web/src/page.tsx 2 typescript(no-explicit-any)',
      'apps/web/src/page.tsx 4 typescript(no-floating-promises)',
      'bootstrap/gone.mjs 1 eslint(no-undef)',
      'libs/domain/src/clock.ts 1 meriden(pure)',
      'libs/domain/src/clock.ts 2 meriden(pure)',
      'libs/domain/src/clock.ts 3 meriden(pure)',
      'libs/services/src/secret.ts 1 eslint(no-restricted-properties)',
      'test/medium/loud.ts 1 eslint(no-console)',
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
