import { connect } from 'node:net';
import type { QueryRunner } from 'typeorm';

const CANCEL_REQUEST = 80_877_102;
const PATIENCE_MS = 5_000;

/** What is known of a connection that pg made: where the server is, and the pair by which it takes a cancellation. */
type Backend = Readonly<{ host?: string; port?: number; processID?: number | null; secretKey?: number | null }>;

/**
 * Asks PostgreSQL to give up the statement that runs on this runner's connection; its promise then rejects. By the protocol's own
 * cancel request, on a connection of its own: it needs no place in the pool, which may be what has run out. Best effort: where
 * the server cannot be reached so, `statement_timeout` remains.
 *
 * @returns once the server has passed it on: until then the connection must serve nobody else, whose statement it would hit
 */
export async function cancelStatement(runner: QueryRunner): Promise<void> {
  const { host, port, processID, secretKey } = ((await runner.connect()) ?? {}) as Backend;
  if (host === undefined || port === undefined || typeof processID !== 'number' || typeof secretKey !== 'number') return;
  const message = Buffer.alloc(16);
  for (const [at, word] of [16, CANCEL_REQUEST, processID, secretKey].entries()) message.writeInt32BE(word, at * 4);
  await new Promise<void>((resolve) => {
    const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
    socket.setTimeout(PATIENCE_MS, () => socket.destroy());
    // The server says nothing and closes: what may be read must be read, or its end is never seen.
    socket.resume();
    socket.end(message);
  });
}
