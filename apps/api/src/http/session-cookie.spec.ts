import { cookieName, credentials, forgottenCookie, sessionCookie } from './session-cookie.js';

const https = { publicOrigin: 'https://placements.example.org' };
const loopback = { publicOrigin: 'http://localhost:3000' };

describe('the session cookie', () => {
  it('is bound to the host on https, and has a plain name on loopback http', () => {
    expect(cookieName(https)).toBe('__Host-meriden_session');
    expect(cookieName(loopback)).toBe('meriden_session');
  });

  it('cannot be read by scripts and is not sent from other sites', () => {
    const line = sessionCookie(https, 'abc', '2026-11-22T20:00:00.000Z');
    expect(line).toMatch(/^__Host-meriden_session=abc; /);
    expect(line).toContain('; HttpOnly');
    expect(line).toContain('; Secure');
    expect(line).toContain('; SameSite=Lax');
    expect(line).toContain('; Path=/');
    expect(line).not.toContain('Domain');
    expect(sessionCookie(loopback, 'abc', '2026-11-22T20:00:00.000Z')).not.toContain('Secure');
  });

  it('is taken back with a date in the past', () => {
    expect(forgottenCookie(loopback)).toMatch(/^meriden_session=; .*1970/);
  });
});

describe('what a request brings', () => {
  it('takes the bearer token before the cookie', () => {
    expect(credentials(loopback, 'meriden_session=one', 'Bearer two')).toEqual({ token: 'two', via: 'BEARER' });
    expect(credentials(loopback, 'a=b; meriden_session=one', undefined)).toEqual({ token: 'one', via: 'COOKIE' });
  });

  it('finds nothing in nothing, in other schemes and in the cookie of the other name', () => {
    expect(credentials(loopback, undefined, undefined)).toBeNull();
    expect(credentials(loopback, undefined, 'Basic dXNlcjpwYXNz')).toBeNull();
    expect(credentials(https, 'meriden_session=one', undefined)).toBeNull();
    expect(credentials(loopback, 'meriden_session=', undefined)).toBeNull();
    expect(credentials(loopback, undefined, `Bearer ${'x'.repeat(201)}`)).toBeNull();
  });
});
