// Ports on 127.0.0.1.
import { createServer } from 'node:net';

/** True when nobody listens there and we may. An address this machine does not have is no obstacle. */
export function isFree(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', ({ code }) => resolve(code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT'));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** The first free port at or after `first`; any free one without it. */
export async function freePort(first) {
  if (first === undefined) {
    return new Promise((resolve, reject) => {
      const server = createServer();
      server.once('error', reject);
      server.listen({ port: 0, host: '127.0.0.1' }, () => {
        const { port } = server.address();
        server.close(() => resolve(port));
      });
    });
  }
  for (let port = first; port < first + 200; port++) if (await isFree(port)) return port;
  return freePort();
}
