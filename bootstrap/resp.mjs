// A few words of the Redis protocol over a plain socket: enough to ask a server how it is before any package is installed.
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';

/**
 * Sends commands on one connection and gives the replies: strings, numbers, null, or Error objects for `-ERR`.
 * @param {string} url redis://[user:password@]host:port[/db] or rediss://
 * @param {string[][]} commands
 */
export function askRedis(url, commands, { timeoutMs = 3_000 } = {}) {
  const { protocol, hostname, port, username, password } = new URL(url);
  const credentials = password ? [['AUTH', ...(username ? [decodeURIComponent(username)] : []), decodeURIComponent(password)]] : [];
  const all = [...credentials, ...commands];
  return new Promise((resolve, reject) => {
    const target = { host: hostname || '127.0.0.1', port: Number(port || 6379) };
    const socket = protocol === 'rediss:' ? connectTls({ ...target, servername: hostname }) : connectTcp(target);
    let received = Buffer.alloc(0);
    const fail = (error) => {
      socket.destroy();
      reject(error);
    };
    socket.setTimeout(timeoutMs, () => fail(new Error(`no answer within ${timeoutMs} ms`)));
    socket.on('error', fail);
    socket.on('close', () => reject(new Error('the connection was closed')));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      const replies = parseReplies(received);
      if (replies.length < all.length) return;
      const refused = credentials.length > 0 && replies[0] instanceof Error;
      socket.end();
      if (refused) reject(replies[0]);
      else resolve(replies.slice(credentials.length));
    });
    socket.write(all.map(encode).join(''));
  });
}

const encode = (words) => `*${words.length}\r\n${words.map((w) => `$${Buffer.byteLength(w)}\r\n${w}\r\n`).join('')}`;

/** The complete replies at the front of the buffer. Arrays are not needed here and not understood. */
function parseReplies(buffer) {
  const replies = [];
  let at = 0;
  for (;;) {
    const end = buffer.indexOf('\r\n', at);
    if (end < 0) return replies;
    const head = buffer.toString('utf8', at, end);
    const rest = head.slice(1);
    at = end + 2;
    if (head[0] === '+') replies.push(rest);
    else if (head[0] === '-') replies.push(new Error(rest));
    else if (head[0] === ':') replies.push(Number(rest));
    else if (head[0] === '$' && Number(rest) < 0) replies.push(null);
    else if (head[0] === '$') {
      const stop = at + Number(rest);
      if (buffer.length < stop + 2) return replies;
      replies.push(buffer.toString('utf8', at, stop));
      at = stop + 2;
    } else return [...replies, new Error(`unexpected reply ${head}`)];
  }
}

/** `INFO` as a table: redis_version, maxmemory_policy, aof_enabled, loading ... */
export async function redisInfo(url, options) {
  const [info] = await askRedis(url, [['INFO']], options);
  if (info instanceof Error) throw info;
  return Object.fromEntries(info.split('\r\n').filter((l) => l.includes(':')).map((l) => [l.slice(0, l.indexOf(':')), l.slice(l.indexOf(':') + 1)]));
}
