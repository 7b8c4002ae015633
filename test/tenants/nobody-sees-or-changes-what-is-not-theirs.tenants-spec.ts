import { randomUUID } from 'node:crypto';
import type { TestDatabase } from '../support/database.js';
import { subscribe } from '../e2e/support/subscription.js';
import { WATCHERS, type Planted, type Watcher } from './canaries.js';
import { askedBy, reachedFrom, rootFields } from './coordinates.js';
import { DOORS, ENDINGS, QUESTIONS, foreignMutations, subscriptionsOf, type TriedMutation } from './foreign-mutations.js';
import { WALLS, documentsOf, inParallel, nodeId, openGround, schema, type Document, type Ground, type Walls } from './ground.js';
import { Sightings } from './sightings.js';

// The matrix: every field that the schema has, asked as six roles on the objects of three tenants, three ways. It is made from
// the schema, so what is new is in it; where it cannot know by itself, it fails and says what to tell it.

/** Cases in each of the three ways, at least. */
const CASES = 5_000;
/** Codes that say the test asked wrongly, or that the API broke. */
const FAULTS = new Set(['INTERNAL', 'GRAPHQL_VALIDATION_FAILED', 'GRAPHQL_PARSE_FAILED', 'TOO_DEEP', 'TOO_COSTLY', 'BAD_USER_INPUT']);

/** Reference data that have no value yet, counts of people that are hidden because three are fewer than five, and what only a score really computed has. */
const EMPTY_HERE = new Set(['Campus.opensOn', 'Campus.parent', 'HiddenCount.count', 'RegionRow.count', 'Replay.replayedDigest']);

let ground: Ground;
const judges = new Map<Walls, Sightings>();
const judge = (walls: Walls): Sightings => judges.get(walls) as Sightings;

beforeAll(async () => {
  ground = await openGround(WALLS);
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
    const documents = documentsOf(ground.region).map((document) => ({ ...document, coordinates: askedBy(schema, document.query) }));
    const found = await inParallel(WATCHERS.flatMap((watcher) => documents.map((document) => () => look(walls, watcher, document, document.coordinates))));
    // One document of each kind of leak is enough to look into.
    const kinds = new Map(found.flat().map((leak) => [leak.split(' by ')[0], leak]));
    expect([...kinds.values()].slice(0, 10)).toEqual([]);
    expect(sightings.unseen()).toEqual([]);
    // A field that no document asks: give its compulsory arguments to `documentsOf` in ground.ts.
    const asked = new Set(documents.flatMap(({ coordinates }) => [...coordinates]));
    const queried = reachedFrom(schema, schema.getQueryType());
    expect(queried.filter((coordinate) => !asked.has(coordinate))).toEqual([]);
    // A field that is null for everybody: fill it in test/support/two-colleges.ts or canaries.ts.
    expect(sightings.unfilled(queried.filter((coordinate) => !EMPTY_HERE.has(coordinate)))).toEqual([]);
  }, 300_000);

  it('nodes(ids) finds an object for those who may see it and for nobody else, and the unknown for nobody', async () => {
    const { objects } = ground.region;
    const unknown = [...new Set(objects.map((object) => object.type))].map((type): Planted => ({ type, key: type === 'Suggestion' ? `${randomUUID()}:${randomUUID()}` : randomUUID(), owner: 'nobody', seenBy: [] }));
    const wrong = await inParallel(
      WATCHERS.map((watcher) => async () => {
        const asked = [...objects, ...unknown];
        const problems: string[] = [];
        for (let from = 0; from < asked.length; from += 100) {
          const page = asked.slice(from, from + 100);
          const { data } = await ground.client(walls, watcher).send<{ nodes: ({ id: string } | null)[] }>('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: page.map((object) => nodeId(object.type, object.key)) });
          for (const [index, object] of page.entries()) {
            const found = (data?.nodes[index] ?? null) !== null;
            if (found !== object.seenBy.includes(watcher)) problems.push(`${object.type} of ${object.owner}: ${watcher} ${found ? 'finds it' : 'does not find it'}`);
          }
        }
        return problems;
      }),
    );
    expect(wrong.flat()).toEqual([]);
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

/**
 * Asks a document as somebody. @returns what it gave away, and where it failed. A refusal deep in an answer hides what stands
 * beside it: the parts are then asked each for itself.
 */
async function look(walls: Walls, watcher: Watcher, { query, variables, parts }: Document, coordinates: ReadonlySet<string>): Promise<string[]> {
  const sightings = judge(walls);
  const answer = await ground.client(walls, watcher).send(query, variables);
  sightings.count(coordinates, watcher);
  const leaks = sightings.judge({ data: answer.data, errors: answer.errors }, watcher).map((leak) => `${leak} by ${query}`);
  if (parts !== undefined && answer.errors.some(({ path }) => path?.length !== 1)) {
    return [...leaks, ...(await Promise.all(parts.map((part) => look(walls, watcher, part, coordinates)))).flat()];
  }
  const fault = answer.errors.find((error) => FAULTS.has(error.extensions.code));
  return [...leaks, ...(fault ? [`${watcher}: ${fault.extensions.code} ${fault.message} by ${query}`] : [])];
}

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
