import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectRoot } from '@meriden/platform';
import { FEW_SESSIONS } from './built-program.js';
import { eventually } from './queue-bench.js';

type Line = Readonly<Record<string, unknown> & { msg: string }>;

export type WorkerProcess = Readonly<{
  child: ChildProcess;
  /** What it logged so far. */
  lines: readonly Line[];
  /** Everything else it wrote. */
  words(): string;
  /** Resolves with its exit code, or the signal that ended it. */
  ended: Promise<number | string>;
  /** Waits for a line of the log. */
  says(message: string): Promise<Line>;
  /** SIGKILL, if it still runs, and away with its folder. */
  discard(): Promise<void>;
}>;

/** The built worker as a process of its own. */
export function startWorker(environment: Readonly<Record<string, string>>): WorkerProcess {
  const dataDir = mkdtempSync(join(tmpdir(), 'meriden-worker-'));
  const child = spawn(process.execPath, [join(projectRoot(), 'dist/apps/worker/src/main.js')], {
    cwd: projectRoot(),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], MERIDEN_DATA_DIR: dataDir, MERIDEN_WORKER_PORT: '0', MERIDEN_JOB_LOCK_MS: '1000', MERIDEN_DATABASE_CONNECTIONS: String(FEW_SESSIONS), ...environment },
  });
  const lines: Line[] = [];
  let words = '';
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(JSON.parse(line) as Line));
  child.stderr.on('data', (text) => (words += String(text)));
  const ended = new Promise<number | string>((resolve) => child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown')));
  return {
    child,
    lines,
    words: () => words,
    ended,
    says: async (message) => {
      await eventually(() => `the worker says "${message}" (it said: ${JSON.stringify(lines)} ${words})`, () => lines.some((line) => line.msg === message));
      return lines.find((line) => line.msg === message) as Line;
    },
    discard: async () => {
      child.kill('SIGKILL');
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
