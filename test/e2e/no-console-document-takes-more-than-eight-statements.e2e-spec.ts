import { consoleDocuments } from '../support/console-documents.js';
import { MIX } from '../bench/api/mix.js';
import { asker, cost, openRound } from '../bench/api/run-api-bench.js';
import { people } from '../bench/api/people.js';
import { Site } from '../faults/support/site.js';
import { FEW_SESSIONS } from '../support/built-program.js';
import { SMALL_REGION } from '../support/migrated-database.js';
import { START_MS } from './support/meriden.js';

const MOST = 8;
/** A command does more than a question; this one no more than now. */
const ABOVE: Readonly<Record<string, number>> = { RankVacancies: 26 };

let site: Site;
beforeAll(async () => {
  const given = { databaseUrl: process.env['DATABASE_URL'] as string, redisUrl: process.env['REDIS_URL'] as string };
  site = await Site.start(given, { ...SMALL_REGION, workers: 1, lockMs: 15_000, sessions: FEW_SESSIONS, preloads: ['statements'] });
}, START_MS);
afterAll(() => site?.end());

it('every query of the console is among those measured', () => {
  const queries = [...consoleDocuments()].filter(([, { kind }]) => kind === 'query').map(([name]) => name);
  expect(queries.filter((name) => !MIX.some(({ document }) => document === name))).toEqual([]);
});

it(`none takes more than ${MOST} statements, beginning and ending the transaction among them`, async () => {
  const asks = asker(await people(site), { roundId: await openRound(site) });
  const found = [];
  for (const asked of MIX) found.push(await cost(site, asked, asks, 3));
  const wrong = found.filter(({ fault }) => fault !== null);
  expect(wrong).toEqual([]);
  expect(found.filter(({ document, statements }) => statements > (ABOVE[document] ?? MOST)).map(({ document, statements }) => `${document}: ${statements}`)).toEqual([]);
  // Counted at all.
  expect(Math.max(...found.map(({ statements }) => statements))).toBeGreaterThan(3);
}, START_MS);
