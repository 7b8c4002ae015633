import { EXIT, type Exit, type Terminal } from '../terminal/terminal.js';
import { cellsOf, fromDisk, openFolder, readGiven, type ReadFile } from './reference-folder.js';

/** How related the skills of each pair are, 0 to 1. */
export async function relate(flags: Readonly<{ reference: string; pairs: string }>, terminal: Terminal, read: ReadFile = fromDisk): Promise<Exit> {
  const pairs = cellsOf(readGiven(flags.pairs, read));
  const search = openFolder(flags.reference, read);
  for (const [a = '', b = ''] of pairs) terminal.line(`${a}\t${b}\t${search.related(a, b).toFixed(6)}`);
  return EXIT.done;
}
