import type { GraphqlClient } from '../../e2e/support/graphql-client.js';
import { Clients } from './clients.js';
import { Dice } from './dice.js';
import type { Site } from './site.js';

export type RestartReport = Readonly<{
  restarts: number;
  /** Programs that ended otherwise than in order. */
  disorderly: readonly (number | string)[];
  accepted: number;
  /** Requests that found nobody in, or were cut, and were sent again by whoever sent them; all got their answer in the end. */
  triedAgain: number;
  lost: number;
  doubled: number;
  /** Tries that one command took at most: 1, since what runs is let end. */
  mostTries: number;
  findings: readonly string[];
}>;

/** Worker, worker, API, one after the other again and again, told to stop (SIGTERM) with work in hand and started anew. */
export async function runRestarts(site: Site, { count, seed, everyMs = 10, onRestart }: Readonly<{ count: number; seed: string; everyMs?: number; onRestart?: (done: number) => void }>): Promise<RestartReport> {
  const [before] = await site.ledger.sql<{ at: string }>('select now()::text as at');
  const clients = await atWork(site, await site.as('college'), seed, everyMs);
  const disorderly: (number | string)[] = [];
  for (let done = 0; done < count; done++) {
    const post = site.posts[done % (site.posts.length + 1)];
    if (post !== undefined) await site.eventually('the worker is at work', () => post.busy, 60_000);
    const end = await (post?.replace() ?? site.restartApi());
    if (end !== 0) disorderly.push(end);
    onRestart?.(done + 1);
  }
  await site.eventually('enough is acknowledged', () => clients.acknowledged.length >= 30, 60_000);
  await clients.stop();
  await site.eventually('everything accepted is done', async () => (await site.ledger.undone()) === 0, 180_000);
  const { lost, doubled, findings } = await site.ledger.verdict(clients.acknowledged);
  const [tries] = await site.ledger.sql<{ most: number | null }>('select max(attempts)::int as most from command where created_at > $1', [before?.at]);
  return { restarts: count, disorderly, accepted: clients.acknowledged.length, triedAgain: clients.repliesLost, lost, doubled, mostTries: tries?.most ?? 0, findings };
}

type Page = Readonly<{ learners: Readonly<{ nodes: readonly Readonly<{ id: string; version: number }>[] }> }>;

/** Somebody of the college at work on learners as they now are, a command every `everyMs` and no faster than the API answers; replies are never thrown away. */
export async function atWork(site: Site, college: GraphqlClient, seed: string, everyMs: number): Promise<Clients> {
  const page = await college.ask<Page>('{ learners(first: 50) { nodes { id version } } }');
  const clients = new Clients(new Dice(seed), everyMs, () => false, 0);
  clients.reviseProfiles(college, page.learners.nodes);
  return clients;
}
