import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What anybody who wants to check a round has to read, in lines. */
const MOST = 300;
/** The published format: types alone, which vanish when compiled. */
const FORMAT = ['instance.ts', 'result.ts'];
/** Doors of what produces results. */
const PRODUCERS = ['solve.ts', 'enumerate.ts', 'explain.ts', 'smallest-change.ts', 'live-market.ts', 'assignment.ts', 'parse-instance.ts'];

const source = (file: string): string => readFileSync(join('libs/matching/src', file), 'utf8');

/** What a module imports: [file, whether for its types alone]. Every way of importing is a `from '...'`, a bare `import '...'` or an `import(...)`. */
function imports(file: string): [string, boolean][] {
  const found = [...source(file).matchAll(/^(import|export)( type)?\b[^;]*?from '([^']+)'|\bimport\s*\(?\s*'([^']+)'/gm)];
  return found.map((match) => [(match[3] ?? match[4])!.replace(/^\.\//, '').replace(/\.js$/, '.ts'), match[2] !== undefined]);
}

/** Every module that runs when this one does, itself included. */
function closure(...doors: string[]): Set<string> {
  const met = new Set<string>();
  for (let file = doors.pop(); file !== undefined; file = doors.pop()) {
    if (met.has(file)) continue;
    met.add(file);
    doors.push(...imports(file).filter(([, types]) => !types).map(([other]) => other));
  }
  return met;
}

const lines = (files: Iterable<string>): number => [...files].reduce((sum, file) => sum + source(file).trimEnd().split('\n').length, 0);

describe('the checker, with all it runs', () => {
  it(`is at most ${MOST} lines`, () => {
    expect(lines(closure('verify.ts'))).toBeLessThanOrEqual(MOST);
    expect(lines(closure('solve.ts'))).toBeGreaterThan(MOST);
  });

  it('shares no module with what produces results, and of types only the published format', () => {
    const checker = closure('verify.ts');
    const producers = closure(...PRODUCERS);
    expect([...producers].length).toBeGreaterThan(PRODUCERS.length);
    expect([...checker].filter((file) => producers.has(file))).toEqual([]);
    expect([...checker].flatMap(imports).filter(([file, types]) => types && !FORMAT.includes(file))).toEqual([]);
  });
});
