import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { subscribe } from '../e2e/support/subscription.js';
import { WATCHERS, type Watcher } from '../tenants/canaries.js';
import { nodeId, type Site, type Variant } from './site.js';

const CHANGED = 'subscription ($id: ID!) { suggestionsChanged(learnerId: $id) { resumeToken best { rank score } } }';

/** How a subscription ends that must give nothing. */
function ends(name: string, watcher: Watcher, how: readonly string[], query: string, variables: (site: Site) => Readonly<Record<string, unknown>> = () => ({})): Variant {
  return {
    name,
    async attempt(site) {
      const events = subscribe<Record<string, unknown>>(site.as(watcher), query, variables(site));
      try {
        const end = await events.end(60_000);
        const given = (await events.rest(0)).filter((event) => event.data !== null && Object.values(event.data).some((value) => value !== null));
        if (given.length > 0) return `${watcher} was told ${JSON.stringify(given[0]).slice(0, 200)}`;
        return how.includes(end) ? null : `it ended with ${end}`;
      } finally {
        await events.close();
      }
    },
  };
}

const foreign = (watcher: Watcher, of: 'a' | 'b'): Variant =>
  ends(`${watcher} follows the suggestions of learner ${of}`, watcher, ['complete', 'closed 4403'], CHANGED, ({ region }) => ({ id: nodeId('Learner', region.colleges[of].learner.id) }));

/** A plain socket, to see what the server says before any operation. */
function handshake(name: string, wanted: number, headers: Readonly<Record<string, string>>, path = '/graphql'): Variant {
  return {
    name,
    attempt: (site) =>
      new Promise((resolve) => {
        const socket = new WebSocket(`${site.as('nobody').origin.replace('http', 'ws')}${path}`, 'graphql-transport-ws', { headers });
        socket.once('unexpected-response', (_request, response) => resolve(response.statusCode === wanted ? null : `status ${response.statusCode}`));
        socket.once('open', () => {
          socket.terminate();
          resolve('the socket opened');
        });
        socket.once('error', () => undefined);
      }),
  };
}

/** 11: subscriptions. Revocation, stopping and resuming stand in `test/e2e/journeys/a-subscription-ends-with-the-session.ts`. */
export const SUBSCRIBING: readonly Variant[] = [
  ...WATCHERS.filter((watcher) => !['operator', 'staff a', 'student a'].includes(watcher)).map((watcher) => foreign(watcher, 'a')),
  ...(['staff a', 'student a', 'host a'] as const).map((watcher) => foreign(watcher, 'b')),
  ends('nobody follows a round', 'nobody', ['closed 4403'], 'subscription ($id: ID!) { roundProgress(roundId: $id) { resumeToken } }', ({ region }) => ({ id: nodeId('Round', region.colleges.round.id) })),
  ends('a learner who does not exist', 'student a', ['complete'], CHANGED, () => ({ id: nodeId('Learner', randomUUID()) })),
  ends('a query over the socket', 'staff a', ['WRONG_TRANSPORT'], '{ viewer { role } }'),
  ends('a mutation over the socket', 'staff a', ['WRONG_TRANSPORT'], 'mutation { signOut { __typename } }'),
  ends('introspection over the socket', 'staff a', ['WRONG_TRANSPORT'], '{ __schema { types { name } } }'),
  ends('a thousand tokens over the socket', 'staff a', ['GRAPHQL_PARSE_FAILED'], `subscription { suggestionsChanged(learnerId: "x") { ${'__typename '.repeat(1_000)} } }`),
  ends('unlimited depth over the socket', 'staff a', ['TOO_DEEP'], `subscription { suggestionsChanged(learnerId: "x") { best { ${'learner { suggestions(first: 1) { nodes { '.repeat(3)} id ${'} } }'.repeat(3)} } } }`),
  handshake('a page of another site', 403, { origin: 'https://elsewhere.example' }),
  handshake('a page without a site', 403, { origin: 'null' }),
  handshake('another path', 404, {}, '/graphql/other'),
  {
    name: 'a socket more than a person may have',
    async attempt(site) {
      const client = site.as('region');
      const query = 'subscription ($id: ID!) { roundProgress(roundId: $id) { resumeToken } }';
      const variables = { id: nodeId('Round', site.region.openRoundId) };
      const open = Array.from({ length: 20 }, () => subscribe(client, query, variables));
      try {
        for (const events of open) await events.next(60_000);
        const more = subscribe(client, query, variables);
        const end = await more.end(60_000);
        await more.close();
        return end === 'closed 4403' ? null : `the next one ended with ${end}`;
      } finally {
        await Promise.all(open.map((events) => events.close()));
      }
    },
  },
];
