// docs/promises.md as a function of what is promised (test/promises/promises.json) and what was last found at full count
// (docs/promises.json, written by bootstrap/promises.mjs alone).
const NONE = 'not run at full count yet';

/** @typedef {{promise: string, held: boolean, figure: string, count?: number, seed?: string}} Finding one line of a program */
/** @typedef {Finding & {date: string, commit: string, load: string, seconds: number}} Kept */

/** The key of a finding in the record: one line a promise and program. */
export const keyOf = (promise, program) => `${promise}/${program}`;

/**
 * The record with the new findings in it. A promise that was not run keeps its last line; one whose program ended without a line is
 * written as not held, for nobody knows better.
 * @param {Record<string, Kept>} record
 * @param {{program: string, promises: string[], findings: Finding[], end: string, about: {date: string, commit: string, load: string, seconds: number}}[]} runs
 */
export function recorded(record, runs) {
  const next = { ...record };
  for (const { program, promises, findings, end, about } of runs) {
    for (const promise of promises) {
      const found = findings.filter((finding) => finding.promise === promise).at(-1) ?? { promise, held: false, figure: `the program ended without a figure (${end})` };
      next[keyOf(promise, program)] = { ...found, ...about };
    }
  }
  return Object.fromEntries(Object.entries(next).sort(([a], [b]) => number(a) - number(b) || (a < b ? -1 : 1)));
}

/** A line of a program's output as a finding, or null when it is something else. */
export function findingOf(line) {
  try {
    const { promise, held, figure, count, seed } = JSON.parse(line);
    if (!/^P([1-9]|1[0-8])$/.test(promise) || typeof held !== 'boolean' || typeof figure !== 'string' || figure === '') return null;
    return { promise, held, figure, ...(count !== undefined && { count }), ...(seed !== undefined && { seed }) };
  } catch {
    return null;
  }
}

/**
 * @param {{id: string, promise: string, mechanism: string, goal: string, tests: string[], programs: string[]}[]} table
 * @param {Record<string, Kept>} record
 */
export function promisePage(table, record) {
  return `${HEAD}\n${table.map((row) => section(row, record)).join('\n')}`;
}

const HEAD = `# Promises

Nothing lost, nothing doubled, nobody where they don't belong. \`npm test\` runs the tests named here at small counts;
\`npm run promises [-- Pn ...]\` runs the programs at full counts and writes this page. It is never written by hand: what stands under
"last full run" is what a program found, failures included, with the commit it ran on (\`+\` = with changes not yet committed) and the
load of the machine meanwhile (mean of the one-minute load average, and its cores).
`;

function section({ id, promise, mechanism, goal, tests, programs }, record) {
  const lines = [`## ${id}. ${promise}`, '', `- mechanism: ${mechanism}`, `- goal: ${goal}`, `- tests: ${tests.length > 0 ? tests.map((test) => `\`${test}\``).join(', ') : 'none yet'}`];
  if (programs.length === 0) lines.push(`- last full run: ${NONE} (no program of its own yet)`);
  for (const program of programs) {
    const last = record[keyOf(id, program)];
    lines.push(`- last full run (\`${program}\`): ${last === undefined ? NONE : words(last)}`);
  }
  return `${lines.join('\n')}\n`;
}

function words({ held, figure, seed, date, commit, load, seconds }) {
  const seeded = seed === undefined ? '' : `, seed ${seed}`;
  return `**${held ? 'held' : 'NOT HELD'}**: ${figure} (${date}, commit ${commit}, load ${load}, ${seconds} s${seeded})`;
}

const number = (key) => Number(/^P(\d+)/.exec(key)?.[1] ?? 99);
