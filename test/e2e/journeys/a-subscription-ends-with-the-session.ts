import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { REFUSED, signedIn } from '../support/graphql-client.js';
import type { Meriden } from '../support/meriden.js';
import { subscribe } from '../support/subscription.js';

let meriden: Meriden;

type Changed = Readonly<{ suggestionsChanged: { resumeToken: string; best: readonly unknown[] } }>;
const CHANGED = 'subscription ($id: ID!, $after: String) { suggestionsChanged(learnerId: $id, after: $after) { resumeToken best { rank } } }';
const REVISE = `mutation ($input: ReviseProfileInput!) { reviseProfile(input: $input) { ... on ReviseProfileSuccess { learner { version } } ${REFUSED} } }`;

async function own(name: 'learner' | 'learner2') {
  const client = await meriden.as(name);
  const { viewer } = await client.ask<{ viewer: { learner: { id: string; version: number; maxTravelMinutes: number } } }>('{ viewer { learner { id version maxTravelMinutes } } }');
  return { client, learner: viewer.learner };
}

export function aSubscriptionEnds(started: () => Meriden): void {
  beforeAll(() => {
    meriden = started();
  });

  describe('a subscription', () => {
    it('gives the state now, then each change once, and resumes where it was left', async () => {
      const { client, learner } = await own('learner');
      const first = subscribe<Changed>(client, CHANGED, { id: learner.id });
      const token = (await first.next()).data?.suggestionsChanged.resumeToken;
      await first.close();
      const resumed = subscribe<Changed>(client, CHANGED, { id: learner.id, after: token });
      expect(await resumed.rest(700)).toEqual([]);
      await client.do(REVISE, { input: { learnerId: learner.id, version: learner.version, profile: { maxTravelMinutes: learner.maxTravelMinutes === 60 ? 75 : 60 } } });
      const changed = await resumed.nextWhere(({ suggestionsChanged }) => suggestionsChanged.resumeToken !== token);
      expect(changed.suggestionsChanged.resumeToken).not.toBe(token);
      await resumed.close();
      const late = subscribe<Changed>(client, CHANGED, { id: learner.id, after: token });
      expect((await late.next()).data?.suggestionsChanged.resumeToken).toBe(changed.suggestionsChanged.resumeToken);
      await late.close();
    });

    it('of another’s learner ends without an event, as of one that does not exist', async () => {
      const { client } = await own('learner2');
      const { learner } = await own('learner');
      const unknown = Buffer.from(`Learner:${randomUUID()}`).toString('base64url');
      for (const id of [learner.id, unknown]) {
        const other = subscribe<Changed>(client, CHANGED, { id });
        expect(await other.end()).toBe('complete');
        expect(await other.rest(0)).toEqual([]);
        await other.close();
      }
      const nonsense = subscribe<Changed>(client, CHANGED, { id: 'nonsense' });
      expect((await nonsense.next()).errors.map(({ extensions }) => extensions.code)).toEqual(['NOT_FOUND']);
      expect(await nonsense.end()).toBe('complete');
      await nonsense.close();
    });

    it('ends within two seconds of signOut, with no event after it', async () => {
      const client = await signedIn(meriden.nobody, meriden.account('learner2'), meriden.password);
      const { viewer } = await client.ask<{ viewer: { learner: { id: string; version: number; maxTravelMinutes: number } } }>('{ viewer { learner { id version maxTravelMinutes } } }');
      const events = subscribe<Changed>(client, CHANGED, { id: viewer.learner.id });
      await events.next();
      await client.do(`mutation { signOut { ... on SignOutSuccess { signedOut } ${REFUSED} } }`);
      const { client: still } = await own('learner2');
      await still.do(REVISE, { input: { learnerId: viewer.learner.id, version: viewer.learner.version, profile: { maxTravelMinutes: viewer.learner.maxTravelMinutes === 60 ? 75 : 60 } } });
      expect(await events.end(2_000)).toBe('closed 4403');
      expect(await events.rest(1_000)).toEqual([]);
      await events.close();
    });

    it('ends within two seconds of a revocation that no bell announced', async () => {
      const client = await signedIn(meriden.nobody, meriden.account('learner2'), meriden.password);
      const { viewer } = await client.ask<{ viewer: { learner: { id: string } } }>('{ viewer { learner { id } } }');
      const events = subscribe<Changed>(client, CHANGED, { id: viewer.learner.id });
      await events.next();
      await meriden.database.sql('update session set revoked_at = now() where id = (select id from session order by created_at desc limit 1)');
      expect(await events.end(2_500)).toBe('closed 4403');
      await events.close();
    });

    it('is all the socket carries, within the limits of HTTP', async () => {
      const { client, learner } = await own('learner');
      const refused: readonly (readonly [string, string])[] = [
        ['{ viewer { role } }', 'WRONG_TRANSPORT'],
        ['mutation { signOut { __typename } }', 'WRONG_TRANSPORT'],
        ['subscription { nothing }', 'GRAPHQL_VALIDATION_FAILED'],
        ['subscription {', 'GRAPHQL_PARSE_FAILED'],
        [`subscription { suggestionsChanged(learnerId: "${learner.id}") { ${'__typename '.repeat(700)} } }`, 'GRAPHQL_PARSE_FAILED'],
        [`subscription { suggestionsChanged(learnerId: "${learner.id}") { best { learner { suggestions(first: 1) { nodes { learner { suggestions(first: 1) { nodes { id } } } } } } } } }`, 'TOO_DEEP'],
        [`subscription { suggestionsChanged(learnerId: "${learner.id}") { best { learner { suggestions(first: 100) { nodes { vacancy { employer { id } skills { need } } } } } } } }`, 'TOO_COSTLY'],
      ];
      for (const [query, code] of refused) {
        const socket = subscribe(client, query);
        expect([query.slice(0, 60), await socket.end()]).toEqual([query.slice(0, 60), code]);
        await socket.close();
      }
    });

    it('needs a session, and from a browser our own origin', async () => {
      for (const token of [null, 'x'.repeat(43)]) {
        const socket = subscribe(meriden.nobody.as(token), 'subscription { nothing }');
        expect(await socket.end()).toBe('closed 4403');
        await socket.close();
      }
      const status = await new Promise<number | undefined>((resolve, reject) => {
        const socket = new WebSocket(`${meriden.origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { origin: 'https://elsewhere.example' });
        socket.once('unexpected-response', (_request, response) => resolve(response.statusCode));
        socket.once('open', () => reject(new Error('the socket opened')));
        socket.once('error', () => undefined);
      });
      expect(status).toBe(403);
    });

    it('is told when the API stops, which does not wait for it', async () => {
      const { client, learner } = await own('learner');
      const events = subscribe<Changed>(client, CHANGED, { id: learner.id });
      await events.next();
      const stopped = meriden.end();
      expect(await events.end(5_000)).toBe('closed 1001');
      await stopped;
      await events.close();
    });
  });
}
