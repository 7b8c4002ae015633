import { createContext, use } from 'react';
import type { Service, Viewer } from '../gql/session.js';

export type Session = Readonly<{
  /** null: nobody is signed in. */
  viewer: Viewer | null;
  service: Service | null;
  signOut: () => Promise<void>;
  /** Asks anew who is signed in, after signing in. */
  renew: () => Promise<Viewer | null>;
}>;

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = use(SessionContext);
  if (session === null) throw new Error('useSession stands outside the session');
  return session;
}

/** Inside a guarded page somebody is always signed in. */
export function useViewer(): Viewer {
  const { viewer } = useSession();
  if (viewer === null) throw new Error('useViewer stands on a public page');
  return viewer;
}
