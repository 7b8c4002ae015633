import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REFUSED } from '../../e2e/support/graphql-client.js';
import { POISON } from '../preload/witness-talk.js';
import { Clients, plainId } from './clients.js';
import { Dice } from './dice.js';
import type { Site } from './site.js';

export type PoisonReport = Readonly<{
  poisons: number;
  /** Poisoned commands that were parked with a reason. */
  parked: number;
  /** Most times any of them was begun. */
  mostTries: number;
  /** Workers that died of them. */
  deaths: number;
  /** Commands of the others, acknowledged meanwhile. */
  others: number;
  /** Parked ones that were done once an operator started them again. */
  revived: number;
  lost: number;
  doubled: number;
  findings: readonly string[];
}>;

type Parked = Readonly<{ commands: Readonly<{ nodes: readonly Readonly<{ id: string; kind: string; state: string; tries: number; reason: string }>[] }> }>;
type Versioned = Readonly<{ id: string; version: number }>;

const PARKED = '{ commands(first: 100, state: DEAD) { nodes { id kind state tries reason } } }';
const AGAIN = `mutation ($input: StartCommandAgainInput!) { startCommandAgain(input: $input) { ... on StartCommandAgainSuccess { command { state tries } } ${REFUSED} } }`;
const REVISE = `mutation ($input: ReviseProfileInput!) { reviseProfile(input: $input) { ... on ReviseProfileSuccess { learner { version } } ${REFUSED} } }`;

/**
 * One after the other: a profile whose scoring aborts the process, while others are changed and scored. It must be parked after five
 * tries with a reason, hold up nobody, and be done when its cause is gone and an operator starts it again.
 */
export async function runPoison(site: Site, { count, seed }: Readonly<{ count: number; seed: string }>): Promise<PoisonReport> {
  const [college, operator] = await Promise.all([site.as('college'), site.as('operator')]);
  const file = join(site.dataDir, POISON);
  const { learners } = await college.ask<{ learners: { nodes: Versioned[] } }>('{ learners(first: 50) { nodes { id version } } }');
  const [victim, ...healthy] = learners.nodes as [Versioned, ...Versioned[]];
  const clients = new Clients(new Dice(seed), 150, () => false, 0);
  clients.reviseProfiles(college, healthy);
  const deathsBefore = deaths(site);
  let { version } = victim;
  let [parked, mostTries, revived] = [0, 0, 0];
  for (let n = 0; n < count; n++) {
    writeFileSync(file, plainId(victim.id));
    const { learner } = await college.do<{ learner: Versioned }>(REVISE, { input: { learnerId: victim.id, version, profile: { maxTravelMinutes: 30 + (n % 60) } } });
    version = learner.version;
    const dead = async (): Promise<Parked['commands']['nodes'][number] | undefined> =>
      (await operator.ask<Parked>(PARKED)).commands.nodes.find(({ reason }) => reason.startsWith('Parked after'));
    await site.eventually('the poisoned command is parked', async () => {
      await pause(300);
      return (await dead()) !== undefined;
    }, 300_000);
    const found = (await dead()) as Parked['commands']['nodes'][number];
    parked += 1;
    mostTries = Math.max(mostTries, found.tries - 1);
    rmSync(file);
    await operator.do(AGAIN, { input: { commandId: found.id } });
    const clean = await site.ledger.sql<{ n: number }>(`select count(*)::int as n from audit_entry where noun = 'command' and verb = 'started again' and object_id = $1 and person_id is not null`, [plainId(found.id)]);
    await site.eventually('the revived command is done', async () => (await site.ledger.sql(`select 1 from command where id = $1 and state = 'DONE'`, [plainId(found.id)])).length === 1, 120_000);
    if (clean[0]?.n === 1) revived += 1;
    clients.acknowledged.push({ kind: 'score-learner', subject: plainId(victim.id), version });
  }
  await site.eventually('others were at work', () => clients.acknowledged.length >= 20 + count, 120_000);
  await clients.stop();
  await site.eventually('everything accepted is done', async () => (await site.ledger.undone()) === 0, 180_000);
  const { lost, doubled, findings } = await site.ledger.verdict(clients.acknowledged);
  return { poisons: count, parked, mostTries, deaths: deaths(site) - deathsBefore, others: clients.acknowledged.length - count, revived, lost, doubled, findings };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const deaths = (site: Site): number => site.posts.reduce((sum, post) => sum + post.crashes.filter((how) => how === 'SIGABRT').length, 0);
