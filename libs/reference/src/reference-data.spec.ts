import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, REFERENCE_FILES } from './reference-data.js';

const files = Object.fromEntries(REFERENCE_FILES.map((f) => [f, readFileSync(join(import.meta.dirname, '../data', f), 'utf8')]));
describe('the shipped reference data', () => {
  it('parses', () => {
    expect(parse(files).campuses.byId.size).toBe(12);
  });
});
