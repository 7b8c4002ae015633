import { ACCOUNTS } from './accounts.js';
import { ARGUMENT } from './argument.js';
import { HISTORY, NOT_PERSONAL } from './history.js';
import { LEARNERS } from './learners.js';
import { PLACEMENTS } from './placements.js';
import type { PersonalTable } from './vocabulary.js';

/**
 * Every table that holds personal data, with every column of it. Subject access hands out what is in here, erasure empties it,
 * retention goes by it, and the learner's page shows it: a column that is not in here would be forgotten by all four, so a test
 * compares this with the database. Tables stand in the order in which rows can be deleted.
 */
export const PERSONAL_DATA: Readonly<Record<string, PersonalTable>> = { ...ARGUMENT, ...LEARNERS, ...PLACEMENTS, ...ACCOUNTS, ...HISTORY };

type DatabaseColumn = Readonly<{ table: string; column: string; type: string }>;

/** What is wrong with the registry, given the columns that the database has; each line says what to do. */
export function registryFaults(columns: readonly DatabaseColumn[]): string[] {
  const faults: string[] = [];
  for (const { table, column, type } of columns) {
    const entry = PERSONAL_DATA[table];
    const known = entry === undefined ? (NOT_PERSONAL[table]?.columns ?? []) : [...Object.keys(entry.columns), ...entry.plain];
    if (known.includes(column)) continue;
    const where = entry !== undefined ? 'its `columns` (about a person) or its `plain` (about nobody)' : NOT_PERSONAL[table] !== undefined ? 'its row in NOT_PERSONAL, or make it a personal table' : 'a new entry of PERSONAL_DATA (holds something about a person) or of NOT_PERSONAL (does not, and why)';
    faults.push(`${table}.${column} (${type}) is in no register. Add it in libs/persistence/src/personal-data to ${where}.`);
  }
  const there = new Set(columns.map(({ table, column }) => `${table}.${column}`));
  for (const [table, names] of registered()) {
    for (const name of names) if (!there.has(`${table}.${name}`)) faults.push(`${table}.${name} is registered in libs/persistence/src/personal-data, but there is no such column. Take it out.`);
  }
  for (const [table, { erase, columns: personal }] of Object.entries(PERSONAL_DATA)) {
    if (NOT_PERSONAL[table] !== undefined) faults.push(`${table} is registered both as personal and as not.`);
    for (const [column, { blank, keep }] of Object.entries(personal)) {
      if (erase === 'BLANK' && (blank === null) === (keep === null)) faults.push(`${table}.${column} stays in its row after an erasure: give either \`blank\` (SQL that takes its place) or \`keep\` (the reason why it stays).`);
      if (erase !== 'BLANK' && (blank !== null || keep !== null)) faults.push(`${table}.${column}: \`blank\` and \`keep\` are for tables whose \`erase\` is BLANK.`);
    }
  }
  return faults;
}

function registered(): [string, readonly string[]][] {
  return [
    ...Object.entries(PERSONAL_DATA).map(([table, { columns, plain }]): [string, string[]] => [table, [...Object.keys(columns), ...plain]]),
    ...Object.entries(NOT_PERSONAL).map(([table, { columns }]): [string, readonly string[]] => [table, columns]),
  ];
}
