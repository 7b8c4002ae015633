import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const SECRET = /^[0-9a-f]{64}$/;

/**
 * The installation's own secret, 32 bytes in hex, made at the first start and kept in `secrets.json` of the data folder
 * (readable by its owner only). Two processes that start at once agree: the file appears complete or not at all, and the
 * first one wins.
 *
 * @throws Error when the file is there but holds no secret: a new one would make everything sealed with the old unreadable.
 */
export function keptSecret(dataDir: string): string {
  const file = join(dataDir, 'secrets.json');
  const present = read(file);
  if (present !== null) return present;
  mkdirSync(dataDir, { recursive: true });
  const draft = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, `${JSON.stringify({ secret: randomBytes(32).toString('hex') })}\n`, { mode: 0o600, flush: true });
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
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  let secret: unknown;
  try {
    secret = (JSON.parse(text) as { secret?: unknown }).secret;
  } catch {
    secret = undefined;
  }
  if (typeof secret === 'string' && SECRET.test(secret)) return secret;
  throw new Error(`${file} is damaged: it must hold {"secret": "64 hex digits"}; restore it from a backup, or remove it to make a new one`);
}
