// Who may know whom: the table of docs/map.md as an allow-list. Everything not listed is an error, type-only imports too.
const FIELD_LIBRARIES = ['@node-rs/argon2', '@simplewebauthn/server', 'csv-parse', 'csv-stringify', 'nodemailer', 'openid-client', 'otpauth', 'rate-limiter-flexible'];

/** room -> [rooms it may import, packages it may import, node: allowed] */
const TABLE = {
  domain: { rooms: [], npm: [] },
  matching: { rooms: [], npm: [] },
  reference: { rooms: [], npm: [] },
  scoring: { rooms: ['domain', 'reference'], npm: [] },
  insight: { rooms: ['domain'], npm: [] },
  rounds: { rooms: ['domain', 'scoring', 'matching', 'reference'], npm: [] },
  exact: { rooms: ['matching'], npm: ['highs'], node: true },
  platform: { rooms: [], npm: ['@nestjs/', 'zod', 'pino', 'prom-client', 'reflect-metadata'], node: true },
  queue: { rooms: ['domain', 'platform'], npm: ['@nestjs/', 'bullmq', 'ioredis', 'zod'], node: true },
  persistence: { rooms: ['domain', 'platform'], npm: ['@nestjs/', 'typeorm', 'pg', 'reflect-metadata'], node: true },
  services: {
    rooms: ['domain', 'reference', 'scoring', 'insight', 'rounds', 'platform', 'queue', 'persistence'],
    npm: ['@nestjs/common', 'zod', ...FIELD_LIBRARIES],
    node: true,
  },
};

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
const packages = (names) => names.map((n) => `node_modules/${escape(n)}`);

const app = (name, rooms, npm, extra = []) => ({
  name: `${name}-knows-only`,
  severity: 'error',
  from: { path: `^apps/${name}/src`, pathNot: '\\.spec\\.ts$' },
  to: {
    pathNot: [
      `^apps/${name}/`,
      ...rooms.map((r) => `^libs/${r}/src/index\\.ts$`),
      ...extra,
      ...packages(npm),
      '^(node:)?(fs|path|crypto|url|os|http|net|child_process|process|worker_threads|timers|stream|util|events|module|readline|perf_hooks|zlib|string_decoder|async_hooks|assert|tty)(/promises)?$',
    ],
  },
});

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'nothing-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'nobody-imports-past-a-door',
      severity: 'error',
      from: { path: '^(apps|libs)/([^/]+)/' },
      to: {
        path: '^libs/([^/]+)/src/',
        pathNot: ['^libs/$2/', '^libs/[^/]+/src/index\\.ts$', '^libs/persistence/src/reads\\.ts$'],
      },
    },
    {
      name: 'nobody-inside-imports-the-door',
      severity: 'error',
      from: { path: '^libs/([^/]+)/src/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/$1/src/index\\.ts$' },
    },
    ...Object.entries(TABLE).map(([room, { rooms, npm, node }]) => ({
      name: `${room}-knows-only`,
      severity: 'error',
      from: { path: `^libs/${room}/src`, pathNot: '\\.spec\\.ts$' },
      to: {
        pathNot: [
          `^libs/${room}/`,
          ...rooms.map((r) => `^libs/${r}/src/index\\.ts$`),
          ...(room === 'services' ? ['^libs/persistence/src/reads\\.ts$'] : []),
          ...packages(npm),
          ...(node ? ['^(node:)?(fs|path|crypto|url|os|http|net|child_process|process|worker_threads|timers|stream|util|events|module|perf_hooks|zlib|async_hooks|assert)(/promises)?$'] : []),
        ],
      },
    })),
    app(
      'api',
      ['domain', 'services', 'platform'],
      ['@nestjs/', 'fastify', '@fastify/', 'graphql', 'graphql-ws', 'graphql-query-complexity', '@apollo/', '@as-integrations/', 'dataloader', 'reflect-metadata', 'rxjs', 'ws', 'altair-static', 'ipaddr.js'],
      ['^libs/persistence/src/reads\\.ts$'],
    ),
    app(
      'worker',
      ['domain', 'services', 'queue', 'rounds', 'scoring', 'matching', 'exact', 'platform'],
      ['@nestjs/', 'reflect-metadata'],
      // The composition root needs PersistenceModule, which stands at this door.
      ['^libs/persistence/src/reads\\.ts$'],
    ),
    app(
      'cli',
      ['domain', 'services', 'reference', 'scoring', 'rounds', 'matching', 'exact', 'persistence', 'platform'],
      ['commander', 'cli-progress', '@nestjs/', 'reflect-metadata'],
    ),
    {
      name: 'web-knows-the-matching-library-alone',
      severity: 'error',
      from: { path: '^apps/web/' },
      to: { path: '^(libs|apps)/', pathNot: ['^apps/web/', '^libs/matching/src/index\\.ts$', '^libs/reference/data/[\\w-]+\\.geojson$'] },
    },
    {
      name: 'consoles-never-import-each-other',
      severity: 'error',
      from: { path: '^apps/web/src/consoles/([^/]+)/' },
      to: { path: '^apps/web/src/consoles/', pathNot: '^apps/web/src/consoles/$1/' },
    },
    {
      name: 'primitives-have-no-data',
      severity: 'error',
      from: { path: '^apps/web/src/(ui|words|theme)/' },
      to: { path: '^apps/web/src/(gql|parts|shell|consoles)/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.data)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
