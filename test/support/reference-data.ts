import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, REFERENCE_FILES, type ReferenceData } from '@meriden/reference';

const FOLDER = join(import.meta.dirname, '../../libs/reference/data');

/** The shipped files by name, as a caller hands them to `parse`; a new object each time, so that a test may spoil one. */
export function referenceFiles(): Record<string, string> {
  return Object.fromEntries(REFERENCE_FILES.map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')]));
}

let parsed: ReferenceData | undefined;

/** The shipped reference data, parsed once a test file. */
export function referenceData(): ReferenceData {
  parsed ??= parse(referenceFiles());
  return parsed;
}
