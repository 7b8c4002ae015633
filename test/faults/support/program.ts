import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '@meriden/platform';

/** Preload modules by name: dist/test/faults/preload/<name>.js. */
export type Preload = 'leash' | 'witness' | 'without-outbox' | 'without-inbox' | 'without-reconciler' | 'statements';

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
  /** Warnings and errors it logged, counted by their words and code: why tries came to nothing. */
  readonly troubles = new Map<string, number>();

  constructor(name: 'api' | 'worker', environment: Readonly<Record<string, string | undefined>>, preloads: readonly Preload[], hear: (message: never) => void = () => undefined) {
    const imports = preloads.flatMap((preload) => ['--import', pathToFileURL(built(`test/faults/preload/${preload}.js`)).href]);
    this.child = spawn(process.execPath, [...imports, built(`apps/${name}/src/main.js`)], { env: environment, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    this.ended = new Promise((resolve) => this.child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown')));
    this.child.on('message', hear as (message: unknown) => void);
    // A message to a process that has just died is nobody's fault.
    this.child.on('error', () => undefined);
    if (this.child.stdout !== null) createInterface({ input: this.child.stdout }).on('line', (line) => this.count(line));
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

  private count(line: string): void {
    try {
      const { level, msg, name, error } = JSON.parse(line) as { level?: string; msg?: string; name?: string; error?: { type?: string; code?: string; message?: string } };
      if (level === 'info' || level === 'debug') return;
      const words = [msg, name, error?.code ?? error?.message?.slice(0, 60) ?? error?.type].filter((part) => part !== undefined).join(': ');
      this.troubles.set(words, (this.troubles.get(words) ?? 0) + 1);
    } catch {
      // Not a line of the log: Node's own words about a crash.
    }
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
