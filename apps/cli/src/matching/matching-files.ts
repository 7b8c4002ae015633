import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { Digest, MatchingInstance, SolveResult } from '@meriden/matching';
import { MAX_TEXT, MatchingError, parseInstance, parseJson } from '@meriden/matching';
import type { RoundFile } from '@meriden/rounds';
import { ROUND_FILE_FORMAT } from '@meriden/rounds';
import { EXIT, type Exit, type Terminal } from '../terminal/terminal.js';

/** Hex SHA-256 of the UTF-8 text, for the pure rooms. */
export const digest: Digest = (text) => createHash('sha256').update(text).digest('hex');

export type ReadFile = (path: string) => string;
/** Reads a file unless it is longer than any that is used, before it takes its size in memory twice over. */
export const fromDisk: ReadFile = (path) => {
  const { size } = statSync(path);
  if (size > MAX_TEXT) throw new MatchingError('too-large', 'file', `has ${size} bytes, and at most ${MAX_TEXT} are read`, 'Split it, or shorten the lists');
  return readFileSync(path, 'utf8');
};

/** Reads an instance file; a round's published file stands for the instance in it. */
export function readInstance(path: string, read: ReadFile): MatchingInstance {
  const value = parseJson(read(path));
  return parseInstance(isRoundFile(value) ? value.instance : value);
}

/** Reads a result: a round's published file, or the `solve` line (of possibly many) that bears the instance's id. */
export function readResult(path: string, read: ReadFile, instanceId: string): SolveResult | RoundFile {
  const text = read(path);
  const lines = text.trim().startsWith('{') && !/\n\s*\{/.test(text.trim()) ? [text] : text.split('\n').filter((line) => line.trim() !== '');
  const values = lines.map((line) => parseJson(line));
  const found = values.find((value) => isRoundFile(value) || (value as { id?: unknown } | null)?.id === instanceId) ?? values[0];
  if (found === undefined || found === null || typeof found !== 'object')
    throw new MatchingError('malformed', path, 'holds no result', 'Give one line written by solve, or a published round file');
  return found as SolveResult | RoundFile;
}

export function isRoundFile(value: unknown): value is RoundFile {
  return value !== null && typeof value === 'object' && (value as { format?: unknown }).format === ROUND_FILE_FORMAT;
}

/** Runs one file's work; what is wrong with the file is told in words with its name, and counts as wrong usage. */
export async function guarded(path: string, terminal: Terminal, work: () => Promise<Exit> | Exit): Promise<Exit> {
  try {
    return await work();
  } catch (error) {
    const unreadable = (error as NodeJS.ErrnoException).code;
    if (!(error instanceof MatchingError) && unreadable === undefined) throw error;
    terminal.tell(`${path}: ${(error as Error).message}`);
    return EXIT.usage;
  }
}
