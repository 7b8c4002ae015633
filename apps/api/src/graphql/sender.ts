import type { IncomingMessage } from 'node:http';
import proxyAddr from '@fastify/proxy-addr';
import ipaddr from 'ipaddr.js';

/** IPv6 hands out networks of 64 bits and more: whoever has one has all of its addresses. */
const NETWORK_BITS = 64;
const GROUPS = NETWORK_BITS / 16;

/**
 * Whom tries and refusals are counted by where nobody is signed in: the address that sent a request, as text; of an IPv6 address its
 * network. What a request says of whom it was forwarded for is believed as far as trusted proxies wrote it and no further, so nobody
 * can be somebody else, and people behind one's own proxy are not one person.
 *
 * @param trusted addresses and networks of proxies; none = the other end of the connection is the sender
 */
export function senderOver(trusted: readonly string[]): (request: IncomingMessage) => string {
  const trust = proxyAddr.compile([...trusted]);
  return (request) => networkOf(proxyAddr(request, trust));
}

function networkOf(address: string | undefined): string {
  if (address === undefined || !ipaddr.isValid(address)) return address ?? '';
  const found = ipaddr.process(address);
  if (found.kind() === 'ipv4') return found.toString();
  const { parts } = found as ipaddr.IPv6;
  return `${parts.slice(0, GROUPS).map((part) => part.toString(16)).join(':')}::/${NETWORK_BITS}`;
}
