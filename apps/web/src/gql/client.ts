import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, Observable } from '@apollo/client';
import { ErrorLink } from '@apollo/client/link/error';
import { RetryLink } from '@apollo/client/link/retry';
import { OperationTypeNode } from 'graphql';
import { isSignedOut, readFault } from './faults.js';
import { DEADLINE_MS, ENDPOINT, OWN_PAGE, takeFirst } from './first-questions.js';
import type { Socket } from './socket.js';

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
  const http = new HttpLink({ uri: ENDPOINT, credentials: 'same-origin', headers: OWN_PAGE, fetch: patiently(listeners.weather) });
  const { live, hangUp } = overSocket();
  const link = ApolloLink.split(({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION, live, ApolloLink.from([errors, retry, http]));
  const client = new ApolloClient({
    link,
    cache: new InMemoryCache({ typePolicies: { Viewer: { merge: true }, RoundRules: { merge: true } } }),
    defaultOptions: { watchQuery: { fetchPolicy: 'cache-and-network', nextFetchPolicy: 'cache-first' } },
  });
  return { client, hangUp };
}

/** Subscriptions: few pages have any, so what carries them comes with the first. */
function overSocket(): { live: ApolloLink; hangUp: () => void } {
  let coming: Promise<Socket> | undefined;
  const socket = (): Promise<Socket> =>
    (coming ??= import('./socket.js').then(
      ({ openSocket }) => openSocket(),
      (error: unknown) => {
        coming = undefined;
        throw error;
      },
    ));
  const live = new ApolloLink(
    (operation) =>
      new Observable((observer) => {
        let left = false;
        let leave = (): void => void (left = true);
        socket().then(
          ({ link }) => {
            if (left) return;
            const subscription = link.request(operation).subscribe(observer);
            leave = () => subscription.unsubscribe();
          },
          (error: unknown) => observer.error(error),
        );
        return () => leave();
      }),
  );
  return { live, hangUp: () => void coming?.then(({ hangUp }) => hangUp()) };
}

/** fetch with a deadline that also tells when the service is slow, and when it answers again. */
function patiently(weather: Listeners['weather']): typeof fetch {
  return async (input, init) => {
    const slow = setTimeout(() => weather('slow'), SLOW_MS);
    const deadline = AbortSignal.timeout(DEADLINE_MS);
    const signal = init?.signal ? AbortSignal.any([init.signal, deadline]) : deadline;
    try {
      const response = await (takeFirst(init?.body)?.catch(() => fetch(input, { ...init, signal })) ?? fetch(input, { ...init, signal }));
      weather(response.status >= 502 && response.status <= 504 ? 'gone' : 'fine');
      return response;
    } finally {
      clearTimeout(slow);
    }
  };
}
