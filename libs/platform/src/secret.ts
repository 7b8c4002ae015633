import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const SECRET = /^[0-9a-f]{64}$/;

/**
 * The installation's own secret, 32 bytes in hex, made at the first start and kept in the file `secret` of the data folder,
 * readable by its owner only. (The passwords of the embedded servers lie beside it in `secrets.json`, which the bootstrap
 * writes; two writers of one file would lose one another's lines.) Two processes that start at once agree: the file appears
 * complete or not at all, and the first one wins.
 *
 * @throws Error when the file is there but holds no secret: a new one would make everything sealed with the old unreadable.
 */
export function keptSecret(dataDir: string): string {
  const file = join(dataDir, 'secret');
  const present = read(file);
  if (present !== null) return present;
  mkdirSync(dataDir, { recursive: true });
  const draft = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const kept = read(file);
  if (kept === null) throw new Error(`${file} vanished while it was being read`);
  return kept;
}

function read(file: string): string | null {
  let secret: string;
  try {
    secret = readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  if (SECRET.test(secret)) return secret;
  throw new Error(`${file} is damaged: it must hold 64 hex digits. Restore it from a backup; if nothing is sealed with it yet, remove it.`);
}
