// unit (beside the code, no I/O), medium, e2e and the rest of test/ (real PostgreSQL and Redis, given by bootstrap/test.mjs through the
// environment). Native ES modules: run with node --experimental-vm-modules.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const swc = {
  swcrc: false,
  sourceMaps: 'inline',
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    keepClassNames: true,
  },
  module: { type: 'es6' },
};

const common = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  cacheDirectory: `${import.meta.dirname}/node_modules/.cache/jest`,
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['<rootDir>/bootstrap/jest-transform.mjs', swc] },
};

const SOURCES = { '^(\\.{1,2}/.*)\\.js$': '$1' };

/**
 * Our libraries and the packages as the build joined them: what is tested is then what runs, and a test file has them in a second less than
 * from two thousand files. `import` alone finds them, so each name leads to the file behind it.
 */
function joined() {
  const home = join(import.meta.dirname, 'dist/node_modules');
  const names = existsSync(home) ? readdirSync(home).flatMap((name) => (name.startsWith('@') ? readdirSync(join(home, name)).map((inner) => `${name}/${inner}`) : [name])) : [];
  const mapped = {};
  for (const name of names.filter((each) => existsSync(join(home, each, 'package.json')))) {
    const { exports } = JSON.parse(readFileSync(join(home, name, 'package.json'), 'utf8'));
    for (const [way, file] of Object.entries(exports)) if (typeof file === 'string') mapped[`^${name}${way.slice(1)}$`] = join(home, name, file);
  }
  return mapped;
}
const JOINED = joined();

const suite = (name) => ({
  ...common,
  displayName: name,
  roots: ['<rootDir>/test'],
  testMatch: [`<rootDir>/test/${name}/**/*.${name}-spec.ts`],
  moduleNameMapper: { ...JOINED, ...SOURCES },
});

export default {
  testTimeout: 120_000, // Jest reads it here only, not in a project
  projects: [
    {
      ...common,
      displayName: 'unit',
      roots: ['<rootDir>/apps', '<rootDir>/libs'],
      testMatch: ['<rootDir>/{libs,apps}/**/src/**/*.spec.ts'],
      moduleNameMapper: { '^@meriden/persistence/reads$': '<rootDir>/libs/persistence/src/reads.ts', '^@meriden/([a-z]+)$': '<rootDir>/libs/$1/src/index.ts', ...SOURCES },
    },
    suite('medium'),
    suite('e2e'),
    suite('browser'),
    suite('faults'),
    suite('tenants'),
    suite('abuse'),
  ],
};
