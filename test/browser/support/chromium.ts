import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const PLACES = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
/** Nothing of the browser's own reaches out: test traffic stays on this machine. */
const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** For tests: none of their pages lives long enough to earn back what the optimising compilers of its engine cost. */
export const BRIEF = ['--js-flags=--no-opt,--no-maglev'];

/** The Chromium that the bootstrap found or installed (`MERIDEN_CHROMIUM`), else one in a usual place. */
export function launchChromium(flags: readonly string[] = []): Promise<Browser> {
  const executablePath = process.env['MERIDEN_CHROMIUM'] ?? PLACES.find((place) => existsSync(place));
  if (executablePath === undefined) throw new Error('There is no Chromium: on Debian `apt-get install chromium-headless-shell`, or name one in MERIDEN_CHROMIUM.');
  return chromium.launch({ executablePath, args: [...QUIET, ...flags] });
}
