import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RegionSize } from '../demonstration/region.js';

export type DemonstrationAccount = Readonly<{ email: string; role: string; /** Base32; staff roles only. */ totpSecret?: string }>;

/** What only this installation knows of its demonstration region: `.data/demonstration.json`, mode 600. */
export type DemonstrationFile = Readonly<{
  notice: string;
  size: RegionSize;
  /** The day the region was made for. */
  asOf: string;
  password: string;
  accounts: readonly DemonstrationAccount[];
  /** Steps of the seeding that are done, so that one that was cut off goes on. */
  steps: readonly string[];
  complete: boolean;
  /** The round that waits to be run with everybody's preferences in it; absent until they are, and once the main job has run it. */
  readyRound?: ReadyRound;
}>;

export type ReadyRound = Readonly<{ /** Node id. */ id: string; name: string; learnersRanked: number; employersRanked: number }>;

const path = (dataDir: string): string => join(dataDir, 'demonstration.json');

/** Null where there is none, or only the torn half of one. */
export function readDemonstration(dataDir: string): DemonstrationFile | null {
  try {
    return JSON.parse(readFileSync(path(dataDir), 'utf8')) as DemonstrationFile;
  } catch {
    return null;
  }
}

/** Replaces the file in one step, readable by its owner only. */
export function writeDemonstration(dataDir: string, file: DemonstrationFile): void {
  mkdirSync(dataDir, { recursive: true });
  const draft = `${path(dataDir)}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(file, null, 1)}\n`, { mode: 0o600 });
  renameSync(draft, path(dataDir));
}
