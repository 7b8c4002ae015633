import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphqlClient } from '../e2e/support/graphql-client.js';
import { ownServers, Site } from '../faults/support/site.js';
import { figures } from './api/run-api-bench.js';
import { percentile, type Reply } from './api/arrivals.js';

/**
 * `npm run bench -- signin [PEOPLE]`: people who sign in once each, sixteen at once, with the limit on password hashes that the API keeps;
 * then wrong passwords for accounts that there are and that there are not, turn about and one at a time: which it was, the time must not tell.
 */
const people = Number(process.argv[2] ?? 300);
const AT_ONCE = 16;
/** Wrong passwords of each kind at most: an address has 300 tries in a quarter of an hour. */
const WRONG = 100;
const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { __typename ... on SignInSuccess { role } ... on Refused { refusals { code } } } }';
if (!Number.isInteger(people) || people < AT_ONCE) {
  process.stderr.write(`npm run bench -- signin [PEOPLE]: a whole number, ${AT_ONCE} at least\n`);
  process.exit(2);
}

/** How often one of `a` took longer than one of `b`, of all pairs: 0.5 when times tell nothing, 0 or 1 when they tell all. */
const longer = (a: readonly Reply[], b: readonly Reply[]): number => Math.round((a.flatMap((one) => b.map((other) => Number(one.ms > other.ms))).reduce((sum, won) => sum + won, 0) / (a.length * b.length)) * 100) / 100;

const servers = await ownServers();
try {
  const site = await Site.start(servers, { learners: 40, vacancies: 18, workers: 1, lockMs: 15_000, preloads: ['statements'] });
  try {
    const { password } = JSON.parse(readFileSync(join(site.dataDir, 'demonstration.json'), 'utf8')) as { password: string };
    // The same password as the demonstration's learner, so that no hash has to be made here: each is checked at its full price.
    await site.ledger.sql(
      `with made as (
         insert into person (id, email, name, password_hash, disabled)
         select gen_random_uuid(), 'bench-' || n || '@bench.example', 'Bench Person (fictional)', (select password_hash from person where email = 'learner@demo.example'), false
         from generate_series(1, $1::int) n returning id)
       insert into membership (id, person_id, organisation_id, role, learner_id)
       select gen_random_uuid(), made.id, m.organisation_id, 'LEARNER', m.learner_id
       from made, (select m.organisation_id, m.learner_id from membership m join person p on p.id = m.person_id where p.email = 'learner@demo.example') m`,
      [people],
    );
    const client = new GraphqlClient(site.origin);
    const ends: Record<string, number> = {};
    const replies: Reply[] = [];
    let next = 1;
    const lane = async (): Promise<void> => {
      for (let n = next++; n <= people; n = next++) {
        const began = performance.now();
        const { data, errors } = await client.send<{ signIn: { __typename: string; refusals?: { code: string }[] } }>(SIGN_IN, { input: { email: `bench-${n}@bench.example`, password, kind: 'BEARER' } });
        const end = errors[0]?.extensions.code ?? data?.signIn.refusals?.[0]?.code ?? 'done';
        ends[end] = (ends[end] ?? 0) + 1;
        replies.push({ document: 'signIn', ms: performance.now() - began, fault: end === 'done' ? null : end });
      }
    };
    const before = await figures(site);
    const began = performance.now();
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    const wallMs = Math.round(performance.now() - began);
    const after = await figures(site);
    const done = replies.filter(({ fault }) => fault === null);
    const line = { bench: 'signin', case: `${people} people, ${AT_ONCE} at once`, n: people, cpuMs: Math.round(after.cpuMs - before.cpuMs), wallMs, rssMB: after.rssMB, repeats: 1, perSecond: Math.round((done.length / wallMs) * 10_000) / 10, p50: percentile(done, 50), p95: percentile(done, 95), ends };
    process.stdout.write(`${JSON.stringify(line)}\n`);
    const wrong: Record<'known' | 'unknown', Reply[]> = { known: [], unknown: [] };
    const each = Math.min(WRONG, people);
    const [from, to] = [await figures(site), performance.now()];
    for (let n = 1; n <= each; n++) {
      // Neither is always the first of a pair.
      for (const kind of n % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)) {
        const start = performance.now();
        const { errors, data } = await client.send<{ signIn: { __typename: string } }>(SIGN_IN, { input: { email: `${kind === 'known' ? 'bench' : 'nobody'}-${n}@bench.example`, password: `not ${password}`, kind: 'BEARER' } });
        wrong[kind].push({ document: kind, ms: performance.now() - start, fault: errors[0]?.extensions.code ?? data?.signIn.__typename ?? 'nothing' });
      }
    }
    const ended = await figures(site);
    const of = (kind: 'known' | 'unknown') => ({ p50: percentile(wrong[kind], 50), p95: percentile(wrong[kind], 95), ends: [...new Set(wrong[kind].map(({ fault }) => fault))] });
    const told = { bench: 'signin', case: `wrong password, ${each} accounts that there are and ${each} that there are not`, n: 2 * each, cpuMs: Math.round(ended.cpuMs - from.cpuMs), wallMs: Math.round(performance.now() - to), rssMB: ended.rssMB, repeats: 1, known: of('known'), unknown: of('unknown'), unknownTakesLonger: longer(wrong.unknown, wrong.known) };
    process.stdout.write(`${JSON.stringify(told)}\n`);
  } finally {
    await site.end();
  }
} finally {
  await servers.stop();
}
process.exit(0);
