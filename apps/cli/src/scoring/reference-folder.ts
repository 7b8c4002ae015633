import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@meriden/platform';
import { parse, REFERENCE_FILES, type ReferenceData } from '@meriden/reference';
import { drawScoringReference, parseTables, SkillSearch, TABLE_FILES, TERM_FILES, tsvRows, widerGraph, withNames, type FurtherName, type ScoringReference } from '@meriden/scoring';
import { WrongUsage } from '../terminal/terminal.js';

export type ReadFile = (path: string) => string;
export const fromDisk: ReadFile = (path) => readFileSync(path, 'utf8');

/** A file that the caller named: what cannot be read is wrong usage, told with its name. */
export function readGiven(path: string, read: ReadFile): string {
  try {
    return read(path);
  } catch (error) {
    throw new WrongUsage(`${path}: ${(error as Error).message}`);
  }
}

/** The reference data that ships with the product. */
export function shippedReference(read: ReadFile): ReferenceData {
  return parse(Object.fromEntries(REFERENCE_FILES.map((name) => [name, read(join(projectRoot(), 'libs/reference/data', name))])));
}

/** What the service scores over: the reference data, and the taxonomy widened by ESCO. */
export function shippedScoring(data: ReferenceData, read: ReadFile): ScoringReference {
  return drawScoringReference(data, widerGraph(data, read(join(projectRoot(), 'libs/scoring/data/skill-graph.tsv'))), null);
}

/** A folder of the five tables, with the product's own further names: UK terms, words of adverts and the MedTech taxonomy's synonyms. */
export function openFolder(folder: string, read: ReadFile): SkillSearch {
  const files = Object.fromEntries(TABLE_FILES.map((name) => [name, name === 'skills.tsv' ? readGiven(join(folder, name), read) : readIfThere(join(folder, name), read)]));
  return new SkillSearch(withNames(parseTables(files), furtherNames(read)));
}

export function furtherNames(read: ReadFile): readonly FurtherName[] {
  const terms = TERM_FILES.flatMap((name) => tsvRows(readIfThere(join(projectRoot(), 'libs/scoring/data', name), read), ['esco_label', 'term']).map((row) => ({ skill: row.esco_label, name: row.term })));
  const medtech = [...shippedReference(read).skills.byId.values()].flatMap((skill) => {
    const uuid = skill.escoUri?.split('/').pop();
    return uuid === undefined ? [] : [skill.label, ...skill.synonyms].map((name) => ({ skill: uuid, name }));
  });
  return [...terms, ...medtech];
}

function readIfThere(path: string, read: ReadFile): string {
  try {
    return read(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** Lines of a TSV without a header, as cells; empty lines are left out. */
export function cellsOf(text: string): readonly (readonly string[])[] {
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => line.replace(/\r$/, ''))
    .filter((line) => line !== '')
    .map((line) => line.split('\t'));
}
