import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Provider from 'oidc-provider';

/** Who signs in at the provider next, and by which means (RFC 8176). */
export type Visitor = { subject: string; amr: readonly string[]; outOfOrder: boolean };
export type IdentityProvider = Readonly<{ issuer: string; clientId: string; clientSecret: string; visitor: Visitor; end(): Promise<void> }>;

/** A certified OpenID Connect provider on this machine, at which whoever comes is the visitor at once. */
export async function startIdentityProvider(returnTo: string): Promise<IdentityProvider> {
  const visitor: Visitor = { subject: '', amr: [], outOfOrder: false };
  // It warns against its own defaults, which are meant for what we do here.
  const { warn, info } = console;
  const quiet = (): undefined => undefined;
  Object.assign(console, { warn: quiet, info: quiet });
  const [clientId, clientSecret] = ['meriden', 'a-secret-for-tests-only'];
  const server: Server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { default: IdentityServer } = await import('oidc-provider');
  const provider: Provider = new IdentityServer(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [returnTo], response_types: ['code'], grant_types: ['authorization_code'], token_endpoint_auth_method: 'client_secret_post' }],
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    claims: { openid: ['sub', 'amr'] },
    cookies: { keys: ['for tests only'] },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, subject) => ({ accountId: subject, claims: () => ({ sub: subject }) }),
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId: oidc.client?.clientId ?? '', accountId: oidc.session?.accountId ?? '' });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
  });
  const callback = provider.callback();
  async function answer(...[request, response]: Parameters<typeof callback>): Promise<void> {
    if (visitor.outOfOrder) return void response.writeHead(503).end('out of order');
    if (request.url?.startsWith('/interaction/') !== true) return callback(request, response) as Promise<void>;
    await provider.interactionFinished(request, response, { login: { accountId: visitor.subject, amr: [...visitor.amr] } });
  }
  return {
    issuer,
    clientId,
    clientSecret,
    visitor,
    end: async () => {
      Object.assign(console, { warn, info });
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What a browser does with redirects and cookies, and nothing else. `stands` maps an origin that people see to the one that answers. */
export class PlainBrowser {
  readonly #cookies = new Map<string, Map<string, string>>();
  /** Addresses that it was sent to, in order. */
  readonly way: string[] = [];

  constructor(
    private readonly stands: Readonly<Record<string, string>>,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  /** Goes there and wherever it is sent, as long as `onwards` says so. @returns the last address */
  async go(address: string, onwards: (next: string) => boolean = () => true): Promise<string> {
    let at = address;
    for (let steps = 0; steps < 12; steps++) {
      this.way.push(at);
      const response = await this.ask(at);
      const location = response.headers.get('location');
      if (location === null) return at;
      at = new URL(location, at).href;
      if (!onwards(at)) return at;
    }
    throw new Error(`sent round in circles: ${this.way.join(' -> ')}`);
  }

  async ask(address: string, init: RequestInit = {}): Promise<Response> {
    const { origin, pathname, search } = new URL(address);
    const kept = this.#cookies.get(origin) ?? new Map<string, string>();
    this.#cookies.set(origin, kept);
    const own = origin in this.stands ? this.headers : {};
    const cookie = [...kept].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(`${this.stands[origin] ?? origin}${pathname}${search}`, { ...init, redirect: 'manual', headers: { ...own, ...(cookie !== '' && { cookie }), ...(init.headers as Record<string, string>) } });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name = '', ...value] = pair.split('=');
      if (/max-age=0\b/i.test(line) || value.join('=') === '') kept.delete(name);
      else kept.set(name, value.join('='));
    }
    return response;
  }

  cookie(origin: string, name: string): string | undefined {
    return this.#cookies.get(origin)?.get(name);
  }
}
