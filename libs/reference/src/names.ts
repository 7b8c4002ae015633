import type { Reading } from './table.js';

/** Small letters, digits and single spaces only, so that punctuation and case never part two spellings of one name. */
export function normaliseName(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

type Named = Readonly<{ id: string; names: readonly string[] }>;

/** Every name and alias, normalised, to its row's id. A name that two rows claim is a problem of the file. */
export function indexNames(reading: Reading, file: string, rows: Iterable<Named>): ReadonlyMap<string, string> {
  const index = new Map<string, string>();
  for (const { id, names } of rows) {
    for (const name of names) {
      const key = normaliseName(name);
      const other = index.get(key);
      if (other !== undefined && other !== id) reading.report(file, 0, 'aliases', `one name must not stand for two rows: ${other} and ${id}`, name);
      index.set(key, id);
    }
  }
  return index;
}
