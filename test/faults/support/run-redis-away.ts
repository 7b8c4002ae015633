import { REFUSED, type Answer, type GraphqlClient, type Refusal } from '../../e2e/support/graphql-client.js';
import { plainId } from './clients.js';
import type { Acknowledged } from './ledger.js';
import type { Site } from './site.js';

export type AwayReport = Readonly<{
  awaySeconds: number;
  asked: number;
  acknowledged: number;
  /** Mutations that were not done: refused, answered with an error, or not answered. */
  errors: number;
  /** Slowest answer, in milliseconds. */
  slowestMs: number;
  backlog: number;
  drainSeconds: number;
  lost: number;
  doubled: number;
  findings: readonly string[];
}>;

type Learner = { readonly id: string; version: number; last: Promise<void> };
type Payload = Readonly<{ learner?: Readonly<{ version: number }>; refusals?: readonly Refusal[] }>;

const REVISE = `mutation ($input: ReviseProfileInput!) { reviseProfile(input: $input) { ... on ReviseProfileSuccess { learner { version } } ${REFUSED} } }`;
const PATIENCE_MS = 600_000;

/**
 * Redis is killed and stays away while people go on working: open arrivals, `rate` mutations a second whether or not the one before is
 * answered. Every one must be done. Then it comes back, and what waited must be done, once.
 */
export async function runRedisAway(site: Site, { seconds, rate, onSecond }: Readonly<{ seconds: number; rate: number; onSecond?: (second: number, asked: number) => void }>): Promise<AwayReport> {
  const offices = await Promise.all((['college', 'college2'] as const).map((name) => site.as(name)));
  const learners: (Learner & { readonly office: GraphqlClient })[] = [];
  for (const office of offices) {
    const page = await office.ask<{ learners: { nodes: { id: string; version: number }[] } }>('{ learners(first: 100) { nodes { id version } } }');
    for (const { id, version } of page.learners.nodes) learners.push({ id, version, last: Promise.resolve(), office });
  }
  const acknowledged: Acknowledged[] = [];
  const findings: string[] = [];
  let [asked, errors, slowestMs] = [0, 0, 0];
  const revise = async (learner: (typeof learners)[number], n: number): Promise<void> => {
    const began = performance.now();
    const input = { learnerId: learner.id, version: learner.version, profile: { maxTravelMinutes: 20 + (n % 100) } };
    const answer: Answer<{ reviseProfile: Payload }> | Error = await learner.office.send<{ reviseProfile: Payload }>(REVISE, { input }).catch((error: Error) => error);
    slowestMs = Math.max(slowestMs, performance.now() - began);
    const version = answer instanceof Error ? undefined : answer.data?.reviseProfile.learner?.version;
    if (version === undefined) {
      errors += 1;
      findings.push(answer instanceof Error ? String(answer) : JSON.stringify(answer.errors.length > 0 ? answer.errors : answer.data));
      return;
    }
    learner.version = version;
    acknowledged.push({ kind: 'score-learner', subject: plainId(learner.id), version });
  };
  await site.servers.redis.kill();
  const began = performance.now();
  while (asked < seconds * rate) {
    const due = Math.min(seconds * rate, Math.floor(((performance.now() - began) / 1_000) * rate));
    for (; asked < due; asked++) {
      const learner = learners[asked % learners.length] as (typeof learners)[number];
      // Two changes of one person wait for one another: each carries the version it changes.
      learner.last = learner.last.then(() => revise(learner, asked));
    }
    onSecond?.(Math.floor((performance.now() - began) / 1_000), asked);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await Promise.all(learners.map(({ last }) => last));
  const awaySeconds = Math.round((performance.now() - began) / 1_000);
  const backlog = await site.ledger.undone();
  await site.servers.redis.restart();
  const back = performance.now();
  await site.eventually('the backlog is done', async () => (await site.ledger.undone()) === 0, PATIENCE_MS);
  const drainSeconds = Math.round((performance.now() - back) / 100) / 10;
  const verdict = await site.ledger.verdict(acknowledged);
  const { lost, doubled } = verdict;
  return { awaySeconds, asked, acknowledged: acknowledged.length, errors, slowestMs: Math.round(slowestMs), backlog, drainSeconds, lost, doubled, findings: [...findings.slice(0, 5), ...verdict.findings] };
}
