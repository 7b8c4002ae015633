// The keeper: a small process of its own that owns the servers. It holds one end of a pipe to whoever asked for them; when
// that end closes, however its owner died (kill -9 too), it ends the servers in reverse order and leaves. No orphans.
//
// Requests, one JSON line each: {id, op: 'spawn'|'stop'|'signal'|'stopAll'|'removeAtEnd', ...}; answers {id, ...}; news {event: 'exit', ...}.
import { spawn } from 'node:child_process';
import { openSync, closeSync, renameSync, rmSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { endProcess, startToken } from './processes.mjs';

const LOG_LIMIT = 16 * 1024 * 1024;

/** name -> {pid, token, child, stop}, in the order of their start */
const kept = new Map();
const clearUp = new Set();
let leaving = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
process.stdout.on('error', () => {});

const tell = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

function openLog(file) {
  try {
    if (statSync(file).size > LOG_LIMIT) renameSync(file, `${file}.1`);
  } catch {
    // none yet
  }
  return openSync(file, 'a', 0o600);
}

/** Its own session, so that a Ctrl-C in the terminal reaches the owner alone, who then stops things in order. */
function spawnKept({ id, name, command, args, options = {}, log, stop }) {
  const out = openLog(log);
  const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', out, out] });
  closeSync(out);
  child.on('error', (error) => {
    kept.delete(name);
    tell({ id, error: `${error.code ?? ''} ${error.message}`.trim() });
  });
  child.on('spawn', () => {
    const entry = { pid: child.pid, token: startToken(child.pid), stop };
    kept.set(name, entry);
    child.on('exit', (code, signal) => {
      if (kept.get(name) === entry) kept.delete(name);
      tell({ event: 'exit', name, pid: child.pid, code, signal });
    });
    tell({ id, pid: child.pid });
  });
}

async function stopKept(name) {
  const entry = kept.get(name);
  if (entry) await endProcess(entry.pid, entry.token, entry.stop);
}

async function stopAll() {
  for (const name of [...kept.keys()].reverse()) await stopKept(name);
}

async function obey(request) {
  const { id, op, name } = request;
  try {
    if (op === 'spawn') return spawnKept(request);
    if (op === 'stop') await stopKept(name);
    if (op === 'stopAll') await stopAll();
    if (op === 'removeAtEnd') clearUp.add(request.folder);
    if (op === 'signal') {
      const entry = kept.get(name);
      if (!entry) return tell({ id, error: `${name} is not running` });
      process.kill(entry.pid, request.signal);
    }
    tell({ id, done: true });
  } catch (error) {
    tell({ id, error: error.message });
  }
}

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => void obey(JSON.parse(line)));
lines.on('close', async () => {
  if (leaving) return;
  leaving = true;
  await stopAll();
  for (const folder of clearUp) rmSync(folder, { recursive: true, force: true });
  process.exit(0);
});
