// A Chromium for the tests in a real browser: one that is named or installed; on Debian as root it is installed with apt.
import { join } from 'node:path';
import { dataDirectory, makePassable } from './place.mjs';
import { run } from './processes.mjs';
import { onPath } from './programs.mjs';
import { alone } from './lock-file.mjs';
import { Problem, diskFull, looksLikeFullDisk } from './problem.mjs';
import { step } from './say.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const INSTALL = ['install', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=2', 'chromium'];
const QUIET_APT = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
const APT_MS = 10 * 60_000;

const present = () => process.env.MERIDEN_CHROMIUM ?? NAMES.map((name) => onPath(name)).find(Boolean);

/**
 * @returns {Promise<string>} the program's path
 * @throws {Problem} where there is none and none can be installed: a run without its browser tests says so with --without-browser
 */
export async function ensureChromium() {
  const found = present();
  if (found) return found;
  let installed;
  await step('chromium', async (note) => {
    const tools = makePassable(join(dataDirectory(), 'tools'));
    installed = await alone(join(tools, 'chromium-lock'), () => present() ?? install(note));
    return `installed as ${installed}`;
  });
  return installed;
}

async function install(note) {
  const apt = onPath('apt-get');
  if (!apt || process.getuid?.() !== 0) {
    throw new Problem('The tests of the console need Chromium. Install it (on Debian: apt-get install chromium), name one in MERIDEN_CHROMIUM, or leave these tests out: npm test -- --without-browser');
  }
  const problems = [];
  for (const refresh of [false, true]) {
    note(refresh ? 'refreshing the lists of packages' : 'installing with apt');
    if (refresh) await run(apt, ['update'], { env: QUIET_APT, timeoutMs: APT_MS });
    const result = await run(apt, INSTALL, { env: QUIET_APT, timeoutMs: APT_MS });
    const found = present();
    if (result.code === 0 && found) return found;
    problems.push(`${result.stderr}\n${result.stdout}`.trim().split('\n').slice(-5).join('\n'));
    if (looksLikeFullDisk(problems.at(-1))) throw diskFull('/', 'installing Chromium');
  }
  throw new Problem(`apt could not install Chromium:\n${problems.at(-1)}\nInstall it by hand, or leave these tests out: npm test -- --without-browser`);
}
