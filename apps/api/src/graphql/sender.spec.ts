import type { IncomingMessage } from 'node:http';
import { senderOver } from './sender.js';

const from = (remoteAddress: string | undefined, forwarded?: string): IncomingMessage =>
  ({ socket: { remoteAddress }, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

describe('the sender of a request', () => {
  it('is the other end of the connection, whatever it says, where no proxy is trusted', () => {
    const sender = senderOver([]);
    expect([sender(from('203.0.113.7')), sender(from('203.0.113.7', '198.51.100.1')), sender(from('::ffff:203.0.113.7'))]).toEqual(['203.0.113.7', '203.0.113.7', '203.0.113.7']);
  });

  it('is whom the last trusted proxy had it from, and nothing that was written before it', () => {
    const sender = senderOver(['10.0.0.0/8', 'fd00::1']);
    expect(sender(from('10.1.2.3', '203.0.113.7'))).toBe('203.0.113.7');
    expect(sender(from('10.1.2.3', '198.51.100.1, 203.0.113.7, 10.9.9.9'))).toBe('203.0.113.7');
    expect(sender(from('fd00::1', '203.0.113.8'))).toBe('203.0.113.8');
    expect(sender(from('203.0.113.9', '10.1.2.3'))).toBe('203.0.113.9');
    expect(sender(from('10.1.2.3'))).toBe('10.1.2.3');
  });

  it('is a network where addresses are handed out by networks', () => {
    const sender = senderOver([]);
    expect(sender(from('2001:db8:1:2:3:4:5:6'))).toBe('2001:db8:1:2::/64');
    expect(sender(from('2001:db8:1:2::99'))).toBe('2001:db8:1:2::/64');
    expect(sender(from('2001:db8:1:3::99'))).not.toBe('2001:db8:1:2::/64');
  });

  it('is the same with every connection, whatever port a proxy writes beside it, and each of those behind a translator', () => {
    const sender = senderOver(['10.0.0.1']);
    expect([sender(from('10.0.0.1', '203.0.113.7:54321')), sender(from('10.0.0.1', '[2001:db8:1:2::9]:443')), sender(from('64:ff9b::cb00:7107'))]).toEqual(['203.0.113.7', '2001:db8:1:2::/64', '203.0.113.7']);
  });

  it('is whoever we are talking to where it is no address, and nothing throws', () => {
    const sender = senderOver(['10.0.0.0/8']);
    expect([sender(from(undefined)), sender(from('10.1.2.3', 'unknown')), sender(from('10.1.2.3', `${'x'.repeat(9_000)}, "`))]).toEqual(['', '10.1.2.3', '10.1.2.3']);
  });
});
