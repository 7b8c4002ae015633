import { freePort } from '#bootstrap/ports.mjs';
import { GraphqlClient } from '../../e2e/support/graphql-client.js';
import { FEW_SESSIONS } from '../../support/built-program.js';
import { Striker } from '../support/blows.js';
import type { Clients } from '../support/clients.js';
import { Dice } from '../support/dice.js';
import { Program } from '../support/program.js';
import { runRedisAway } from '../support/run-redis-away.js';
import { atWork, runRestarts } from '../support/run-restarts.js';
import { Site, type OwnServers } from '../support/site.js';

/** Milliseconds between two commands, about: somebody is always at work, and the processor is left to those who start. */
const PACE_MS = 100;

export function deliveryUnderFaults(servers: () => Promise<OwnServers>): void {
  describe('delivery under faults', () => {
    let site: Site;
    let college: GraphqlClient;
    let striker: Striker;

    beforeAll(async () => {
      site = await Site.start(await servers(), { learners: 60, vacancies: 20, workers: 2, lockMs: 3_000, sessions: FEW_SESSIONS });
      college = await site.as('college');
      striker = new Striker(site, new Dice('delivery'));
    });
    afterAll(() => site?.end());

    /** At least `n` acknowledged, then all done, each once. */
    async function doneOnce(clients: Clients, n: number): Promise<void> {
      await site.eventually(`${n} commands are acknowledged`, () => clients.acknowledged.length >= n);
      await clients.stop();
      await site.eventually('everything accepted is done', async () => (await site.ledger.undone()) === 0, 180_000);
      const { lost, doubled, findings } = await site.ledger.verdict(clients.acknowledged);
      expect({ lost, doubled, findings }).toEqual({ lost: 0, doubled: 0, findings: [] });
    }

    it('a relay killed between sending rows and marking them sent sends them again, and they are done once', async () => {
      const clients = await atWork(site, college, 'relay', PACE_MS);
      const [first] = site.posts;
      const starts = site.posts.map((post) => post.starts);
      // Whoever has the next rows dies; the other one sends them a second time.
      first?.tell('die between sending and marking');
      await site.eventually('the relay is killed', () => (first?.starts ?? 0) > (starts[0] ?? 0));
      await doneOnce(clients, 30);
      expect(site.posts[1]?.starts).toBe(starts[1]);
    });

    it('a Redis emptied, then killed, with jobs outstanding loses nothing', async () => {
      const clients = await atWork(site, college, 'redis', PACE_MS);
      await striker.strike('Redis emptied');
      await striker.strike('Redis killed');
      await doneOnce(clients, 30);
      expect(striker.blows.every(({ jobs }) => jobs > 0)).toBe(true);
    });

    it('20 seconds without Redis, ten mutations a second whether or not the one before is answered: every one is done, and the backlog when it is back', async () => {
      const { asked, acknowledged, errors, lost, doubled, backlog, findings } = await runRedisAway(site, { seconds: 20, rate: 10 });
      expect({ errors, lost, doubled, findings }).toEqual({ errors: 0, lost: 0, doubled: 0, findings: [] });
      expect(acknowledged).toBe(asked);
      expect(asked).toBe(200);
      // What would make that hollow: a Redis that was there.
      expect(backlog).toBe(asked);
    });

    it('workers and the API told to stop, ten times over under load: they end in order and nothing is tried twice', async () => {
      const { disorderly, lost, doubled, mostTries, findings } = await runRestarts(site, { count: 10, seed: 'stops', everyMs: PACE_MS });
      expect({ disorderly, lost, doubled, findings, mostTries }).toEqual({ disorderly: [], lost: 0, doubled: 0, findings: [], mostTries: 1 });
    });

    it('an API told to stop says first that it is not ready, and answers everybody for as long as a router needs to see that', async () => {
      const port = await freePort();
      const api = new Program('api', { ...site.environment, PORT: String(port), MERIDEN_DRAIN_MS: '3000' }, ['leash']);
      const origin = `http://127.0.0.1:${port}`;
      const ready = async (): Promise<number> => (await fetch(`${origin}/health/ready`)).status;
      await site.eventually('it is ready', async () => (await ready()) === 200, 120_000);
      api.signal('SIGTERM');
      await site.eventually('it says that it is not', async () => (await ready()) === 503);
      const answer = await new GraphqlClient(origin, college.token).send('{ viewer { role } }');
      expect([answer.status, answer.data]).toEqual([200, { viewer: { role: 'PROVIDER_STAFF' } }]);
      expect(await api.ended).toBe(0);
    });
  });
}
