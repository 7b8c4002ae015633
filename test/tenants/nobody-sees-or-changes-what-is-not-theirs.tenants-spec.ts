import { randomBytes } from 'node:crypto';
import type { TestDatabase } from '../support/database.js';
import { subscribe } from '../e2e/support/subscription.js';
import { WATCHERS } from './canaries.js';
import { askedBy, reachedFrom, rootFields } from './coordinates.js';
import { DOORS, ENDINGS, QUESTIONS, foreignMutations, subscriptionsOf, type TriedMutation } from './foreign-mutations.js';
import { WALLS, inParallel, openGround, schema, type Ground, type Walls } from './ground.js';
import { FAULTS, look, sentencesOf, sweepOf, wronglyFound, type Sweep } from './looks.js';
import { readingPolicies, withOpened } from './opened-policies.js';
import { otherPoliciesWithConditions, tryWrites, unnoticed } from './opened-writes.js';
import { tryRandomDocuments } from './random-documents.js';
import { Sightings } from './sightings.js';

// The matrix: every field that the schema has, asked as six roles on the objects of three tenants, three ways. It is made from
// the schema, so what is new is in it; where it cannot know by itself, it fails and says what to tell it.

/** Cases in each of the three ways, at least. */
const CASES = 5_000;
/** Reference data that have no value yet, counts of people that are hidden because three are fewer than five, and what only a score really computed has. */
const EMPTY_HERE = new Set(['Campus.opensOn', 'Campus.parent', 'HiddenCount.count', 'RegionRow.count', 'Replay.replayedDigest']);

/** Of the 2,000 of `npm run promises`. */
const RANDOM = 150;

let ground: Ground;
let sweep: Sweep;
const judges = new Map<Walls, Sightings>();
const judge = (walls: Walls): Sightings => judges.get(walls) as Sightings;

beforeAll(async () => {
  ground = await openGround(WALLS);
  sweep = sweepOf(ground);
  for (const walls of WALLS) judges.set(walls, new Sightings(ground.region, walls === 'row-level security alone'));
}, 240_000);
afterAll(() => ground?.end());

it('the sweep planted a canary in every free text there is', () => {
  const { swept } = ground.region;
  const planted = Object.values(swept).filter((word) => word === 'planted').length;
  expect(Object.entries(swept).filter(([, word]) => word === 'no row')).toEqual([]);
  expect(planted).toBeGreaterThanOrEqual(24);
});

describe.each(WALLS)('with %s', (walls) => {
  it('every query, as everybody, gives away nothing of another tenant and gives everybody their own', async () => {
    const sightings = judge(walls);
    const found = await inParallel(WATCHERS.flatMap((watcher) => sweep.map(({ document, coordinates }) => () => look(ground, walls, sightings, watcher, document, coordinates))));
    // One document of each kind of leak is enough to look into.
    const kinds = new Map(found.flatMap(sentencesOf).map((leak) => [leak.split(' by ')[0], leak]));
    expect([...kinds.values()].slice(0, 10)).toEqual([]);
    expect(sightings.unseen()).toEqual([]);
    // A field that no document asks: give its compulsory arguments to `documentsOf` in ground.ts.
    const asked = new Set(sweep.flatMap(({ coordinates }) => [...coordinates]));
    const queried = reachedFrom(schema, schema.getQueryType());
    expect(queried.filter((coordinate) => !asked.has(coordinate))).toEqual([]);
    // A field that is null for everybody: fill it in test/support/two-colleges.ts or canaries.ts.
    expect(sightings.unfilled(queried.filter((coordinate) => !EMPTY_HERE.has(coordinate)))).toEqual([]);
  }, 300_000);

  it('nodes(ids) finds an object for those who may see it and for nobody else, and the unknown for nobody', async () => {
    expect(await wronglyFound(ground, walls)).toEqual({ leaks: [], faults: [] });
  }, 300_000);

  it('no mutation on another tenant’s object is done, and none leaves a row changed', async () => {
    const before = await fingerprint(ground.database);
    const tests = foreignMutations(schema, ground.region).filter(({ own }) => !own);
    const done = await inParallel(
      tests.map(({ watcher, owner, mutation, variables }) => async () => {
        const { data, errors } = await ground.client(walls, watcher).send<Record<string, { __typename: string } | null>>(mutation, variables);
        judge(walls).count(askedBy(schema, mutation), watcher, [owner]);
        const payload = Object.values(data ?? {})[0] ?? null;
        // Refused for a fault of the test's own input would prove nothing.
        // Without policies it is the database that refuses, in no words for people; its log must say that it was that.
        const fault = errors.find((error) => FAULTS.has(error.extensions.code) && !(error.extensions.code === 'INTERNAL' && refusedByRows(walls, error.extensions.reference)));
        if (fault) return [`${mutation} as ${watcher}: ${fault.extensions.code} ${fault.message}`];
        const refused = errors.length > 0 || payload === null || payload.__typename === 'Refused';
        const leaks = judge(walls).judge({ data, errors }, watcher, 'Mutation');
        return [...(refused ? [] : [`${watcher} may: ${mutation} ${JSON.stringify(variables)}`]), ...leaks];
      }),
    );
    expect(done.flat().slice(0, 10)).toEqual([]);
    expect(await fingerprint(ground.database)).toEqual(before);
  }, 300_000);

  it('every subscription tells its own and ends for all others without an event', async () => {
    const tests = subscriptionsOf(schema, ground.region);
    const wrong = await inParallel(
      tests.map(({ watcher, owner, sees, query, variables }) => async () => {
        const subscription = subscribe<unknown>(ground.client(walls, watcher), query, variables);
        judge(walls).count(askedBy(schema, query), watcher, owner === 'nobody' ? undefined : [owner]);
        try {
          const event = await subscription.next(60_000).catch((error: unknown) => String(error));
          if (typeof event === 'string') return event.includes('it ended') && !sees ? [] : [`${watcher} with ${query}: ${event}`];
          const leaks = judge(walls).judge(event, watcher, 'Subscription');
          return event.data !== null && !sees ? [`${watcher} hears ${JSON.stringify(event)}`, ...leaks] : leaks;
        } finally {
          await subscription.close();
        }
      }),
      8,
    );
    if (wrong.flat().length > 0) process.stderr.write(ground.log(walls));
    expect(wrong.flat()).toEqual([]);
  }, 300_000);

  it(`these are at least ${CASES} cases, and every field of the schema is in one`, () => {
    const verbs = [...rootFields(schema.getMutationType()), ...rootFields(schema.getSubscriptionType())].filter((verb) => !DOORS.has(verb.split('.')[1] ?? ''));
    process.stderr.write(`  tenancy with ${walls}: ${judge(walls).cases} cases\n`);
    expect(judge(walls).cases).toBeGreaterThanOrEqual(CASES);
    expect(judge(walls).uncounted([...reachedFrom(schema, schema.getQueryType()), ...verbs])).toEqual([]);
  });
});

describe('the matrix itself', () => {
  it('finds what is not theirs when any one reading policy of objects is opened', async () => {
    // What everybody who is signed in may read is no wall between tenants.
    const walled = ground.region.objects.filter(({ seenBy }) => seenBy.length < WATCHERS.length - 1);
    const tables = new Set(walled.map(({ type }) => type.replace(/(?!^)[A-Z]/g, '_$&').toLowerCase()));
    const policies = (await readingPolicies(ground.database)).filter(({ table }) => tables.has(table));
    expect(policies.map(({ table }) => table).sort()).toEqual([...tables].sort());
    const unseen: string[] = [];
    const broken: string[] = [];
    for (const policy of policies) {
      const { leaks, faults } = await withOpened(ground.database, policy, () => wronglyFound(ground, 'row-level security alone'));
      broken.push(...faults.map((fault) => `${policy.table} opened: ${fault}`));
      // Only who finds what is not theirs has noticed: any request that fails would find nothing.
      if (leaks.length === 0) unseen.push(policy.table);
    }
    // A candidate is shown through a function that asks for its employer once more: that wall stands by itself.
    expect([unseen, broken]).toEqual([['candidate'], []]);
    expect(await wronglyFound(ground, 'row-level security alone')).toEqual({ leaks: [], faults: [] });
  }, 120_000);

  it('at the database nobody writes what is not theirs, and any one writing policy opened lets somebody', async () => {
    const tried = await tryWrites(ground.database, ground.region, { small: true });
    expect(tried.flatMap(({ name, foreign }) => foreign.map((who) => `${name}: ${who}`))).toEqual([]);
    expect(unnoticed(tried.filter(({ mixed }) => !mixed))).toEqual([]);
    expect(tried.filter(({ mixed }) => !mixed).length).toBeGreaterThanOrEqual(80);
    // The worker sees all rows of what it may write at all: were a policy of its own to look at a row, it would have to be tried here.
    expect(await otherPoliciesWithConditions(ground.database)).toEqual([]);
  }, 120_000);

  it(`${RANDOM} random documents, as everybody, break nothing and give nothing away`, async () => {
    const { faults, answered } = await tryRandomDocuments(ground, { count: RANDOM, seed: randomBytes(4).toString('hex') });
    expect(faults).toEqual([]);
    // Refused ones alone would show little.
    expect(answered).toBeGreaterThan(RANDOM / 4);
  }, 120_000);
});

describe('the control of mutations: last, because they are done', () => {
  it.each(WALLS)('with %s the entitled get past the wall with the same input', async (walls) => {
    const stopped: string[] = [];
    const controlled = new Set<string>();
    const entitled = foreignMutations(schema, ground.region).filter(({ own }) => own);
    const tried = async ({ watcher, mutation, field, variables }: TriedMutation): Promise<void> => {
      controlled.add(field);
      const { data, errors } = await ground.client(walls, watcher).send<Record<string, { __typename: string; refusals?: readonly { __typename: string }[] } | null>>(mutation, variables);
      const payload = Object.values(data ?? {})[0];
      const kinds = payload?.refusals?.map((refusal) => refusal.__typename) ?? [];
      // What else a mutation may be refused for, such as its turn, is decided behind the wall.
      if (errors.length > 0 || payload == null || kinds.includes('NotFound') || kinds.includes('NotAllowed')) stopped.push(`${watcher} may not: ${mutation} ${JSON.stringify({ data, errors })}`);
    };
    // Questions wait a while for a worker, which is not there; the others go one after another, for they change the same objects.
    const questions = Promise.all(entitled.filter(({ field }) => QUESTIONS.has(field)).map(tried));
    for (const one of entitled) if (!QUESTIONS.has(one.field)) await tried(one);
    await questions;
    expect(stopped).toEqual([]);
    // No plan lets anybody do these: add one with its entitled in foreign-mutations.ts.
    expect(Object.keys(schema.getMutationType()?.getFields() ?? {}).filter((field) => !controlled.has(field) && !DOORS.has(field) && !ENDINGS.has(field))).toEqual([]);
  }, 300_000);
});

/** Whether the log says of this fault that a policy of the database refused the row. */
function refusedByRows(walls: Walls, reference: string | undefined): boolean {
  if (walls !== 'row-level security alone' || reference === undefined) return false;
  // The edition is the one row that whoever may not change the scoring finds gone.
  return ground.log(walls).split('\n').some((line) => line.includes(reference) && /violates row-level security policy|The edition of the scoring is missing/.test(line));
}

/** A digest of every table but those that only grow while people look on. */
async function fingerprint(on: TestDatabase): Promise<Record<string, string>> {
  const tables = await on.sql<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not in ('migration', 'session', 'audit_entry', 'audit_link', 'audit_chain') order by 1`,
  );
  const digests: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await on.sql<{ digest: string }>(`select coalesce(md5(string_agg(t::text, '|' order by t::text)), 'empty') as digest from "${name}" t`);
    digests[name] = row?.digest ?? '';
  }
  return digests;
}
