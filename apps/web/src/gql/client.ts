import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { ErrorLink } from '@apollo/client/link/error';
import { RetryLink } from '@apollo/client/link/retry';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import { createClient } from 'graphql-ws';
import { isSignedOut, readFault } from './faults.js';

const DEADLINE_MS = 15_000;
const SLOW_MS = 4_000;
const QUERY_TRIES = 3;

export type Weather = 'fine' | 'slow' | 'gone';

type Listeners = Readonly<{ signedOut: () => void; weather: (weather: Weather) => void }>;

/**
 * The one connection to the API. Cookies carry the session; the extra header shows that our own page asks. Reads are tried
 * again, writes never (each carries an idempotency key, and the person decides). Nothing is stored outside memory.
 */
export function connect(listeners: Listeners): { client: ApolloClient; hangUp: () => void } {
  const errors = new ErrorLink(({ error }) => {
    if (isSignedOut(error)) listeners.signedOut();
    else if (readFault(error).kind === 'unreachable') listeners.weather('gone');
  });
  const retry = new RetryLink({
    delay: { initial: 400, max: 4_000, jitter: true },
    attempts: { max: QUERY_TRIES, retryIf: (error, operation) => operation.operationType === OperationTypeNode.QUERY && readFault(error).kind === 'unreachable' },
  });
  const http = new HttpLink({ uri: '/graphql', credentials: 'same-origin', headers: { 'x-meriden-csrf': '1' }, fetch: patiently(listeners.weather) });
  const socket = createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    lazy: true,
    lazyCloseTimeout: 5_000,
    retryAttempts: 20,
    // Only the end of the session closes the socket for good.
    shouldRetry: (event) => !(event instanceof CloseEvent && event.code >= 4_400 && event.code < 4_500),
  });
  const link = ApolloLink.split(({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION, new GraphQLWsLink(socket), ApolloLink.from([errors, retry, http]));
  const client = new ApolloClient({
    link,
    cache: new InMemoryCache({ typePolicies: { Viewer: { merge: true }, RoundRules: { merge: true } } }),
    defaultOptions: { watchQuery: { fetchPolicy: 'cache-and-network', nextFetchPolicy: 'cache-first' } },
  });
  return { client, hangUp: () => void socket.terminate() };
}

/** fetch with a deadline that also tells when the service is slow, and when it answers again. */
function patiently(weather: Listeners['weather']): typeof fetch {
  return async (input, init) => {
    const slow = setTimeout(() => weather('slow'), SLOW_MS);
    const deadline = AbortSignal.timeout(DEADLINE_MS);
    const signal = init?.signal ? AbortSignal.any([init.signal, deadline]) : deadline;
    try {
      const response = await fetch(input, { ...init, signal });
      weather(response.status >= 502 && response.status <= 504 ? 'gone' : 'fine');
      return response;
    } finally {
      clearTimeout(slow);
    }
  };
}
