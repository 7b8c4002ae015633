import { REFUSED } from '../../e2e/support/graphql-client.js';
import { subscribe } from '../../e2e/support/subscription.js';
import type { Site } from '../../faults/support/site.js';
import type { Reply } from '../api/arrivals.js';
import type { Person } from '../api/people.js';

type Changed = Readonly<{ suggestionsChanged: { resumeToken: string; best: readonly Readonly<{ id: string; rank: number; score: number }>[] } }>;
/** As the console asks. */
const CHANGED = 'subscription ($id: ID!) { suggestionsChanged(learnerId: $id) { resumeToken best { id rank score } } }';
const REVISE_PROFILE = `mutation ($input: ReviseProfileInput!) { reviseProfile(input: $input) { ... on ReviseProfileSuccess { learner { version } } ${REFUSED} } }`;
const REVISE_VACANCY = `mutation ($input: ReviseVacancyInput!) { reviseVacancy(input: $input) { ... on ReviseVacancySuccess { vacancy { version } } ${REFUSED} } }`;
/** Edits before those that count: the first of a vacancy waits until everybody is read. */
const WARM = 3;
const PATIENCE_MS = 120_000;

type Times = Readonly<{ replies: readonly Reply[]; wallMs: number; /** What the very first edit took. */ firstMs: number }>;

const nodeId = (type: string, key: string): string => Buffer.from(`${type}:${key}`).toString('base64url');
const keyOf = (id: string): string => Buffer.from(id, 'base64url').toString('utf8').split(':')[1] as string;

/** From the moment the edit is sent until another list than the one before is there, the answer to the edit included. */
async function untilTold(follower: Person, learnerId: string, edit: () => Promise<unknown>): Promise<number> {
  const events = subscribe<Changed>(follower.client, CHANGED, { id: learnerId });
  try {
    const before = (await events.next(PATIENCE_MS)).data?.suggestionsChanged.resumeToken;
    const began = performance.now();
    const [told] = await Promise.all([events.nextWhere(({ suggestionsChanged }) => suggestionsChanged.resumeToken !== before, PATIENCE_MS).then(() => performance.now()), edit()]);
    return told - began;
  } finally {
    await events.close();
  }
}

async function oneAfterAnother(what: string, count: number, once: (n: number) => Promise<number>, say: (words: string) => void): Promise<Times> {
  const began = performance.now();
  let firstMs = 0;
  const replies: Reply[] = [];
  for (let n = 0; n < WARM + count; n++) {
    const ms = await once(n);
    if (n === 0) say(`${what}: the first took ${(firstMs = Math.round(ms))} ms`);
    if (n >= WARM) replies.push({ document: what, ms, fault: null });
  }
  return { replies, wallMs: performance.now() - began, firstMs };
}

/** Each by another learner, who follows the own list meanwhile; every edit changes what all of the list was computed from. */
export function profileEdits(learners: readonly Person[], count: number, say: (words: string) => void): Promise<Times> {
  return oneAfterAnother('profile', count, async (n) => {
    const person = learners[n % learners.length] as Person;
    const { viewer } = await person.client.ask<{ viewer: { learner: { id: string; version: number; maxTravelMinutes: number } } }>('{ viewer { learner { id version maxTravelMinutes } } }');
    const { id, version, maxTravelMinutes } = viewer.learner;
    const profile = { maxTravelMinutes: maxTravelMinutes > 60 ? maxTravelMinutes - 5 : maxTravelMinutes + 5 };
    return untilTold(person, id, () => person.client.do(REVISE_PROFILE, { input: { learnerId: id, version, profile } }));
  }, say);
}

/**
 * Each of another vacancy, by its employer, while a learner in whose list it stands follows that list. Learners who lost it from a full list are scored anew by
 * commands of their own; the next edit is sent when these are done.
 */
export async function vacancyEdits(site: Site, cast: readonly Person[], count: number, say: (words: string) => void): Promise<Times> {
  const learners = new Map(cast.filter(({ role }) => role === 'LEARNER').map((person) => [keyOf(person.ids['learnerId'] as string), person]));
  const employers = new Map(cast.filter(({ role }) => role === 'EMPLOYER').map((person) => [keyOf(person.ids['organisationId'] as string), person]));
  const edited = new Set<string>();
  return oneAfterAnother('vacancy', count, async (n) => {
    await site.eventually('what the edit before led to is done', async () => (await site.ledger.undone()) === 0, PATIENCE_MS);
    // Chosen now: what the edit before led to may have put it out of a list.
    const [pair] = await site.ledger.sql<{ vacancyId: string; learnerId: string; employerId: string; version: number; description: string }>(
      `select v.id as "vacancyId", s.learner_id as "learnerId", v.organisation_id as "employerId", v.version, v.description
       from suggestion s join vacancy v on v.id = s.vacancy_id
       where s.learner_id = any ($1::uuid[]) and v.organisation_id = any ($2::uuid[]) and v.state = 'LIVE' and v.id <> all ($3::uuid[]) order by md5(s.learner_id::text || v.id::text) limit 1`,
      [[...learners.keys()], [...employers.keys()], [...edited]],
    );
    if (pair === undefined) throw new Error(`only ${n} vacancies of those who edit are in the lists of those who follow`);
    const { vacancyId, learnerId, employerId, version, description } = pair;
    edited.add(vacancyId);
    const input = { vacancyId: nodeId('Vacancy', vacancyId), version, details: { description: `${description} The lift works again.` } };
    return untilTold(learners.get(learnerId) as Person, nodeId('Learner', learnerId), () => (employers.get(employerId) as Person).client.do(REVISE_VACANCY, { input }));
  }, say);
}
