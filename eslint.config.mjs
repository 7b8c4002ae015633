import tseslint from 'typescript-eslint';

const PURE = ['domain', 'matching', 'reference', 'scoring', 'rounds', 'insight'];

/** Clocks, dice and the event loop are arguments in the pure libs; this is the fence. */
const pureBans = [
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'Pure: time is an argument.' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Pure: time is an argument.' },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'Pure: the seed is an argument.' },
  { selector: ':function[async=true]', message: 'Pure libs are synchronous.' },
  { selector: 'AwaitExpression', message: 'Pure libs are synchronous.' },
];
const noDefault = {
  selector: 'ExportDefaultDeclaration',
  message: 'Named exports only.',
};

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', '.data/**', 'apps/web/src/gql/schema-types.d.ts', '*.mjs', 'apps/**/*.mjs', 'libs/**/*.mjs', 'test/**/*.mjs', '**/*.js'] },
  ...tseslint.configs.recommended,
  {
    files: ['{apps,libs,test}/**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 500 }],
      'no-console': 'error',
      'no-restricted-syntax': ['error', noDefault],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only libs/platform reads the environment.' },
      ],
    },
  },
  {
    files: PURE.map((l) => `libs/${l}/src/**/*.ts`),
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-syntax': ['error', noDefault, ...pureBans] },
  },
  // No compiler looks at these: a name that is gone would be met by whoever comes to that line.
  {
    files: ['bootstrap/**/*.mjs'],
    languageOptions: { globals: Object.fromEntries(Object.getOwnPropertyNames(globalThis).map((name) => [name, 'readonly'])) },
    rules: { 'no-undef': 'error', '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' }] },
  },
  { files: ['libs/platform/src/**/*.ts', 'test/**/*.ts'], rules: { 'no-restricted-properties': 'off' } },
  { files: ['libs/persistence/src/migrations/*.ts'], rules: { 'max-lines': 'off' } },
  // Rules that ask for types are left out for the console: its types alone take longer than all other linting (run with them on 2026-11-30: no finding).
  { ...tseslint.configs.disableTypeChecked, files: ['apps/web/**/*.{ts,tsx}'], languageOptions: { parserOptions: { projectService: false } } },
  // What a bundler reads has the shape that it asks for.
  { files: ['apps/web/src/assets.d.ts', 'apps/web/vite.config.ts'], rules: { 'no-restricted-syntax': 'off', 'no-restricted-properties': 'off' } },
);
