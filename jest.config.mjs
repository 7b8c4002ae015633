// Four projects: unit (beside the code, no I/O), medium, e2e and the rest of test/ (real PostgreSQL and Redis, given by
// bootstrap/test.mjs through the environment). Native ES modules: run with node --experimental-vm-modules.
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
  moduleNameMapper: {
    '^@meriden/persistence/reads$': '<rootDir>/libs/persistence/src/reads.ts',
    '^@meriden/([a-z]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.data'],
};

const suite = (name) => ({
  ...common,
  displayName: name,
  testMatch: [`<rootDir>/test/${name}/**/*.${name}-spec.ts`],
});

export default {
  testTimeout: 120_000, // Jest reads it here only, not in a project
  projects: [
    { ...common, displayName: 'unit', testMatch: ['<rootDir>/{libs,apps}/**/src/**/*.spec.ts'] },
    suite('medium'),
    suite('e2e'),
    suite('browser'),
    suite('faults'),
    suite('tenants'),
    suite('abuse'),
  ],
};
