// The owner's side of the keeper (see keeper-process.mjs): start, stop and signal servers that must not outlive us.
import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onPath } from './programs.mjs';

/** Patience of each signal in milliseconds, tried in turn until the process is gone. */
export const STOP_GENTLY = [['SIGTERM', 15_000], ['SIGKILL', 5_000]];

/**
 * Where the kernel offers it, a kept process is also told when the keeper itself is killed: `setpriv --pdeathsig` costs
 * nothing and covers the one death the pipe cannot see.
 */
export function toldOfDeath(command, args, signal) {
  const setpriv = process.platform === 'linux' ? onPath('setpriv') : null;
  return setpriv ? [setpriv, ['--pdeathsig', signal.replace('SIG', ''), command, ...args]] : [command, args];
}

/**
 * Starts a keeper. Events: 'exit' ({name, pid, code, signal}) whenever a kept process ends, 'lost' when the keeper itself died.
 */
export function startKeeper() {
  const script = fileURLToPath(new URL('./keeper-process.mjs', import.meta.url));
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'ignore'], detached: true, env: { PATH: process.env.PATH ?? '' }, cwd: '/' });
  const events = new EventEmitter();
  const waiting = new Map();
  const exits = new Map();
  let next = 1;
  let ended = false;

  createInterface({ input: child.stdout }).on('line', (line) => {
    const message = JSON.parse(line);
    if (message.event) {
      exits.set(message.pid, message);
      setImmediate(() => events.emit(message.event, message)); // whoever awaits the pid has it by then
      return;
    }
    if (message.pid) exits.delete(message.pid); // the system gave an old number to a new process
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  });
  child.stdin.on('error', () => {});
  child.on('exit', () => {
    for (const answer of waiting.values()) answer({ error: 'the keeper of the servers has died' });
    waiting.clear();
    if (!ended) events.emit('lost');
    ended = true;
  });

  const ask = (request) =>
    new Promise((resolve, reject) => {
      if (ended) return reject(new Error('the keeper of the servers has died'));
      const id = next++;
      waiting.set(id, (answer) => (answer.error ? reject(new Error(answer.error)) : resolve(answer)));
      child.stdin.write(`${JSON.stringify({ id, ...request })}\n`);
    });

  return {
    events,
    pid: child.pid,
    /**
     * Starts a server and gives its pid. `identity` (programs.mjs) says as whom; `stop` is a list of [signal, milliseconds].
     * @returns {Promise<number>}
     */
    async spawn({ name, command, args, options, identity, log, stop = STOP_GENTLY }) {
      mkdirSync(dirname(log), { recursive: true });
      const inner = toldOfDeath(command, args, stop[0][0]);
      const [program, all, as] = identity ? identity.wrap(...inner) : [...inner, {}];
      const { pid } = await ask({ op: 'spawn', name, command: program, args: all, options: { ...options, ...as }, log, stop });
      return pid;
    },
    /** How a kept process ended ({code, signal}), undefined while it runs. */
    exitOf: (pid) => exits.get(pid),
    stop: (name) => ask({ op: 'stop', name }),
    /** A folder to delete after the last server is down, also when we are killed. */
    removeAtEnd: (folder) => ask({ op: 'removeAtEnd', folder }),
    signal: (name, signal) => ask({ op: 'signal', name, signal }),
    /** Stops everything in reverse order, then the keeper. */
    async end() {
      if (ended) return;
      await ask({ op: 'stopAll' }).catch(() => {});
      ended = true;
      await new Promise((resolve) => {
        child.once('exit', resolve);
        child.stdin.end();
      });
    },
  };
}
