// A Chromium for the tests in a real browser: one that is named or installed; on Debian as root it is installed with apt.
import { ensureProgram } from './apt.mjs';
import { onPath } from './programs.mjs';

/** The shell first: the same engine without the windows round it, for two thirds of the CPU time. */
const NAMES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * @returns {Promise<string>} the program's path
 * @throws {Problem} where there is none and none can be installed: a run without its browser tests says so with --without-browser
 */
export const ensureChromium = () => ensure('chromium-headless-shell').catch(() => ensure('chromium'));

/** Not every Debian has the shell. */
const ensure = (debianPackage) =>
  ensureProgram(
    debianPackage,
    () => process.env.MERIDEN_CHROMIUM ?? NAMES.map((name) => onPath(name)).find(Boolean),
    'The tests of the console need Chromium. Install it (on Debian: apt-get install chromium-headless-shell), name one in MERIDEN_CHROMIUM, or leave these tests out: npm test -- --without-browser',
  );
