// A Chromium for what looks at the console: one that is named or installed; on Debian as root it is installed with apt.
import { ensureProgram } from './apt.mjs';
import { onPath } from './programs.mjs';

const SHELL = 'chromium-headless-shell';
const NAMES = [SHELL, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * The shell first, for tests: the same engine without the windows round it, for two thirds of the CPU time. What is timed wants the browser that people have
 * (`first`: 'chromium'): the shell paints twice as early.
 *
 * @returns {Promise<string>} the program's path
 * @throws {Problem} where there is none and none can be installed: a run without its browser tests says so with --without-browser
 */
export const ensureChromium = (first = SHELL) => ensure(first, first).catch(() => ensure('chromium', first));

/** Not every Debian has the shell. */
const ensure = (debianPackage, first) =>
  ensureProgram(
    debianPackage,
    () => process.env.MERIDEN_CHROMIUM ?? [first, ...NAMES].map((name) => onPath(name)).find(Boolean),
    'The tests of the console need Chromium. Install it (on Debian: apt-get install chromium-headless-shell), name one in MERIDEN_CHROMIUM, or leave these tests out: npm test -- --without-browser',
  );
