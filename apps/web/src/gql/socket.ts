import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { createClient } from 'graphql-ws';

export type Socket = Readonly<{ link: GraphQLWsLink; hangUp: () => void }>;

/** The socket to the API, opened when something is subscribed to and closed a little after nothing is. */
export function openSocket(): Socket {
  const socket = createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    lazy: true,
    lazyCloseTimeout: 5_000,
    retryAttempts: 20,
    // Only the end of the session closes the socket for good.
    shouldRetry: (event) => !(event instanceof CloseEvent && event.code >= 4_400 && event.code < 4_500),
  });
  return { link: new GraphQLWsLink(socket), hangUp: () => void socket.terminate() };
}
