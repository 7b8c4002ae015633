// `npm run promises [-- Pn ...]`: every promise (or those named) at its full count, then docs/promises.md anew.
//
// The contract of a program, for whoever adds one:
// - It is test/promises/NAME.promise.ts, and NAME stands under `programs` of its promises in test/promises/promises.json (one
//   program may serve several promises, one promise may have several programs).
// - It is run without arguments and then works at its FULL count, with `--small` at the count of `npm test`; `--seed S` repeats a run.
//   It starts the servers it needs itself (startTestServers of bootstrap/servers.mjs, or Site of test/faults/support).
// - For each of its promises it prints one line of JSON on standard output:
//     {"promise":"P5","held":true,"figure":"500 freezes: 0 stale, 0 over-filled","count":500,"seed":"..."}
//   `figure` is words for docs/promises.md with the numbers in them; whatever other keys it has go to our own standard output only.
//   Words for people go to standard error. Exit code 0 = all held, 1 = not; without a line, the promise counts as not held.
//   `keepPromises` of test/promises/support/keep.ts does all this.
// - The small count belongs into `npm test` as a spec under test/faults, test/medium or test/tenants that calls the same function.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './place.mjs';
import { EXIT, Problem, entry } from './problem.mjs';
import { beQuiet } from './say.mjs';
import { ensureInstalled } from './install.mjs';
import { ensureBuilt } from './build.mjs';
import { findingOf, promisePage, recorded } from './promise-page.mjs';

const TABLE = join(root, 'test/promises/promises.json');
const RECORD = join(root, 'docs/promises.json');
const PAGE = join(root, 'docs/promises.md');
const LOAD_EVERY_MS = 5_000;

const HELP = `npm run promises [-- [--small] [--seed S] [Pn ...] [NAME ...]]
  Runs the promises named (P1 ... P18; all of them unless said) at their full counts, one after the other, and writes docs/promises.md
  anew. NAME picks single programs of test/promises. Exit 1 when one is not held.
  --small   the counts of npm test instead, and no word in docs/promises.md
  --page    runs nothing: writes the page from what is on record
`;

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const record = () => (existsSync(RECORD) ? read(RECORD) : {});

function wishes(argv, table) {
  const wish = { small: false, page: false, help: false, seed: undefined, names: [] };
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i];
    if (word === '--help') wish.help = true;
    else if (word === '--small') wish.small = true;
    else if (word === '--page') wish.page = true;
    else if (word === '--seed' && argv[i + 1]) wish.seed = argv[++i];
    else wish.names.push(word);
  }
  const known = new Set(table.flatMap(({ id, programs }) => [id, ...programs]));
  const unknown = wish.names.filter((name) => !known.has(name));
  if (unknown.length > 0) throw new Problem(`There is no promise or program ${unknown.join(', ')}.\n${HELP}`, EXIT.usage);
  return wish;
}

/** Programs with the promises each is to answer for, in the order of the table. */
function planned(table, names) {
  const programs = new Map();
  for (const { id, programs: own } of table) {
    for (const program of own) {
      const wanted = names.length === 0 || names.includes(id) || names.includes(program);
      const entry = programs.get(program) ?? { program, promises: [], wanted: false };
      entry.promises.push(id);
      entry.wanted ||= wanted;
      programs.set(program, entry);
    }
  }
  return [...programs.values()].filter(({ wanted }) => wanted);
}

function commit() {
  const git = (...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  const head = git('rev-parse', '--short', 'HEAD');
  if (head.status !== 0) return 'unknown';
  const changed = git('status', '--porcelain', '--untracked-files=no', '--', '.', ':!docs/promises.md', ':!docs/promises.json').stdout.trim() !== '';
  return `${head.stdout.trim()}${changed ? '+' : ''}`;
}

async function runProgram({ program, promises }, { small, seed }) {
  const file = join(root, 'dist/test/promises', `${program}.promise.js`);
  if (!existsSync(file)) throw new Problem(`There is no test/promises/${program}.promise.ts in this checkout.`, EXIT.usage);
  process.stderr.write(`\n${promises.join(', ')}: ${program}\n`);
  const began = performance.now();
  const about = { date: new Date().toISOString().slice(0, 16).replace('T', ' '), commit: commit() };
  const loads = [loadavg()[0]];
  const watch = setInterval(() => loads.push(loadavg()[0]), LOAD_EVERY_MS);
  const args = ['--enable-source-maps', '--expose-gc', file, ...(small ? ['--small'] : []), ...(seed === undefined ? [] : ['--seed', seed])];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const pass = (signal) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, pass);
  const findings = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    process.stdout.write(`${line}\n`);
    const finding = findingOf(line);
    if (finding !== null) findings.push(finding);
  });
  const end = await new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new Problem(`${program} cannot be started: ${error.message}`)));
    child.on('close', (code, signal) => resolve(signal ?? `exit ${code}`));
  });
  clearInterval(watch);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, pass);
  // A run that somebody stopped says nothing about the promise.
  if (end === 'exit 130' || end === 'SIGINT' || end === 'SIGTERM') throw new Problem(`${program} was stopped; docs/promises.md keeps what it said before.`, 130);
  const load = `${(loads.reduce((sum, one) => sum + one, 0) / loads.length).toFixed(1)} on ${availableParallelism()} cores`;
  return { program, promises, findings, end, about: { ...about, load, seconds: Math.round((performance.now() - began) / 1000) } };
}

/** After every program, so that a stop in the midst loses nothing. */
function write(table, kept) {
  writeFileSync(RECORD, `${JSON.stringify(kept, null, 1)}\n`);
  writeFileSync(PAGE, promisePage(table, kept));
}

await entry(async () => {
  const table = read(TABLE);
  const wish = wishes(process.argv.slice(2), table);
  if (wish.help) {
    process.stdout.write(HELP);
    return EXIT.done;
  }
  if (wish.page) {
    write(table, record());
    return EXIT.done;
  }
  const plan = planned(table, wish.names);
  if (plan.length === 0) throw new Problem(`${wish.names.join(', ')}: there is no program to run at full count; npm test has all there is.`, EXIT.usage);
  await ensureInstalled();
  beQuiet();
  await ensureBuilt();
  const verdict = { held: [], notHeld: [] };
  for (const entry of plan) {
    const run = await runProgram(entry, wish);
    const kept = recorded(wish.small ? {} : record(), [run]);
    if (!wish.small) write(table, kept);
    for (const promise of run.promises) (kept[`${promise}/${run.program}`].held ? verdict.held : verdict.notHeld).push(`${promise}/${run.program}`);
  }
  process.stdout.write(`${JSON.stringify(verdict)}\n`);
  return verdict.notHeld.length === 0 ? EXIT.done : EXIT.no;
});
