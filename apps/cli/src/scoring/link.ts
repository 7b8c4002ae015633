import { EXIT, type Exit, type Terminal } from '../terminal/terminal.js';
import { cellsOf, fromDisk, openFolder, readGiven, type ReadFile } from './reference-folder.js';

/** The skills found in each text, with their places in code points, end exclusive. */
export async function link(flags: Readonly<{ reference: string; text: string }>, terminal: Terminal, read: ReadFile = fromDisk): Promise<Exit> {
  const rows = cellsOf(readGiven(flags.text, read));
  const search = openFolder(flags.reference, read);
  for (const [id = '', text = ''] of rows) {
    for (const span of search.link(text)) terminal.line(`${id}\t${span.start}\t${span.end}\t${span.skillId}\t${span.score.toFixed(4)}`);
  }
  return EXIT.done;
}
