import { useEffect, useState } from 'react';
import type { Fault } from '../ui/error-summary.js';
import { faultsOf } from './plain-http.js';

/** Name of the service that people may sign in at beside ours; null where there is none, and until that is known. */
export function useIssuer(): string | null {
  const [name, setName] = useState<string | null>(null);
  useEffect(() => {
    const over = new AbortController();
    void fetch('/oidc/offer', { signal: over.signal })
      .then((response) => response.json() as Promise<{ name?: string | null }>)
      .then((offer) => setName(offer.name ?? null))
      // Without an answer there is no such button; the password works.
      .catch(() => undefined);
    return () => over.abort();
  }, []);
  return name;
}

/** The browser goes there itself, and comes back with what became of it in the address. */
export const goToIssuer = (next: string): void => window.location.assign(`/oidc/sign-in${next === '' ? '' : `?next=${encodeURIComponent(next)}`}`);

/** Goes to the issuer to link. @returns why not @param field of the form, to which a refusal of the password belongs */
export async function linkIssuer(password: string, field: string): Promise<readonly Fault[]> {
  const response = await fetch('/oidc/link', { method: 'POST', credentials: 'same-origin', headers: { 'content-type': 'application/json', 'x-meriden-csrf': '1' }, body: JSON.stringify({ password }) });
  if (!response.ok) return faultsOf(response, field);
  window.location.assign(((await response.json()) as { url: string }).url);
  return [];
}
