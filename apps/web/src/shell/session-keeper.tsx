import { ApolloProvider } from '@apollo/client/react';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { isSignedOut } from '../gql/faults.js';
import { connect, type Weather } from '../gql/client.js';
import { SERVICE, SIGN_OUT, VIEWER, type Service, type Viewer } from '../gql/session.js';
import { SessionContext, type Session } from '../parts/session.js';

type Known = Readonly<{ state: 'asking' | 'known' | 'failed'; viewer: Viewer | null; service: Service | null; error?: unknown }>;

/**
 * Knows who is signed in, and forgets everything the moment nobody is: the cache is emptied, the socket closed, other tabs are
 * told, and a page brought back from the browser's memory asks again before it shows anything.
 */
export function SessionKeeper({ onWeather, onSignedOut, children }: Readonly<{ onWeather: (weather: Weather) => void; onSignedOut: () => void; children: (known: Known, retry: () => void) => ReactNode }>) {
  const [known, setKnown] = useState<Known>({ state: 'asking', viewer: null, service: null });
  const signedIn = useRef(false);
  const channel = useMemo(() => new BroadcastChannel('meriden-session'), []);
  const lost = useRef<() => void>(() => undefined);
  const { client, hangUp } = useMemo(() => connect({ signedOut: () => lost.current(), weather: onWeather }), [onWeather]);

  const forget = useCallback(
    (tell: boolean) => {
      const was = signedIn.current;
      signedIn.current = false;
      hangUp();
      client.stop();
      void client.clearStore();
      setKnown((before) => ({ ...before, viewer: null }));
      if (tell) channel.postMessage('signed-out');
      if (was) onSignedOut();
    },
    [channel, client, hangUp, onSignedOut],
  );
  lost.current = () => {
    if (signedIn.current) forget(true);
  };

  const ask = useCallback(async (): Promise<Viewer | null> => {
    try {
      const asked = client.query({ query: VIEWER, fetchPolicy: 'network-only' }).then(
        ({ data }) => data?.viewer ?? null,
        (error: unknown) => {
          if (isSignedOut(error)) return null;
          throw error;
        },
      );
      const [service, viewer] = await Promise.all([client.query({ query: SERVICE }), asked]);
      if (viewer === null && signedIn.current) forget(true);
      signedIn.current = viewer !== null;
      setKnown({ state: 'known', viewer, service: service.data?.service ?? null });
      return viewer;
    } catch (error) {
      setKnown((before) => (before.state === 'known' ? before : { state: 'failed', viewer: null, service: null, error }));
      return null;
    }
  }, [client, forget]);

  useEffect(() => {
    void ask();
    const onShow = (event: PageTransitionEvent): void => {
      // Back from the browser's memory: show nothing of before until the session is known to live.
      if (event.persisted) {
        setKnown({ state: 'asking', viewer: null, service: null });
        void ask();
      }
    };
    const onFocus = (): void => void (document.visibilityState === 'visible' && signedIn.current && ask());
    channel.onmessage = ({ data }) => (data === 'signed-out' ? forget(false) : void ask());
    window.addEventListener('pageshow', onShow);
    document.addEventListener('visibilitychange', onFocus);
    return () => {
      window.removeEventListener('pageshow', onShow);
      document.removeEventListener('visibilitychange', onFocus);
    };
  }, [ask, channel, forget]);

  const session = useMemo<Session>(
    () => ({
      viewer: known.viewer,
      service: known.service,
      renew: async () => {
        await client.clearStore();
        const viewer = await ask();
        if (viewer !== null) channel.postMessage('signed-in');
        return viewer;
      },
      signOut: async () => {
        await client.mutate({ mutation: SIGN_OUT }).catch(() => undefined);
        forget(true);
      },
    }),
    [ask, channel, client, forget, known.service, known.viewer],
  );
  return (
    <ApolloProvider client={client}>
      <SessionContext value={session}>{children(known, () => void ask())}</SessionContext>
    </ApolloProvider>
  );
}
