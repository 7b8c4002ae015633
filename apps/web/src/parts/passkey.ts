/** Passkeys through the browser's own functions; null wherever something is missing, refused or given up, for nothing has changed then. */
type Asked = Readonly<{ options: object; ticket: string }>;

const post = async (path: string, body: object): Promise<unknown> => {
  const response = await fetch(`/passkeys/${path}`, { method: 'POST', credentials: 'same-origin', headers: { 'content-type': 'application/json', 'x-meriden-csrf': '1' }, body: JSON.stringify(body) });
  return response.ok ? ((await response.json()) as unknown) : null;
};

/** Whether this browser can do it at all: then the buttons are shown. */
export const knowsPasskeys = (): boolean => typeof PublicKeyCredential !== 'undefined' && typeof PublicKeyCredential.parseCreationOptionsFromJSON === 'function';

export async function addPasskey(label: string): Promise<boolean> {
  try {
    const asked = (await post('registration/options', {})) as Asked | null;
    if (asked === null) return false;
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(asked.options as PublicKeyCredentialCreationOptionsJSON);
    const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential | null;
    return credential !== null && (await post('registration', { ticket: asked.ticket, response: credential.toJSON(), label })) !== null;
  } catch {
    return false;
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
