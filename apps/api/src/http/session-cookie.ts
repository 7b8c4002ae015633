import type { Config } from '@meriden/platform';

/** A `__Host-` cookie is bound to this host and to https; on plain http (the loopback of a first try) browsers refuse that prefix. */
export function cookieName(config: Pick<Config, 'publicOrigin'>): string {
  return named(config, 'session');
}

const secure = (config: Pick<Config, 'publicOrigin'>): boolean => config.publicOrigin.startsWith('https:');
const named = (config: Pick<Config, 'publicOrigin'>, what: 'session' | 'device' | 'oidc'): string => `${secure(config) ? '__Host-' : ''}meriden_${what}`;
/** One that no script reads and no other site's request sends; `until` says how long it is kept. */
const kept = (config: Pick<Config, 'publicOrigin'>, what: Parameters<typeof named>[1], value: string, until: string): string =>
  `${named(config, what)}=${value}; Path=/; ${until}; HttpOnly; SameSite=Lax${secure(config) ? '; Secure' : ''}`;

/** The `set-cookie` line of a session: not readable by scripts, not sent with requests that other sites start. */
export function sessionCookie(config: Pick<Config, 'publicOrigin'>, token: string, expiresAt: string): string {
  return kept(config, 'session', token, `Expires=${new Date(expiresAt).toUTCString()}`);
}

/** The mark of a device that signed in: no session, it opens nothing; it only has a count of tries of its own. */
export function deviceCookie(config: Pick<Config, 'publicOrigin'>, mark: string): string {
  return kept(config, 'device', mark, `Max-Age=${DEVICE_SECONDS}`);
}

export function deviceOf(config: Pick<Config, 'publicOrigin'>, cookie: string | undefined): string | null {
  return (cookie === undefined ? undefined : cookieValue(cookie, named(config, 'device'))) ?? null;
}

const DEVICE_SECONDS = 180 * 86_400;

/** What is kept while the person is at the issuer: sealed, for ten minutes, sent again when the issuer sends them back. */
export function journeyCookie(config: Pick<Config, 'publicOrigin'>, ticket: string | null): string {
  return kept(config, 'oidc', ticket ?? '', `Max-Age=${ticket === null ? 0 : JOURNEY_SECONDS}`);
}

export function journeyOf(config: Pick<Config, 'publicOrigin'>, cookie: string | undefined): string | null {
  return (cookie === undefined ? undefined : cookieValue(cookie, named(config, 'oidc'))) ?? null;
}

const JOURNEY_SECONDS = 600;

export function forgottenCookie(config: Pick<Config, 'publicOrigin'>): string {
  return sessionCookie(config, '', '1970-01-01T00:00:00.000Z');
}

export type Credentials = Readonly<{ token: string; via: 'COOKIE' | 'BEARER' }>;

/**
 * What a request brings: a bearer token before a cookie, so that a program run beside a signed-in browser is itself.
 * @param bearer the `authorization` header
 */
export function credentials(config: Pick<Config, 'publicOrigin'>, cookie: string | undefined, bearer: string | undefined): Credentials | null {
  const given = /^Bearer +([\w~+/.=-]{1,200})$/i.exec(bearer ?? '')?.[1];
  if (given !== undefined) return { token: given, via: 'BEARER' };
  const token = cookie === undefined ? undefined : cookieValue(cookie, cookieName(config));
  return token ? { token, via: 'COOKIE' } : null;
}

function cookieValue(header: string, name: string): string | undefined {
  for (const part of header.split(';')) {
    const equals = part.indexOf('=');
    if (equals > 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim();
  }
  return undefined;
}
