import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { passwordOf, roleUrl } from './database-urls.js';
import { projectRoot } from './project-root.js';
import { SECRET, keptSecret } from './secret.js';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Everything a process is told from outside, checked and complete. Only this file reads the environment. */
export type Config = Readonly<{
  /** Owner of the database: migrations and role set-up only. */
  databaseUrl: string;
  databaseAppUrl: string;
  databaseWorkerUrl: string;
  redisUrl: string;
  /** Before every key and channel in Redis, so that several installations or tests share one server. No `:` at the end. */
  redisPrefix: string;
  host: string;
  port: number;
  /** Where the worker answers /health and /metrics; null = nowhere. */
  workerPort: number | null;
  /** Origin that browsers use, no slash at the end: decides on `__Host-` cookies and on the Origin check. */
  publicOrigin: string;
  /** Absolute folder of embedded data, the secret and mail files. */
  dataDir: string;
  /** Addresses and networks (CIDR) of proxies whose word is taken for whom a request comes from. */
  trustedProxies: readonly string[];
  /** Every page and answer says "demonstration data". */
  demonstration: boolean;
  /** A browser session runs the documents of the console and no others. */
  trustedDocuments: boolean;
  /** Points of GraphQL that one account may spend in a minute, in each process. */
  pointsAMinute: number;
  logLevel: LogLevel;
  /** 32 bytes in hex. */
  secretsKey: string;
  /** Milliseconds that running work may take after SIGTERM. */
  shutdownMs: number;
  /** Milliseconds that the API goes on taking requests after SIGTERM, with its readiness already failing. */
  drainMs: number;
  /** Mail server; null = mail goes to files under `dataDir`/mail. */
  smtpUrl: string | null;
  /** Sender of all mail. */
  mailFrom: string;
  /** Most sessions of this process with PostgreSQL; null = as many as its kind usually has. */
  databaseConnections: number | null;
  /** Milliseconds after which a silent worker loses its jobs to another. */
  jobLockMs: number;
  /** The OpenID Connect issuer that people may sign in at; null = none. */
  oidc: Readonly<{ issuer: string; clientId: string; clientSecret: string | null; name: string }> | null;
}>;

export type ConfigProblem = Readonly<{ variable: string; rule: string; remedy: string }>;

/** The environment is wrong: every fault at once, each with variable, rule and remedy. Values are not repeated: they may be secret. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly ConfigProblem[]) {
    super(['The environment is not complete.', ...problems.map((p) => `  ${p.variable}: ${p.rule} ${p.remedy}`)].join('\n'));
    this.name = 'ConfigError';
  }
}

type Variable = Readonly<{ schema: z.ZodType<unknown, string | undefined>; rule: string; remedy: string }>;

const url = (...protocols: string[]): z.ZodType<string, string> =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol) && new URL(text).hostname !== '');
const integer = (low: number, high: number): z.ZodType<number, string> =>
  z.string().regex(/^\d{1,9}$/).transform(Number).refine((n) => n >= low && n <= high);
/** Others on the way must not read or change what it says. */
const issuer = (): z.ZodType<string, string> =>
  url('https:', 'http:').refine((text) => {
    const { protocol, hostname, search, hash } = new URL(text);
    return search === '' && hash === '' && (protocol === 'https:' || LOOPBACK.includes(hostname));
  });
const isNetwork = (text: string): boolean => {
  const [address = '', bits, ...more] = text.split('/');
  const family = isIP(address);
  return family !== 0 && more.length === 0 && (bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)));
};
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const POSTGRES = url('postgres:', 'postgresql:');
const POSTGRES_RULE = 'must be a PostgreSQL address, postgresql://USER:PASSWORD@HOST:PORT/DATABASE.';

/** Every variable the product knows, in the order of the handbook. docker/ and the README are checked against this table. */
const VARIABLES = {
  DATABASE_URL: {
    schema: POSTGRES,
    rule: POSTGRES_RULE,
    remedy: 'Use `npm start`, which starts an embedded server and sets it, or give the address of the database owner.',
  },
  DATABASE_APP_URL: { schema: POSTGRES.optional(), rule: POSTGRES_RULE, remedy: 'Leave it out to have it derived from DATABASE_URL.' },
  DATABASE_WORKER_URL: { schema: POSTGRES.optional(), rule: POSTGRES_RULE, remedy: 'Leave it out to have it derived from DATABASE_URL.' },
  MERIDEN_DATABASE_CONNECTIONS: {
    schema: integer(5, 104).optional(),
    rule: 'must be a number of sessions, 5 to 104.',
    remedy: 'Leave it out for 10 an API and 14 a worker, of which 4 are not for scoring; give fewer where PostgreSQL allows all processes together fewer.',
  },
  REDIS_URL: {
    schema: url('redis:', 'rediss:'),
    rule: 'must be a Redis address, redis://HOST:PORT.',
    remedy: 'Use `npm start`, which starts a private instance and sets it, or give the address of a Redis that never evicts.',
  },
  MERIDEN_REDIS_PREFIX: {
    schema: z.string().regex(/^[a-z0-9-]{1,60}$/).default('meriden'),
    rule: 'must be 1 to 60 characters of a-z, 0-9 and -.',
    remedy: 'Leave it out unless several installations share one Redis.',
  },
  HOST: { schema: z.string().min(1).max(255).default('127.0.0.1'), rule: 'must be an address to listen on.', remedy: 'Use 127.0.0.1, or 0.0.0.0 in a container.' },
  PORT: { schema: integer(0, 65_535).default(3000), rule: 'must be a port, 0 to 65535.', remedy: 'Leave it out for 3000.' },
  MERIDEN_WORKER_PORT: {
    schema: integer(0, 65_535).optional(),
    rule: 'must be a port, 0 to 65535.',
    remedy: 'Leave it out and the worker listens nowhere; 0 takes any free port.',
  },
  MERIDEN_PUBLIC_ORIGIN: {
    schema: url('http:', 'https:').refine((text) => new URL(text).origin === text).optional(),
    rule: 'must be an origin such as https://placements.example.org, without path or slash at the end.',
    remedy: 'Give what people type into the browser, or leave it out for http://localhost:PORT.',
  },
  MERIDEN_TRUSTED_PROXIES: {
    schema: z.string().default('').transform((text) => text.split(',').map((part) => part.trim()).filter((part) => part !== '')).refine((all) => all.length <= 50 && all.every(isNetwork)),
    rule: 'must be IP addresses or networks such as 10.0.0.0/8, at most 50, with commas between.',
    remedy: 'Give those of the proxies in front of this service, which write X-Forwarded-For, and of nobody else; leave it out where people reach it directly.',
  },
  MERIDEN_DATA_DIR: { schema: z.string().min(1).optional(), rule: 'must be a folder.', remedy: 'Leave it out for .data/ in the checkout.' },
  MERIDEN_DEMONSTRATION: {
    schema: z.enum(['true', 'false', '1', '0']).default('false').transform((text) => text === 'true' || text === '1'),
    rule: 'must be true or false.',
    remedy: 'Set it to true only where the data are invented.',
  },
  MERIDEN_TRUSTED_DOCUMENTS: {
    schema: z.enum(['true', 'false', '1', '0']).default('false').transform((text) => text === 'true' || text === '1'),
    rule: 'must be true or false.',
    remedy: 'Set it to true in production: browser sessions then run the documents of the console only. It says nothing in a demonstration.',
  },
  MERIDEN_POINTS_A_MINUTE: {
    schema: integer(5_000, 100_000_000).default(300_000),
    rule: 'must be points, 5000 to 100000000: one operation may cost 5000.',
    remedy: 'Leave it out for 300000.',
  },
  MERIDEN_SECRET: {
    schema: z.string().regex(SECRET).optional(),
    rule: 'must be 32 random bytes as 64 lower-case hex digits.',
    remedy: 'Make one with `openssl rand -hex 32`, or leave it out to have one made and kept in the data folder.',
  },
  MERIDEN_SHUTDOWN_MS: { schema: integer(100, 600_000).default(20_000), rule: 'must be milliseconds, 100 to 600000.', remedy: 'Leave it out for 20000.' },
  MERIDEN_DRAIN_MS: {
    schema: integer(0, 60_000).default(0),
    rule: 'must be milliseconds, 0 to 60000.',
    remedy: 'Leave it out where nothing routes to several APIs; else give the time in which the router sees that one is not ready.',
  },
  MERIDEN_JOB_LOCK_MS: {
    schema: integer(300, 600_000).default(15_000),
    rule: 'must be milliseconds, 300 to 600000.',
    remedy: 'Leave it out for 15000; shorter only in fault tests.',
  },
  MERIDEN_OIDC_ISSUER: {
    schema: issuer().optional(),
    rule: 'must be the address of an OpenID Connect issuer, https (http on this machine only), without a query.',
    remedy: 'Give what its configuration calls `issuer`, or leave it out and nobody signs in through another service.',
  },
  MERIDEN_OIDC_CLIENT_ID: { schema: z.string().min(1).max(300).optional(), rule: 'must be the name under which the issuer knows this installation.', remedy: 'Register the installation at the issuer, with MERIDEN_PUBLIC_ORIGIN/oidc/return as its return address.' },
  MERIDEN_OIDC_CLIENT_SECRET: { schema: z.string().min(1).max(1_000).optional(), rule: 'must be the secret that the issuer gave.', remedy: 'Leave it out only where the issuer gave none.' },
  MERIDEN_OIDC_NAME: { schema: z.string().min(1).max(60).default('your organisation'), rule: 'must be 1 to 60 characters.', remedy: 'Give the name that people know the issuer by.' },
  SMTP_URL: {
    schema: url('smtp:', 'smtps:').optional(),
    rule: 'must be the address of a mail server, smtp://USER:PASSWORD@HOST:PORT or smtps://...',
    remedy: 'Leave it out and mail is written to files under .data/mail/, which the operator reads.',
  },
  MERIDEN_MAIL_FROM: {
    schema: z.string().regex(/^[^\s@<>"',;:\\]+@[^\s@<>"',;:\\]+$/).max(254).default('meriden@localhost'),
    rule: 'must be one e-mail address.',
    remedy: 'Give the address that mail of this installation comes from.',
  },
  LOG_LEVEL: { schema: z.enum(LOG_LEVELS).default('info'), rule: `must be one of ${LOG_LEVELS.join(', ')}.`, remedy: 'Leave it out for info.' },
} as const satisfies Record<string, Variable>;

/** Names of all environment variables the product reads. */
export const CONFIG_VARIABLES: readonly string[] = Object.keys(VARIABLES);

type Values = { [Name in keyof typeof VARIABLES]: z.output<(typeof VARIABLES)[Name]['schema']> };

/**
 * Reads and checks the environment; makes and keeps the secret where none is given.
 * @throws ConfigError with every fault found
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const problems: ConfigProblem[] = [];
  const values: Record<string, unknown> = {};
  for (const [variable, { schema, rule, remedy }] of Object.entries<Variable>(VARIABLES)) {
    // An empty variable counts as absent: compose files and shells cannot unset one.
    const parsed = schema.safeParse(env[variable] === '' ? undefined : env[variable]);
    if (parsed.success) values[variable] = parsed.data;
    else problems.push({ variable, rule: env[variable] ? rule : `is not set and ${rule}`, remedy });
  }
  if (problems.length === 0) problems.push(...weakDerivation(values as Values), ...halfAnIssuer(values as Values));
  if (problems.length > 0) throw new ConfigError(problems);
  return assemble(values as Values);
}

function assemble(values: Values): Config {
  const dataDir = values.MERIDEN_DATA_DIR === undefined ? join(projectRoot(), '.data') : resolve(projectRoot(), values.MERIDEN_DATA_DIR);
  return Object.freeze({
    databaseUrl: values.DATABASE_URL,
    databaseAppUrl: values.DATABASE_APP_URL ?? roleUrl(values.DATABASE_URL, 'meriden_app'),
    databaseWorkerUrl: values.DATABASE_WORKER_URL ?? roleUrl(values.DATABASE_URL, 'meriden_worker'),
    databaseConnections: values.MERIDEN_DATABASE_CONNECTIONS ?? null,
    redisUrl: values.REDIS_URL,
    redisPrefix: values.MERIDEN_REDIS_PREFIX,
    host: values.HOST,
    port: values.PORT,
    workerPort: values.MERIDEN_WORKER_PORT ?? null,
    publicOrigin: values.MERIDEN_PUBLIC_ORIGIN ?? `http://localhost:${values.PORT}`,
    dataDir,
    trustedProxies: values.MERIDEN_TRUSTED_PROXIES,
    demonstration: values.MERIDEN_DEMONSTRATION,
    trustedDocuments: values.MERIDEN_TRUSTED_DOCUMENTS && !values.MERIDEN_DEMONSTRATION,
    pointsAMinute: values.MERIDEN_POINTS_A_MINUTE,
    logLevel: values.LOG_LEVEL,
    secretsKey: values.MERIDEN_SECRET ?? keptSecret(dataDir),
    shutdownMs: values.MERIDEN_SHUTDOWN_MS,
    drainMs: values.MERIDEN_DRAIN_MS,
    smtpUrl: values.SMTP_URL ?? null,
    mailFrom: values.MERIDEN_MAIL_FROM,
    jobLockMs: values.MERIDEN_JOB_LOCK_MS,
    oidc: issuerOf(values),
  });
}

/** Passwords derived from an empty one are known to everybody; tolerable only where the server trusts the machine itself. */
function weakDerivation(values: Values): ConfigProblem[] {
  const derived = values.DATABASE_APP_URL === undefined || values.DATABASE_WORKER_URL === undefined;
  if (!derived || passwordOf(values.DATABASE_URL) !== '' || LOOPBACK.includes(new URL(values.DATABASE_URL).hostname)) return [];
  return [
    {
      variable: 'DATABASE_URL',
      rule: 'has no password, and the passwords of the other two roles are derived from it.',
      remedy: 'Give DATABASE_APP_URL and DATABASE_WORKER_URL as well, each with a password.',
    },
  ];
}

function issuerOf({ MERIDEN_OIDC_ISSUER: address, MERIDEN_OIDC_CLIENT_ID: clientId, MERIDEN_OIDC_CLIENT_SECRET: secret, MERIDEN_OIDC_NAME: name }: Values): Config['oidc'] {
  return address === undefined || clientId === undefined ? null : { issuer: address, clientId, clientSecret: secret ?? null, name };
}

/** An issuer without our name there, or the other way round, is a slip: nobody could sign in, and nobody would say why. */
function halfAnIssuer({ MERIDEN_OIDC_ISSUER: address, MERIDEN_OIDC_CLIENT_ID: clientId }: Values): ConfigProblem[] {
  if ((address === undefined) === (clientId === undefined)) return [];
  const variable = address === undefined ? 'MERIDEN_OIDC_ISSUER' : 'MERIDEN_OIDC_CLIENT_ID';
  return [{ variable, rule: 'is not set, and MERIDEN_OIDC_ISSUER and MERIDEN_OIDC_CLIENT_ID go together.', remedy: 'Give both, or leave both out.' }];
}
