import { createConnection } from 'node:net';

export type RedisFacts = Readonly<{ version: string; mayEvict: boolean; appendOnly: boolean }>;

/**
 * Asks a Redis the three things that decide whether it may carry the queue, in one go. The terminal does not know the queue's
 * client, and these few lines of its protocol are all it needs.
 *
 * @throws Error when it does not answer within `timeoutMs`, refuses the password, or speaks TLS (`rediss:`).
 */
export async function probeRedis(address: string, timeoutMs = 3_000): Promise<RedisFacts> {
  const url = new URL(address);
  if (url.protocol !== 'redis:') throw new Error('only redis: addresses can be looked at from here');
  const login = url.password === '' ? [] : [['AUTH', ...(url.username === '' ? [] : [decodeURIComponent(url.username)]), decodeURIComponent(url.password)]];
  const commands = [...login, ['INFO', 'server'], ['CONFIG', 'GET', 'maxmemory-policy'], ['CONFIG', 'GET', 'appendonly'], ['PING']];
  const text = await conversation(url, commands.map(encode).join(''), timeoutMs);
  const refusal = /^-(\S.*)$/m.exec(text);
  if (refusal) throw new Error(`it refuses: ${refusal[1]?.trim()}`);
  return {
    version: /redis_version:(\S+)/.exec(text)?.[1] ?? 'unknown',
    mayEvict: !/\r\nnoeviction\r\n/.test(text),
    appendOnly: /appendonly\r\n\$3\r\nyes/.test(text),
  };
}

const encode = (words: readonly string[]): string => `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;

/** Sends everything and reads until the last command's PONG, or the first refusal. */
function conversation(url: URL, request: string, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 6379) });
    let heard = '';
    const end = (act: () => void): void => {
      socket.destroy();
      act();
    };
    socket.setTimeout(timeoutMs, () => end(() => reject(new Error(`no answer within ${timeoutMs} ms`))));
    socket.on('connect', () => socket.write(request));
    socket.on('data', (bytes) => {
      heard += bytes.toString('utf8');
      if (/\+PONG\r\n$/.test(heard) || /^-/m.test(heard)) end(() => resolve(heard));
    });
    socket.on('error', (error) => end(() => reject(error)));
    socket.on('close', () => reject(new Error('it hung up')));
  });
}
