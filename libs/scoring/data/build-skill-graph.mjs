// Builds libs/scoring/data/skill-graph.tsv from a folder of skill tables (see docs/guide-scoring.md). Build the project first.
//   node libs/scoring/data/build-skill-graph.mjs FOLDER EDITION
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTables, TABLE_FILES, tsvRows, withNames, writeGraphAsset } from '../../../dist/node_modules/@meriden/scoring/index.js';

const [folder, edition] = process.argv.slice(2);
if (!folder || !edition) {
  process.stderr.write('node libs/scoring/data/build-skill-graph.mjs FOLDER EDITION\n');
  process.exit(2);
}
const namesOf = (file) => tsvRows(readFileSync(join(import.meta.dirname, file), 'utf8'), ['esco_label', 'term']).map((row) => ({ skill: row.esco_label, name: row.term }));
const tables = withNames(parseTables(Object.fromEntries(TABLE_FILES.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))), namesOf('uk-terms.tsv'));
const ukCodes = new Map();
for (const row of tsvRows(readFileSync(join(import.meta.dirname, 'uk-skills-classification.tsv'), 'utf8'), ['esco_uuid', 'uk_code'])) {
  ukCodes.set(row.esco_uuid, [...(ukCodes.get(row.esco_uuid) ?? []), row.uk_code]);
}
const text = writeGraphAsset(tables, edition, ukCodes, withNames(tables, namesOf('advert-terms.tsv')));
writeFileSync(join(import.meta.dirname, 'skill-graph.tsv'), text);
process.stderr.write(`${tables.skills.length} skills, ${text.length} characters\n`);
