import type { Fault } from '../ui/error-summary.js';
import { faultsOf } from './plain-http.js';

/** Passkeys through the browser's own functions. Wherever something is missing, refused or given up, nothing has changed. */
type Asked = Readonly<{ options: object; ticket: string }>;

const sent = (path: string, body: object): Promise<Response> =>
  fetch(`/passkeys/${path}`, { method: 'POST', credentials: 'same-origin', headers: { 'content-type': 'application/json', 'x-meriden-csrf': '1' }, body: JSON.stringify(body) });

const post = async (path: string, body: object): Promise<unknown> => {
  const response = await sent(path, body);
  return response.ok ? ((await response.json()) as unknown) : null;
};

/** What became of adding one: done, the reasons for which the service refused to begin, or nothing that the device answered. */
export type Added = Readonly<{ done: boolean; faults: readonly Fault[] }>;

/** Whether this browser can do it at all: then the buttons are shown. */
export const knowsPasskeys = (): boolean => typeof PublicKeyCredential !== 'undefined' && typeof PublicKeyCredential.parseCreationOptionsFromJSON === 'function';

/** @param field of the form, to which a refusal of the password belongs */
export async function addPasskey(label: string, password: string, field: string): Promise<Added> {
  try {
    const response = await sent('registration/options', { password });
    if (!response.ok) {
      return { done: false, faults: await faultsOf(response, field) };
    }
    const asked = (await response.json()) as Asked;
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(asked.options as PublicKeyCredentialCreationOptionsJSON);
    const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential | null;
    return { done: credential !== null && (await post('registration', { ticket: asked.ticket, response: credential.toJSON(), label })) !== null, faults: [] };
  } catch {
    return { done: false, faults: [] };
  }
}

export async function enterByPasskey(): Promise<boolean> {
  try {
    const asked = (await post('sign-in/options', {})) as Asked | null;
    if (asked === null) return false;
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(asked.options as PublicKeyCredentialRequestOptionsJSON);
    const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential | null;
    return credential !== null && (await post('sign-in', { ticket: asked.ticket, response: credential.toJSON() })) !== null;
  } catch {
    return false;
  }
}
