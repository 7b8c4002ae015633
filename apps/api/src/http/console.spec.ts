import { ConsoleController } from './console.controller.js';
import type { ConsoleFile, ConsoleFiles } from './console-files.js';

const file = (text: string, lasting = false): ConsoleFile => ({ type: 'text/html', plain: Buffer.from(text), packed: [{ encoding: 'br', bytes: Buffer.from('smallest') }, { encoding: 'gzip', bytes: Buffer.from('packed') }], lasting });
const page = file('page');
const files = { page, policy: "script-src 'self'", file: (path: string) => (path === 'assets/a.js' ? file('script', true) : null) } as unknown as ConsoleFiles;

function ask(path: string, headers: Record<string, string>) {
  const sent: { headers: Record<string, string>; body: unknown } = { headers: {}, body: null };
  const reply = {
    header: (name: string, value: string) => ((sent.headers[name] = value), reply),
    type: (value: string) => ((sent.headers['content-type'] = value), reply),
    send: (body: unknown) => ((sent.body = body), reply),
  };
  new ConsoleController(files).any(path, { headers } as never, reply as never);
  return sent;
}

describe('the console over HTTP', () => {
  it('answers an address that a person opens with its one page, which is not kept and lets no inline script run', () => {
    const { body, headers } = ask('matches/abc', { accept: 'text/html,*/*' });
    expect(body).toBe(page.plain);
    expect(headers['content-security-policy']).toBe("script-src 'self'");
    expect(headers['cache-control']).toBeUndefined();
  });

  it('answers a missing script with nothing found, not with a page', () => {
    expect(() => ask('assets/gone.js', { accept: '*/*' })).toThrow('Not Found');
    expect(() => ask('assets/gone.js', { accept: 'text/html' })).toThrow('Not Found');
    expect(() => ask('anything', { accept: 'application/json' })).toThrow('Not Found');
  });

  it('lets what carries its digest in its name be kept, and packs it for those who unpack, as small as they can', () => {
    const { body, headers } = ask('assets/a.js', { 'accept-encoding': 'gzip, br' });
    expect(String(body)).toBe('smallest');
    expect(headers['cache-control']).toContain('immutable');
    expect(headers['content-encoding']).toBe('br');
    expect(ask('assets/a.js', { 'accept-encoding': 'gzip, br;q=0' })).toMatchObject({ body: Buffer.from('packed'), headers: { 'content-encoding': 'gzip' } });
    expect(ask('assets/a.js', { 'accept-encoding': 'GZIP;q=0.5, identity' })).toMatchObject({ body: Buffer.from('packed'), headers: { 'content-encoding': 'gzip' } });
    const plain = ask('assets/a.js', {});
    expect(String(plain.body)).toBe('script');
    expect(plain.headers['content-encoding']).toBeUndefined();
  });
});
