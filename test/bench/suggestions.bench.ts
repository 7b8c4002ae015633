import { loadavg } from 'node:os';
import { consoleDocuments } from '../support/console-documents.js';
import { ownServers, Site } from '../faults/support/site.js';
import { arrivals, percentile, type Reply } from './api/arrivals.js';
import { people, type Person } from './api/people.js';
import { figures } from './api/run-api-bench.js';
import { profileEdits, vacancyEdits } from './suggestions/edits.js';
import { growRegion, scoreRegion } from './suggestions/grown-region.js';
import { atMost, type Goal } from './verdict.js';

/**
 * `npm run bench -- suggestions [LEARNERS] [VACANCIES] [EDITS]`: the service at size, API and worker as processes on PostgreSQL and Redis. What a learner's own
 * suggestions take over GraphQL beside `{ __typename }` in the same run, and how long after an edit the new suggestions reach whoever follows them:
 * of the learner's own profile, and of a vacancy in the list. The goals are those of 100,000 x 10,000; exit 1 where one that must be met is missed.
 */
const [learners, vacancies, edits] = [process.argv[2] ?? '20000', process.argv[3] ?? '2000', process.argv[4] ?? '60'].map(Number) as [number, number, number];
if (![learners, vacancies, edits].every(Number.isInteger) || learners < 1_000 || vacancies < 500 || edits < 20 || edits > 100) {
  process.stderr.write('npm run bench -- suggestions [LEARNERS] [VACANCIES] [EDITS]: whole numbers; 1,000 learners, 500 vacancies and 20 edits at least, 100 edits at most\n');
  process.exit(2);
}
const SECONDS = 20;
const RATE = 10;
const PEER = '{ __typename }';
const READ: Goal = { must: 60, ahead: 30 };
const EDIT: Goal = { must: 1_000, ahead: 400 };

const load = (): number => Math.round((loadavg()[0] as number) * 10) / 10;
const tell = (line: Readonly<Record<string, unknown>>): void => void process.stdout.write(`${JSON.stringify({ bench: 'suggestions', ...line })}\n`);
const say = (words: string): void => void process.stderr.write(`  ${words}\n`);
let missed = false;
const judge = (...given: Parameters<typeof atMost>): void => {
  const { missed: miss, ...verdict } = atMost(...given);
  missed ||= miss;
  tell({ case: 'goal', ...verdict });
};

async function asked(site: Site, name: string, send: (n: number) => ReturnType<Person['client']['send']>): Promise<Readonly<{ n: number; cpuMs: number; p95: number; wrong: number }>> {
  const from = await figures(site);
  const began = performance.now();
  const replies: readonly Reply[] = await arrivals(SECONDS, RATE, (n) => ({ document: name, send: () => send(n) as never }));
  const to = await figures(site);
  const wrong = replies.filter(({ fault }) => fault !== null);
  const cpuMs = Math.round(to.cpuMs - from.cpuMs);
  const line = { n: replies.length, cpuMs, wallMs: Math.round(performance.now() - began), rssMB: to.rssMB, repeats: 1, p50: percentile(replies, 50), p95: percentile(replies, 95), p99: percentile(replies, 99) };
  tell({ case: `${name}, ${RATE}/s`, ...line, peer: PEER, errors: wrong.length, faults: [...new Set(wrong.map(({ fault }) => fault))].slice(0, 3), load: load() });
  return { n: replies.length, cpuMs, p95: line.p95, wrong: wrong.length };
}

const servers = await ownServers();
try {
  const site = await Site.start(servers, { learners: 400, vacancies: 120, workers: 1, lockMs: 30_000, preloads: ['statements'] });
  try {
    say(`a region of ${learners} x ${vacancies}`);
    const region = await growRegion(site.ledger, learners, vacancies);
    const began = performance.now();
    await scoreRegion(site, say);
    const wallMs = Math.round(performance.now() - began);
    // As the server does by itself within the hour.
    await site.ledger.sql('vacuum analyze suggestion');
    const [stored] = await site.ledger.sql<Readonly<Record<string, number>>>(`select (select count(*) from suggestion)::int as suggestions, (pg_database_size(current_database()) / 1048576)::int as "databaseMB"`);
    tell({ case: 'the region, scored and stored by one worker', ...region, ...stored, wallMs, learnersPerSecond: Math.round((region.learners * 1000) / wallMs), repeats: 1, load: load() });
    const cast = await people(site);
    const own = cast.filter(({ role }) => role === 'LEARNER');
    const person = (n: number): Person => own[n % own.length] as Person;
    const document = consoleDocuments().get('MyMatches')?.text;
    if (document === undefined) throw new Error('the console has no document MyMatches');
    for (let n = 0; n < 2 * own.length; n++) await person(n).client.send(document, { first: 20 });

    say('suggestions over GraphQL');
    const peer = await asked(site, PEER, (n) => person(n).client.send(PEER));
    const read = await asked(site, 'one learner’s 20 suggestions with reasons', (n) => person(n).client.send(document, { first: 20 }));
    tell({ case: 'suggestions against the peer', n: read.n, cpuMs: read.cpuMs, peer: PEER, peerCpuMs: peer.cpuMs, ratio: Math.round((read.cpuMs / peer.cpuMs) * 10) / 10, repeats: 1 });
    judge('one learner’s suggestions over the API, p95 ms', read.n, read.wrong > 0 ? Number.NaN : read.p95, READ);

    for (const [what, times] of [
      ['an edit of the profile', await profileEdits(own, edits, say)],
      ['an edit of a vacancy in the list', await vacancyEdits(site, cast, Math.min(edits, 30), say)],
    ] as const) {
      tell({ case: `${what}, until the new suggestions are told`, n: times.replies.length, wallMs: Math.round(times.wallMs), repeats: 1, p50: percentile(times.replies, 50), p95: percentile(times.replies, 95), most: percentile(times.replies, 100), first: times.firstMs, load: load() });
      judge(`${what} -> new suggestions over a subscription, p95 ms`, times.replies.length, percentile(times.replies, 95), EDIT);
    }
  } finally {
    await site.end();
  }
} finally {
  await servers.stop();
}
process.exit(missed ? 1 : 0);
