// The static checks, two at a time, one line each. `npm run check` adds the unit tests; `npm test` runs them with the rest.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { built, root, withoutInstallation } from './place.mjs';
import { run } from './processes.mjs';
import { checkLock } from './lock-check.mjs';
import { EXIT, entry } from './problem.mjs';
import { duration, say, step } from './say.mjs';
import { ensureInstalled } from './install.mjs';
import { ensureBuilt } from './build.mjs';
import { runJest } from './jest.mjs';

const AT_ONCE = 2;
const STEP_TIMEOUT_MS = 10 * 60_000;
const bin = (path) => join(root, 'node_modules', path);

/** @typedef {{ok: boolean, output: string}} Verdict */

/** @returns {Promise<Verdict>} */
async function node(args, environment = {}) {
  const result = await run(process.execPath, args, { cwd: root, timeoutMs: STEP_TIMEOUT_MS, env: { ...withoutInstallation(), NODE_NO_WARNINGS: '1', ...environment } });
  return { ok: result.code === 0, output: `${result.stdout}${result.stderr}${result.timedOut ? '\n(stopped: it took too long)' : ''}` };
}

/** The native compiler: the same verdicts in a quarter of the CPU time. One checker: several would each work out the console's document types anew. */
const types = (project) => node([bin('typescript-native/bin/tsc'), '--noEmit', '--checkers', '1', '-p', project]);

const PURE = ['domain', 'matching', 'reference', 'scoring', 'rounds', 'insight'];

async function pureTypes() {
  const verdicts = [];
  for (const lib of PURE) verdicts.push(await types(`libs/${lib}/tsconfig.lib.json`));
  return { ok: verdicts.every((v) => v.ok), output: verdicts.map((v) => v.output).join('') };
}

async function lock() {
  const faults = checkLock();
  return { ok: faults.length === 0, output: faults.join('\n') };
}

/** The committed contract must be what the code says now. */
async function schemaDrift() {
  const result = await run(process.execPath, [built.cli, 'schema'], { cwd: root, timeoutMs: 60_000 });
  if (result.code !== 0) return { ok: false, output: result.stderr };
  const committed = readFileSync(join(root, 'apps/api/schema.graphql'), 'utf8');
  if (result.stdout.trim() === committed.trim()) return { ok: true, output: '' };
  const [now, was] = [result.stdout, committed].map((text) => new Set(text.split('\n')));
  const lines = [...[...was].filter((l) => !now.has(l)).map((l) => `- ${l}`), ...[...now].filter((l) => !was.has(l)).map((l) => `+ ${l}`)];
  return { ok: false, output: `apps/api/schema.graphql is not what the code says; write it anew with\n  npm run --silent meriden -- schema > apps/api/schema.graphql\n${lines.slice(0, 40).join('\n')}` };
}

/** Migrates an empty database, then asks the doctor whether the tables are what the entities say. */
async function migrationDrift(servers) {
  const environment = { DATABASE_URL: await emptyDatabase(servers.databaseUrl, 'drift'), REDIS_URL: servers.redisUrl, MERIDEN_DATA_DIR: join(servers.dataDir, 'drift') };
  const migrated = await node([built.cli, 'migrate'], environment);
  if (!migrated.ok) return migrated;
  const { output } = await node([built.cli, 'doctor'], environment);
  const findings = output.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));
  const wanted = ['migrations', 'schema'].map((name) => findings.find(({ check }) => check === name) ?? { check: name, ok: false, detail: output });
  return { ok: wanted.every(({ ok }) => ok), output: wanted.filter(({ ok }) => !ok).map(({ check, detail, remedy }) => `${check}: ${detail} ${remedy ?? ''}`).join('\n') };
}

async function emptyDatabase(ownerUrl, name) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: ownerUrl, ssl: false });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name}`);
  } finally {
    await client.end();
  }
  const url = new URL(ownerUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/**
 * The checks by name, the longest first. `servers` are for the one that needs a database.
 * @returns {[string, () => Promise<Verdict>][]}
 */
export function checks(servers) {
  return [
    ['lint', () => node([bin('oxlint/bin/oxlint')])],
    ['types', () => types('.')],
    ['types of the console', () => types('apps/web')],
    ['types of the pure libs', pureTypes],
    ['import fences', () => node([bin('dependency-cruiser/bin/dependency-cruise.mjs'), 'apps', 'libs', 'test'])],
    ['nothing unused', () => node([bin('knip/bin/knip.js'), '--no-progress'])],
    ['GraphQL schema drift', schemaDrift],
    ['migration drift', () => migrationDrift(servers)],
    ['lock file', lock],
  ];
}

/**
 * Runs the checks and prints a line for each, then the output of those that failed.
 * @returns {Promise<{passed: number, failed: number}>}
 */
export async function runChecks(servers, only = () => true) {
  const waiting = checks(servers).filter(([name]) => only(name));
  const failures = [];
  let passed = 0;
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [name, check] = next;
      const began = performance.now();
      const { ok, output } = await check().catch((error) => ({ ok: false, output: error.stack }));
      if (ok) passed++;
      else failures.push([name, output]);
      say(`  ${ok ? 'ok    ' : 'FAILED'} ${name} (${duration(performance.now() - began)})`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  for (const [name, output] of failures) say(`\n--- ${name} ---\n${output.trim()}\n`);
  return { passed, failed: failures.length };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await entry(async () => {
    await ensureInstalled();
    await ensureBuilt();
    const { startTestServers } = await import('./servers.mjs');
    const servers = await startTestServers({ progress: step, say });
    say('checks');
    const sum = await runChecks(servers).finally(() => servers.stop());
    const unit = await runJest({ project: 'unit' });
    say(`\nchecks: ${sum.passed} passed, ${sum.failed} failed; unit tests: ${unit.passed} passed, ${unit.failed} failed, ${unit.skipped} skipped`);
    return sum.failed + unit.failed + unit.skipped === 0 && unit.passed > 0 ? EXIT.done : EXIT.no;
  });
}
