import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONFIG_VARIABLES, ConfigError, loadConfig } from './config.js';
import { sha256 } from './digest.js';

const dataDir = mkdtempSync(join(tmpdir(), 'config-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const SECRET = 'ab'.repeat(32);
const enough = {
  DATABASE_URL: 'postgresql://owner:p%40ss@db.example:5433/meriden?sslmode=require',
  REDIS_URL: 'redis://127.0.0.1:6400',
  MERIDEN_SECRET: SECRET,
  MERIDEN_DATA_DIR: dataDir,
};

function problemsOf(env: NodeJS.ProcessEnv): ConfigError['problems'] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('the environment', () => {
  it('fills in what may be left out', () => {
    expect(loadConfig(enough)).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      publicOrigin: 'http://localhost:3000',
      redisPrefix: 'meriden',
      demonstration: false,
      trustedDocuments: false,
      trustedProxies: [],
      pointsAMinute: 300_000,
      logLevel: 'info',
      shutdownMs: 20_000,
      drainMs: 0,
      workerPort: null,
      secretsKey: SECRET,
      dataDir,
    });
  });

  it('takes the word of the proxies it is given, addresses and networks, and of nothing that is neither', () => {
    expect(loadConfig({ ...enough, MERIDEN_TRUSTED_PROXIES: '10.0.0.0/8, fd00::1,192.0.2.1 ' }).trustedProxies).toEqual(['10.0.0.0/8', 'fd00::1', '192.0.2.1']);
    for (const wrong of ['proxy.example', '10.0.0.0/33', '0.0.0.0/0', '10.0.0.0/8/8', '10.0.0', 'all', '::/129', '*']) {
      expect(problemsOf({ ...enough, MERIDEN_TRUSTED_PROXIES: wrong }).map((problem) => problem.variable)).toEqual(['MERIDEN_TRUSTED_PROXIES']);
    }
  });

  it('lets browser sessions run the documents of the console alone where that is said, never in a demonstration', () => {
    const closed = { ...enough, MERIDEN_TRUSTED_DOCUMENTS: 'true' };
    expect(loadConfig(closed).trustedDocuments).toBe(true);
    expect(loadConfig({ ...closed, MERIDEN_DEMONSTRATION: 'true' }).trustedDocuments).toBe(false);
  });

  it('derives the addresses of the app and the worker role from the owner, the password decoded first', () => {
    const config = loadConfig(enough);
    expect(config.databaseAppUrl).toBe(`postgresql://meriden_app:${sha256('p@ss:meriden_app')}@db.example:5433/meriden?sslmode=require`);
    expect(config.databaseWorkerUrl).toBe(`postgresql://meriden_worker:${sha256('p@ss:meriden_worker')}@db.example:5433/meriden?sslmode=require`);
  });

  it('takes given role addresses as they are', () => {
    const given = 'postgresql://meriden_app:other@db.example/meriden';
    expect(loadConfig({ ...enough, DATABASE_APP_URL: given }).databaseAppUrl).toBe(given);
  });

  it('names every fault at once, with rule and remedy, and never repeats a value', () => {
    const env = { ...enough, DATABASE_URL: 'mysql://root:hunter2@x/y', REDIS_URL: '', PORT: '70000', LOG_LEVEL: 'loud', MERIDEN_SECRET: 'short' };
    const problems = problemsOf(env);
    expect(problems.map((p) => p.variable)).toEqual(['DATABASE_URL', 'REDIS_URL', 'PORT', 'MERIDEN_SECRET', 'LOG_LEVEL']);
    for (const problem of problems) {
      expect(problem.rule).toMatch(/\.$/);
      expect(problem.remedy).toMatch(/\.$/);
    }
    expect(new ConfigError(problems).message).not.toContain('hunter2');
  });

  it.each([
    ['PORT', '-1'],
    ['PORT', '3000.5'],
    ['PORT', '1e3'],
    ['MERIDEN_PUBLIC_ORIGIN', 'https://x.example/'],
    ['MERIDEN_PUBLIC_ORIGIN', 'ftp://x.example'],
    ['MERIDEN_REDIS_PREFIX', 'a:b'],
    ['MERIDEN_DEMONSTRATION', 'perhaps'],
    ['MERIDEN_SHUTDOWN_MS', '0'],
    ['MERIDEN_DATABASE_CONNECTIONS', '4'],
    ['MERIDEN_DATABASE_CONNECTIONS', '105'],
    ['MERIDEN_SECRET', 'AB'.repeat(32)],
    ['MERIDEN_OIDC_ISSUER', 'http://identity.example'],
    ['MERIDEN_OIDC_ISSUER', 'https://identity.example/?tenant=1'],
    ['REDIS_URL', 'http://127.0.0.1'],
    ['DATABASE_WORKER_URL', 'not an address'],
  ])('refuses %s = %s', (variable, value) => {
    expect(problemsOf({ ...enough, [variable]: value }).map((p) => p.variable)).toEqual([variable]);
  });

  it('takes an issuer only together with our name there', () => {
    const issuer = { ...enough, MERIDEN_OIDC_ISSUER: 'https://identity.example/realms/west' };
    expect(loadConfig(enough).oidc).toBeNull();
    expect(problemsOf(issuer).map((p) => p.variable)).toEqual(['MERIDEN_OIDC_CLIENT_ID']);
    expect(problemsOf({ ...enough, MERIDEN_OIDC_CLIENT_ID: 'meriden' }).map((p) => p.variable)).toEqual(['MERIDEN_OIDC_ISSUER']);
    expect(loadConfig({ ...issuer, MERIDEN_OIDC_CLIENT_ID: 'meriden' }).oidc).toEqual({ issuer: issuer.MERIDEN_OIDC_ISSUER, clientId: 'meriden', clientSecret: null, name: 'your organisation' });
  });

  it('refuses to derive passwords from an empty one, except on the machine itself', () => {
    expect(problemsOf({ ...enough, DATABASE_URL: 'postgresql://owner@db.example/m' }).map((p) => p.variable)).toEqual(['DATABASE_URL']);
    expect(problemsOf({ ...enough, DATABASE_URL: 'postgresql://owner@127.0.0.1/m' })).toEqual([]);
  });

  it('makes a secret once and keeps it, readable by its owner only', () => {
    const env = { ...enough, MERIDEN_SECRET: undefined };
    const first = loadConfig(env).secretsKey;
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(loadConfig(env).secretsKey).toBe(first);
    const file = join(dataDir, 'secret');
    expect(readFileSync(file, 'utf8').trim()).toBe(first);
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('does not replace a damaged secret in silence', () => {
    writeFileSync(join(dataDir, 'secret'), 'half');
    expect(() => loadConfig({ ...enough, MERIDEN_SECRET: '' })).toThrow(/damaged/);
  });

  it('lists its variables once', () => {
    expect(new Set(CONFIG_VARIABLES).size).toBe(CONFIG_VARIABLES.length);
  });
});
