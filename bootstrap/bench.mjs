// `npm run bench -- NAME [ARGUMENTS]`: runs test/bench/NAME.bench.ts, one JSON line a case on standard output.
import { EXIT, Problem, entry } from './problem.mjs';
import { ensureProgram } from './apt.mjs';
import { ensureChromium } from './chromium.mjs';
import { onPath } from './programs.mjs';
import { benchmarks, runBuilt } from './run-built.mjs';

/** What a benchmark compiles its peer with. */
const COMPILED = new Set(['matching']);
/** Those that look at the console. */
const SEEN = new Set(['console']);

await entry(async () => {
  const [name, ...args] = process.argv.slice(2);
  const names = benchmarks();
  if (name === '--help') {
    process.stdout.write(`npm run bench -- NAME [ARGUMENTS]\n  NAME: ${names.join(', ') || '(none in this checkout)'}\n`);
    return EXIT.done;
  }
  if (!names.includes(name)) throw new Problem(`Which benchmark? ${names.join(', ') || 'There is none in this checkout.'}`, EXIT.usage);
  if (COMPILED.has(name)) {
    await ensureProgram('g++', () => onPath('g++'), 'The peer of this benchmark is compiled with g++. Install it (on Debian: apt-get install g++).');
  }
  if (SEEN.has(name)) process.env.MERIDEN_CHROMIUM = await ensureChromium('chromium');
  return runBuilt(`test/bench/${name}.bench.js`, args, ['--expose-gc']);
});
