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
  // What is no address at all would be somebody new with each request: then it is whoever we are talking to.
  return (request) => networkOf(withoutPort(proxyAddr(request, trust))) ?? networkOf(request.socket.remoteAddress) ?? '';
}

/** Some proxies write the port beside the address, and it is another one with every connection. */
const withoutPort = (text: string | undefined): string | undefined => /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text ?? '')?.[1] ?? /^\[([^\]]+)\](?::\d+)?$/.exec(text ?? '')?.[1] ?? text;

function networkOf(address: string | undefined): string | null {
  if (address === undefined || !ipaddr.isValid(address)) return null;
  const found = ipaddr.process(address);
  if (found.kind() === 'ipv4') return found.toString();
  const { parts } = found as ipaddr.IPv6;
  // Behind a translator (RFC 6052) many people share the network, and each has an IPv4 address in the last 32 bits.
  if (found.range() === 'rfc6052') return new ipaddr.IPv4(found.toByteArray().slice(-4)).toString();
  return `${parts.slice(0, GROUPS).map((part) => part.toString(16)).join(':')}::/${NETWORK_BITS}`;
}
