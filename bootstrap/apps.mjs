// The api and the worker as kept processes: started again when they crash, later each time, and given up
// when they never hold. The embedded servers, too, come back when they crash under a running Meriden.
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { pause } from './processes.mjs';
import { Problem } from './problem.mjs';
import { duration, say } from './say.mjs';

const STOP = [['SIGTERM', 25_000], ['SIGKILL', 5_000]];
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
/** Up for this long counts as having held. */
const HELD_MS = 30_000;
/** An app that never held is given up after this many crashes; one that did is started again for ever. */
const GIVE_UP_AFTER = 4;

/** The last lines of a log, indented. */
export function logTail(file, lines = 12) {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).map((line) => `    ${line.slice(0, 400)}`).join('\n');
  } catch {
    return '    (no log)';
  }
}

/**
 * Starts one app and keeps it up.
 * @param {{keeper: object, name: string, script: string, environment: Record<string, string>, dataDir: string, onGivenUp: (problem: Problem) => void}} wishes
 */
export async function startApp({ keeper, name, script, environment, dataDir, onGivenUp }) {
  const log = join(dataDir, 'logs', `${name}.log`);
  const state = { pid: 0, stopping: false, held: false, startedAt: 0, crashes: 0, lastCrash: '' };

  const launch = async () => {
    state.startedAt = Date.now();
    state.pid = await keeper.spawn({ name, command: process.execPath, args: ['--enable-source-maps', script], options: { cwd: dataDir, env: environment }, log, stop: STOP });
  };

  keeper.events.on('exit', async (news) => {
    if (news.name !== name || news.pid !== state.pid || state.stopping) return;
    const heldNow = Date.now() - state.startedAt > HELD_MS;
    state.held ||= heldNow;
    state.crashes = heldNow ? 1 : state.crashes + 1;
    state.lastCrash = news.signal ?? `exit ${news.code}`;
    if (!state.held && state.crashes >= GIVE_UP_AFTER) {
      return onGivenUp(new Problem(`The ${name} ended ${state.crashes} times in a row (${state.lastCrash}). The end of ${log}:\n${logTail(log)}`));
    }
    const wait = pauseAfter(state.crashes);
    say(`  ${name.padEnd(12)}ended (${state.lastCrash}), starting again in ${duration(wait)}; log: ${log}`);
    await pause(wait);
    if (state.stopping) return;
    await launch().catch((error) => state.stopping || onGivenUp(new Problem(`The ${name} cannot be started: ${error.message}`)));
  });

  await launch();
  return {
    name,
    log,
    get pid() {
      return state.pid;
    },
    get crashes() {
      return state.crashes;
    },
    async stop() {
      state.stopping = true;
      await keeper.stop(name).catch(() => {});
    },
  };
}

const pauseAfter = (crashes) => Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(10, crashes - 1));

/** Starts an embedded server again whenever it ends unasked. @returns {() => void} call it before stopping them on purpose */
export function reviveServers({ keeper, postgres, redis }) {
  let over = false;
  let crashes = 0;
  const embedded = Object.entries({ postgres, redis }).filter(([, server]) => server);
  keeper.events.on('exit', async ({ name, pid, code, signal }) => {
    const server = embedded.find(([known]) => known === name)?.[1];
    if (!server || over || pid !== server.pid || server.isRestarting) return;
    say(`  ${name.padEnd(12)}ended (${signal ?? `exit ${code}`}), starting again; log: ${server.log}`);
    while (!over) {
      try {
        await server.restart();
        return;
      } catch (error) {
        if (!over) say(`  ${name.padEnd(12)}${error.message}`);
        await pause(pauseAfter(++crashes));
      }
    }
  });
  return () => (over = true);
}

/** Waits until the api that was started, and no other on its port, says that all it needs is there. */
export async function untilApiReady({ host, port, api, patienceMs = 90_000, isGivenUp = () => false }) {
  const until = Date.now() + patienceMs;
  const heard = !host || ['0.0.0.0', '::', '[::]'].includes(host) ? '127.0.0.1' : host;
  const address = heard.includes(':') && !heard.startsWith('[') ? `[${heard}]` : heard;
  let last = 'no answer';
  while (Date.now() < until && !isGivenUp()) {
    try {
      const ask = (path) => fetch(`http://${address}:${port}${path}`, { signal: AbortSignal.timeout(3_000) });
      const alive = await (await ask('/health/live')).json().catch(() => null);
      // Another installation of ours answers just as well, and knows nobody of ours.
      if (alive?.pid !== api.pid) {
        if (api.crashes > 0) throw new Problem(`Port ${port} was taken by another program while this start was under way. Stop that one, or choose another port with PORT.`);
        last = `another program answers on port ${port}`;
      } else {
        const answer = await ask('/health/ready');
        if (answer.ok) return;
        last = `${answer.status} ${(await answer.text()).slice(0, 500)}`;
      }
    } catch (error) {
      if (error instanceof Problem) throw error;
      last = error.cause?.code ?? error.message;
    }
    await pause(100);
  }
  throw new Problem(`The api is not ready (${last}). The end of ${api.log}:\n${logTail(api.log)}`);
}
