// A program that Debian has and this machine lacks: installed with apt where we are root, by one process at a time.
import { join } from 'node:path';
import { dataDirectory, makePassable } from './place.mjs';
import { run } from './processes.mjs';
import { onPath } from './programs.mjs';
import { alone } from './lock-file.mjs';
import { Problem, diskFull, looksLikeFullDisk } from './problem.mjs';
import { step } from './say.mjs';

const OPTIONS = ['install', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=2'];
const QUIET = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
const PATIENCE_MS = 10 * 60_000;

/**
 * @param {string} debianPackage
 * @param {() => string | null | undefined} present the program's path, once it is there
 * @param {string} otherwise what to do by hand, for the message where nothing can be installed
 * @returns {Promise<string>} the program's path
 * @throws {Problem}
 */
export async function ensureProgram(debianPackage, present, otherwise) {
  const found = present();
  if (found) return found;
  let installed;
  await step(debianPackage, async (note) => {
    const tools = makePassable(join(dataDirectory(), 'tools'));
    installed = await alone(join(tools, `${debianPackage.replaceAll('+', 'x')}-lock`), () => present() ?? install(debianPackage, present, otherwise, note));
    return `installed as ${installed}`;
  });
  return installed;
}

async function install(debianPackage, present, otherwise, note) {
  const apt = onPath('apt-get');
  if (!apt || process.getuid?.() !== 0) throw new Problem(otherwise);
  const problems = [];
  for (const refresh of [false, true]) {
    note(refresh ? 'refreshing the lists of packages' : 'installing with apt');
    if (refresh) await run(apt, ['update'], { env: QUIET, timeoutMs: PATIENCE_MS, endWithUs: true });
    const result = await run(apt, [...OPTIONS, debianPackage], { env: QUIET, timeoutMs: PATIENCE_MS, endWithUs: true });
    const found = present();
    if (result.code === 0 && found) return found;
    problems.push(`${result.stderr}\n${result.stdout}`.trim().split('\n').slice(-5).join('\n'));
    if (looksLikeFullDisk(problems.at(-1))) throw diskFull('/', `installing ${debianPackage}`);
  }
  throw new Problem(`apt could not install ${debianPackage}:\n${problems.at(-1)}\n${otherwise}`);
}
