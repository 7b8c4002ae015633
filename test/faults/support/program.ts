import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '@meriden/platform';

/** Preload modules by name: dist/test/faults/preload/<name>.js. */
export type Preload = 'leash' | 'witness' | 'without-outbox' | 'without-inbox' | 'without-reconciler';

const LOG_KEPT = 400;

function built(path: string): string {
  const file = join(projectRoot(), 'dist', path);
  if (!existsSync(file)) throw new Error(`dist/${path} is not built: run \`npm run build\``);
  return file;
}

/** One of the built programs as a process of its own, with a line to whatever was preloaded into it. */
export class Program {
  readonly child: ChildProcess;
  /** How it ended: an exit code or a signal. */
  readonly ended: Promise<number | string>;
  readonly #log: string[] = [];

  constructor(name: 'api' | 'worker', environment: Readonly<Record<string, string | undefined>>, preloads: readonly Preload[], hear: (message: never) => void = () => undefined) {
    const imports = preloads.flatMap((preload) => ['--import', pathToFileURL(built(`test/faults/preload/${preload}.js`)).href]);
    this.child = spawn(process.execPath, [...imports, built(`apps/${name}/src/main.js`)], { env: environment, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    this.ended = new Promise((resolve) => this.child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown')));
    this.child.on('message', hear as (message: unknown) => void);
    // A message to a process that has just died is nobody's fault.
    this.child.on('error', () => undefined);
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (text) => {
        this.#log.push(String(text));
        if (this.#log.length > LOG_KEPT) this.#log.splice(0, this.#log.length - LOG_KEPT);
      });
    }
  }

  get log(): string {
    return this.#log.join('');
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  tell(message: string): void {
    if (this.running && this.child.connected) this.child.send(message);
  }
}
