import { jest } from '@jest/globals';
import type { GraphqlClient } from '../e2e/support/graphql-client.js';
import { Striker } from './support/blows.js';
import { Clients } from './support/clients.js';
import { Dice } from './support/dice.js';
import { ownServers, Site, type OwnServers } from './support/site.js';

jest.setTimeout(600_000);

let servers: OwnServers;
let site: Site;
let college: GraphqlClient;
let learners: readonly Readonly<{ id: string; version: number }>[];
let striker: Striker;

beforeAll(async () => {
  servers = await ownServers();
  site = await Site.start(servers, { learners: 60, vacancies: 20, workers: 2, lockMs: 3_000 });
  college = await site.as('college');
  striker = new Striker(site, new Dice('delivery'));
});
afterAll(async () => {
  await site?.end();
  await servers.stop();
});

/** Somebody of the college at work, as fast as the API answers, on learners as they now are. */
async function atWork(seed: string): Promise<Clients> {
  const page = await college.ask<{ learners: { nodes: typeof learners } }>('{ learners(first: 50) { nodes { id version } } }');
  learners = page.learners.nodes;
  const clients = new Clients(new Dice(seed), 10, () => false, 0);
  clients.reviseProfiles(college, learners);
  return clients;
}

/** At least `n` acknowledged, then all done, each once. */
async function doneOnce(clients: Clients, n: number): Promise<void> {
  await site.eventually(`${n} commands are acknowledged`, () => clients.acknowledged.length >= n);
  await clients.stop();
  await site.eventually('everything accepted is done', async () => (await site.ledger.undone()) === 0, 180_000);
  const { lost, doubled, findings } = await site.ledger.verdict(clients.acknowledged);
  expect({ lost, doubled, findings }).toEqual({ lost: 0, doubled: 0, findings: [] });
}

it('a relay killed between sending rows and marking them sent sends them again, and they are done once', async () => {
  const clients = await atWork('relay');
  const [first] = site.posts;
  const starts = site.posts.map((post) => post.starts);
  // Whoever has the next rows dies; the other one sends them a second time.
  first?.tell('die between sending and marking');
  await site.eventually('the relay is killed', () => (first?.starts ?? 0) > (starts[0] ?? 0));
  await doneOnce(clients, 30);
  expect(site.posts[1]?.starts).toBe(starts[1]);
});

it('a Redis emptied, then killed, with jobs outstanding loses nothing', async () => {
  const clients = await atWork('redis');
  await striker.strike('Redis emptied');
  await striker.strike('Redis killed');
  await doneOnce(clients, 30);
  expect(striker.blows.every(({ jobs }) => jobs > 0)).toBe(true);
});

it('without Redis every mutation commits, and the backlog is done when it is back', async () => {
  await servers.redis.kill();
  const clients = await atWork('no redis');
  await site.eventually('40 commands are acknowledged without Redis', () => clients.acknowledged.length >= 40);
  expect(clients.repliesLost).toBe(0);
  expect(await site.ledger.undone()).toBeGreaterThan(0);
  await clients.stop();
  await servers.redis.restart();
  await doneOnce(clients, 40);
});

it('workers and the API told to stop, ten times over under load: they end in order and nothing is tried twice', async () => {
  const [before] = await site.ledger.sql<{ at: string }>('select now()::text as at');
  const clients = await atWork('stops');
  const ends: (number | string)[] = [];
  for (let i = 0; i < 4; i++) {
    for (const post of site.posts) {
      await site.eventually('the worker is at work', () => post.busy, 20_000);
      ends.push(await post.replace());
    }
    if (i % 2 === 0) ends.push(await site.restartApi());
  }
  await doneOnce(clients, 30);
  expect(ends).toEqual(Array.from({ length: 10 }, () => 0));
  const [tries] = await site.ledger.sql<{ most: number }>('select max(attempts)::int as most from command where created_at > $1', [before?.at]);
  expect(tries?.most).toBe(1);
});
