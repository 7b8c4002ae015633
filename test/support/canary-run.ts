import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '@meriden/platform';
import { GraphqlClient, REFUSED } from '../e2e/support/graphql-client.js';
import { rowsWith } from './database-scan.js';
import type { TestDatabase } from './database.js';

type Ground = Readonly<{
  origin: string;
  database: Pick<TestDatabase, 'sql'>;
  college: GraphqlClient;
  /** Folder in which Redis keeps what it was told; every command that changed something stands there. */
  redisDir: string;
  logs(): string;
}>;

export type CanaryFigures = Readonly<{
  /** Places of the canary before the erasure: the control. */
  before: number;
  copied: boolean;
  copiedOnce: boolean;
  /** What is left where, in places. */
  inDatabase: readonly string[];
  inRedis: number;
  inLogs: number;
  /** Whether the ids of the same work were found in Redis and the logs: they were looked at. */
  looked: boolean;
  seconds: number;
}>;

/** A person whose every text is a canary lives through the main verbs, good and bad, has a copy, is erased; then everything is searched. */
export async function runCanary({ origin, database, college, redisDir, logs }: Ground): Promise<CanaryFigures> {
  const began = performance.now();
  const canary = `canary${randomUUID().replaceAll('-', '').replace(/[0-9]/g, (digit) => 'ghijklmnop'.charAt(Number(digit)))}`;
  const email = `${canary}@example.org`;
  const learner = await enrol(college, database, canary, email);
  const client = new GraphqlClient(origin, await signInAs(database, email));
  await live(client, database, learner, canary);

  const copy = await ask(client, 'ACCESS');
  await until('the copy is made', async () => (await state(database, copy)) === 'DONE');
  const fetchCopy = () => fetch(`${origin}/my-data/${copy}/copy`, { headers: { authorization: `Bearer ${client.token}` } });
  const [first, second] = [await fetchCopy(), await fetchCopy()];
  const archive = Buffer.from(await first.arrayBuffer()).toString('utf8');
  const before = (await rowsWith(database, canary)).length;

  const erasure = await ask(client, 'ERASURE');
  await until('the erasure is done', async () => (await state(database, erasure)) === 'DONE');
  const redis = filesOf(redisDir).map((file) => readFileSync(file, 'latin1'));
  const places = (text: string, word: string): number => text.toLowerCase().split(word.toLowerCase()).length - 1;
  return {
    before,
    copied: first.status === 200 && archive.includes(email) && archive.includes(`I soldered as ${canary}`),
    copiedOnce: second.status === 404,
    inDatabase: await rowsWith(database, canary),
    inRedis: redis.reduce((sum, text) => sum + places(text, canary), 0),
    inLogs: places(logs(), canary),
    looked: redis.some((text) => text.includes(erasure)) && logs().length > 0,
    seconds: Math.round((performance.now() - began) / 1000),
  };
}

async function enrol(college: GraphqlClient, database: Ground['database'], canary: string, email: string): Promise<string> {
  // A profile that is complete and lawful: that of a learner who is there.
  const [model] = await database.sql<Record<string, unknown>>(
    `select academic_year, qualification_id, level, entry_point_id, funding_source_ids, travel_modes, max_travel_minutes, availability, required_hours, skills from learner where availability is not null and skills <> '[]' order by id limit 1`,
  );
  if (model === undefined) throw new Error('there is no learner to be like');
  const [skill] = model['skills'] as readonly { skillId: string }[];
  const profile = {
    qualificationId: model['qualification_id'],
    level: model['level'],
    entryPointId: model['entry_point_id'],
    fundingSourceIds: model['funding_source_ids'],
    outcode: 'B29',
    travelModes: model['travel_modes'],
    maxTravelMinutes: model['max_travel_minutes'],
    availability: model['availability'],
    requiredHours: model['required_hours'],
    skills: [{ skillId: skill?.skillId, source: 'STATED', evidence: `I soldered as ${canary}` }],
    interests: [],
    checks: [],
    adjustmentsNeeded: ['QUIET_SPACE'],
    consentToMatching: true,
  };
  const input = { idempotencyKey: randomUUID(), givenName: canary, familyName: canary, email, academicYear: model['academic_year'], dateOfBirth: '2009-03-04', profile };
  const mutation = `mutation ($input: EnrolLearnerInput!) { enrolLearner(input: $input) { ... on EnrolLearnerSuccess { learner { id } } ${REFUSED} } }`;
  // Refused first: what is wrong quotes what was given, and that must not lie about either.
  await college.send(mutation, { input: { ...input, idempotencyKey: randomUUID(), academicYear: canary, email: `${canary} at example` } });
  await college.send(mutation, { input: { ...input, idempotencyKey: randomUUID(), givenName: `${canary}\u0000` } });
  await college.send(`{ learners(first: 1) { ${canary} } }`);
  const { learner } = await college.do<{ learner: { id: string } }>(mutation, { input });
  return learner.id;
}

/** A session as the sign-in makes one; the account has no password yet. */
async function signInAs(database: Ground['database'], email: string): Promise<string> {
  const token = `${randomUUID()}${randomUUID()}`;
  await database.sql(
    `insert into session (id, token_hash, membership_id, kind, created_at, expires_at)
     select gen_random_uuid(), $2, m.id, 'BEARER', now(), now() + interval '1 hour' from membership m join person p on p.id = m.person_id where p.email = $1`,
    [email, sha256(token)],
  );
  return token;
}

/** Ranks, changes the profile, mistypes, and tries to sign in. */
async function live(client: GraphqlClient, database: Ground['database'], learnerId: string, canary: string): Promise<void> {
  const [round] = await database.sql<{ id: string }>(`select id from round where state = 'OPEN' limit 1`);
  const [vacancy] = await database.sql<{ id: string }>(`select id from vacancy where state = 'LIVE' order by id limit 1`);
  const node = (type: string, id: string): string => Buffer.from(`${type}:${id}`, 'utf8').toString('base64url');
  const rank = `mutation ($input: RankVacanciesInput!) { rankVacancies(input: $input) { __typename ${REFUSED} } }`;
  await client.do(rank, { input: { idempotencyKey: randomUUID(), roundId: node('Round', round?.id ?? ''), groups: [[node('Vacancy', vacancy?.id ?? '')]] } });
  const revise = `mutation ($input: ReviseProfileInput!) { reviseProfile(input: $input) { __typename ${REFUSED} } }`;
  await client.do(revise, { input: { learnerId, version: 1, profile: { maxTravelMinutes: 45 } } });
  await client.send(revise, { input: { learnerId, version: 2, profile: { outcode: canary } } });
  await client.send('mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }', { input: { email: `${canary}@example.org`, password: canary, kind: 'BEARER' } });
  await until('the learner is scored', async () => (await database.sql(`select 1 from command where state = 'ACCEPTED'`)).length === 0);
}

async function ask(client: GraphqlClient, kind: 'ACCESS' | 'ERASURE'): Promise<string> {
  const mutation = `mutation ($input: AskForMyDataInput!) { askForMyData(input: $input) { ... on AskForMyDataSuccess { request { id } } ${REFUSED} } }`;
  return (await client.do<{ request: { id: string } }>(mutation, { input: { idempotencyKey: randomUUID(), kind } })).request.id;
}

async function state(database: Ground['database'], id: string): Promise<string | undefined> {
  return (await database.sql<{ state: string }>('select state from subject_request where id = $1', [id]))[0]?.state;
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() && /\.(aof|rdb|log)$/.test(entry.name) ? [join(entry.parentPath, entry.name)] : []));
}

async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 120_000;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`not within two minutes: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
