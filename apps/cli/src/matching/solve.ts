import { solveExactly } from '@meriden/exact';
import type { Mode, Objective, Stability } from '@meriden/matching';
import { openExplainer } from '@meriden/matching';
import { EXIT, type Exit, type Terminal } from '../terminal/terminal.js';
import { digest, fromDisk, guarded, readInstance, type ReadFile } from './matching-files.js';

export type SolveFlags = Readonly<{ mode: Mode; stability?: Stability; objective?: Objective; seed?: string; timeLimit?: number; reasons?: boolean }>;

/** One result line a file. A file that cannot be used is told and skipped; the others are solved; the exit code is then 2. */
export async function solveFiles(files: readonly string[], flags: SolveFlags, terminal: Terminal, read: ReadFile = fromDisk): Promise<Exit> {
  let exit: Exit = EXIT.done;
  for (const file of files) {
    const one = await guarded(file, terminal, async () => {
      const instance = readInstance(file, read);
      const { reasons, ...options } = flags;
      const result = await solveExactly(instance, { ...options, digest });
      terminal.answer(reasons === true && result.matching !== null ? { ...result, reasons: openExplainer(instance, result, digest).reasons() } : result);
      return EXIT.done;
    });
    if (one !== EXIT.done) exit = one;
  }
  return exit;
}
