import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '@meriden/platform';

/** Each session costs PostgreSQL a start and all it learns anew; what few people ask needs few. */
export const FEW_SESSIONS = 6;

export type Ended = Readonly<{ code: number | null; stdout: string; stderr: string }>;

/** Runs the built command line to its end, as an operator would; standard output and standard error apart. */
export function runCli(args: readonly string[], environment: Readonly<Record<string, string | undefined>>): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = start('cli', args, environment);
    let [stdout, stderr] = ['', ''];
    child.stdout?.on('data', (text) => (stdout += String(text)));
    child.stderr?.on('data', (text) => (stderr += String(text)));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

export type RunningProgram = Readonly<{ log(): string; running(): boolean; end(): Promise<void> }>;

/** Starts a built program that stays up, but not longer than we do; `end` stops it in order, by force after ten seconds. `preload` names modules that are loaded before it. */
export function startProgram(name: 'api' | 'worker', environment: Readonly<Record<string, string | undefined>>, preload: readonly string[] = []): RunningProgram {
  const child = start(name, [], environment, preload);
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (log += String(text)));
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return {
    log: () => log,
    running: () => child.exitCode === null && child.signalCode === null,
    end: async () => {
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await gone;
      clearTimeout(force);
    },
  };
}

function start(name: 'api' | 'worker' | 'cli', args: readonly string[], environment: Readonly<Record<string, string | undefined>>, preload: readonly string[] = []): ChildProcess {
  const built = (path: string): string => join(projectRoot(), 'dist', path);
  const leashed = name !== 'cli';
  const imports = [...(leashed ? [pathToFileURL(built('test/faults/preload/leash.js')).href] : []), ...preload].flatMap((file) => ['--import', file]);
  return spawn(process.execPath, ['--enable-source-maps', ...imports, built(`apps/${name}/src/main.js`), ...args], {
    stdio: ['ignore', 'pipe', 'pipe', leashed ? 'ipc' : 'ignore'],
    env: { PATH: process.env['PATH'], ...(leashed && { MERIDEN_DATABASE_CONNECTIONS: String(FEW_SESSIONS) }), ...environment },
  });
}
