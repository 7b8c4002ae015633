import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { BackupRefused, backUp, restoreBackup } from '@meriden/persistence';
import { loadConfig } from '@meriden/platform';
import { AnswerIsNo, EXIT, WrongUsage, type Exit, type Terminal } from '../terminal/terminal.js';

/** Writes everything stored into one compressed file, readable by its owner alone, while the service runs. */
export async function backup(terminal: Terminal, file: string): Promise<Exit> {
  if (existsSync(file)) throw new WrongUsage(`${file} is there already: give a new name, so that no older backup is lost.`);
  const { databaseUrl } = loadConfig();
  const lines = new PassThrough({ highWaterMark: 1 << 20 });
  const written = pipeline(lines, createGzip(), createWriteStream(file, { mode: 0o600, flags: 'wx' }));
  const digests = await backUp(databaseUrl, async (line) => {
    if (!lines.write(`${line}\n`)) await new Promise((resolve) => lines.once('drain', resolve));
  });
  lines.end();
  await written;
  terminal.answer({ file, tables: digests });
  terminal.tell('Keep it as you keep the database: it holds personal data. Keep the secret (MERIDEN_SECRET, or the file `secret` in the data folder) apart from it; without the secret nobody can sign in with a second factor.');
  return EXIT.done;
}

/** Fills an empty database from a backup, whole or not at all. */
export async function restore(terminal: Terminal, file: string): Promise<Exit> {
  if (!existsSync(file)) throw new WrongUsage(`There is no file ${file}.`);
  const { databaseUrl } = loadConfig();
  const lines = createReadStream(file).pipe(createGunzip());
  // Of a file that is cut off the lines that are whole still come; the last one is then missed.
  lines.on('error', () => lines.push(null));
  try {
    const tables = await restoreBackup(databaseUrl, createInterface({ input: lines, crlfDelay: Number.POSITIVE_INFINITY }));
    terminal.answer({ restored: true, tables });
    terminal.tell('Restored, and equal to what was backed up. Start the service; what the outbox holds is sent again and done once.');
    return EXIT.done;
  } catch (error) {
    if (error instanceof BackupRefused) throw new AnswerIsNo(error.message);
    throw error;
  }
}
