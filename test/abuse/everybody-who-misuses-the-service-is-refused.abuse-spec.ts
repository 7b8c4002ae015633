import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@meriden/platform';
import type { TestDatabase } from '../support/database.js';
import { FAMILIES, pageOf } from './families.js';
import { attemptAll, openSite, picture, type OpenSite } from './open-site.js';
import { raw, type Site } from './site.js';

let ground: OpenSite;
let database: TestDatabase;
let site: Site;
const counts = new Map<number, number>();

beforeAll(async () => {
  ground = await openSite();
  ({ database, site } = ground);
}, 240_000);

afterAll(async () => {
  await ground?.end();
});

describe.each(FAMILIES.map((family) => [family.title, family] as const))('%s', (_title, family) => {
  it(`(family ${family.n}) is refused in every variant, and no row is changed`, async () => {
    const variants = family.variants(site);
    expect(new Set(variants.map(({ name }) => name)).size).toBe(variants.length);
    // Neither tried nor said to be missing would be a family forgotten.
    expect(variants.length > 0 || family.notBuilt !== null).toBe(true);
    counts.set(family.n, variants.length);
    const before = await picture(database);
    expect(await attemptAll(site, variants)).toEqual([]);
    expect(await picture(database)).toEqual(before);
    expect(ground.api.log()).not.toMatch(/uncaughtException|unhandledRejection/);
  }, 300_000);
});

it('who may hand in a list checks it, imports it once, and reads alone what was wrong', async () => {
  const staff = site.as('staff a');
  const file = `givenName,familyName,dateOfBirth,academicYear,qualification,entryPoint\nWren,Tallowmere,2008-05-06,2031/32,60358324,school-leaver-t-level\nIvo,,2008-05-06,2031/32,60358324,school-leaver-t-level\n`;
  const response = await fetch(`${staff.origin}/imports/learners`, { method: 'POST', headers: { 'content-type': 'text/csv', authorization: `Bearer ${staff.token}` }, body: file });
  expect(response.status).toBe(201);
  const { uploadId } = (await response.json()) as { uploadId: string };
  const run = '{ run { state version report { rows accepted refused created stored errors { row column code } } } } ... on Refused { refusals { code } }';
  type Run = { run: { state: string; version: number; report: object } };
  const checked = await staff.do<Run>(`mutation ($input: CheckImportInput!) { checkImport(input: $input) { ... on CheckImportSuccess ${run} } }`, { input: { uploadId, version: 1 } });
  expect(checked.run).toMatchObject({ state: 'CHECKED', version: 2, report: { rows: 2, accepted: 1, refused: 1, created: 1, stored: 0, errors: [{ row: 3, column: 'familyName', code: 'FIELD_REQUIRED' }] } });
  const start = `mutation ($input: StartImportInput!) { startImport(input: $input) { ... on StartImportSuccess ${run} } }`;
  const input = { uploadId, version: 2, partial: true };
  // Twice at once: one of them is told that the other was faster.
  const both = await Promise.all([staff.ask<{ startImport: Partial<Run> & { refusals?: { code: string }[] } }>(start, { input }), staff.ask<{ startImport: Partial<Run> & { refusals?: { code: string }[] } }>(start, { input })]);
  expect(both.map(({ startImport }) => startImport.run?.state ?? startImport.refusals?.[0]?.code).sort()).toEqual(['DONE', 'VERSION_CONFLICT']);
  expect(await database.sql(`select count(*)::int as n from learner where family_name = 'Tallowmere'`)).toEqual([{ n: 1 }]);
  expect(await database.sql(`select count(*)::int as n from import_file where run_id = $1`, [uploadId])).toEqual([{ n: 0 }]);
  for (const watcher of ['staff b', 'host a', 'student a', 'operator', 'region'] as const) expect(await site.as(watcher).ask('query ($id: ID!) { importRun(id: $id) { id } }', { id: uploadId })).toEqual({ importRun: null });
});

it('each list is given as a file to those whose it is, and holds what they see on screen', async () => {
  const wanted = [
    ['staff a', 'learners', ['learner a: given_name', 'learner a: family_name', 'learner a: academic_year']],
    ['staff a', 'unplaced', []],
    ['host a', 'candidates', ['candidate a: pseudonym']],
    ['host a', 'vacancies', ['vacancy a: title', 'draft a: title', 'draft a: description']],
    ['operator', 'rounds', []],
    ['operator', 'outcomes', ['outcome a: reason', 'outcome b: reason', 'vacancy a: title']],
  ] as const;
  for (const [watcher, list, about] of wanted) {
    const { status, text, headers } = await raw(site, watcher, `/exports/${list}.csv`);
    expect([watcher, list, status, headers.get('content-disposition')]).toEqual([watcher, list, 200, `attachment; filename="${list}.csv"`]);
    const seen = site.region.canaries.filter((canary) => text.includes(canary.text)).map((canary) => canary.about);
    expect(seen).toEqual(expect.arrayContaining([...about]));
    expect(site.region.canaries.filter((canary) => text.includes(canary.text) && !canary.seenBy.includes(watcher))).toEqual([]);
  }
  expect(await database.sql(`select count(*)::int as n from audit_entry where verb = 'exported' and noun = 'learner'`)).toEqual([{ n: 2 }]);
});

it('the page says what was tried', () => {
  const file = join(projectRoot(), 'docs/abuse.md');
  expect([...counts.keys()]).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  for (const { also } of FAMILIES) for (const path of also) expect(readFileSync(join(projectRoot(), path), 'utf8').length).toBeGreaterThan(0);
  const page = pageOf(counts);
  if (process.env['MERIDEN_WRITE_PAGES'] === '1') writeFileSync(file, page);
  expect(readFileSync(file, 'utf8')).toBe(page);
});
