import type { Stability } from '@meriden/matching';
import { enumerateStable } from '@meriden/matching';
import { EXIT, type Exit, type Terminal } from '../terminal/terminal.js';
import { fromDisk, guarded, readInstance, type ReadFile } from './matching-files.js';

/** All stable matchings of each file, one line a file. */
export async function enumerateFiles(files: readonly string[], flags: Readonly<{ stability: Stability; limit?: number }>, terminal: Terminal, read: ReadFile = fromDisk): Promise<Exit> {
  let exit: Exit = EXIT.done;
  for (const file of files) {
    const one = await guarded(file, terminal, () => {
      terminal.answer(enumerateStable(readInstance(file, read), flags));
      return EXIT.done;
    });
    if (one !== EXIT.done) exit = one;
  }
  return exit;
}
