// Packages: `npm ci` when node_modules is missing or was made from another lock, another system or another major of Node.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './place.mjs';
import { run } from './processes.mjs';
import { alone } from './lock-file.mjs';
import { EXIT, Problem, diskFull, entry, looksLikeFullDisk } from './problem.mjs';
import { bar, say, step } from './say.mjs';

const lockFile = join(root, 'package-lock.json');
const marker = join(root, 'node_modules', '.meriden-lock');
const NEEDED_MB = 700;

function wanted() {
  const hash = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  return `${hash} node${process.versions.node.split('.')[0]} ${process.platform}-${process.arch}\n`;
}

const isInstalled = () => existsSync(marker) && readFileSync(marker, 'utf8') === wanted();

/** Marks the packages that lie in node_modules as those of the lock (after `npm install` by hand). */
export function markInstalled() {
  writeFileSync(marker, wanted());
}

/**
 * True when npm's own record of node_modules agrees with the lock, package for package: then the tree is right although our
 * marker is not (somebody ran npm by hand, or the lock changed in a way that moved no package). Packages for other systems
 * are absent by design.
 */
function treeMatchesLock() {
  try {
    const lock = JSON.parse(readFileSync(lockFile, 'utf8')).packages;
    const tree = JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages;
    const sameEngine = readFileSync(marker, 'utf8').split(' ').slice(1).join(' ') === wanted().split(' ').slice(1).join(' ');
    return (
      sameEngine &&
      Object.entries(lock).every(([path, { integrity, optional, devOptional }]) => {
        if (path === '') return true;
        const here = tree[path];
        if (!here) return Boolean(optional || devOptional);
        return here.integrity === integrity && existsSync(join(root, path, 'package.json'));
      }) &&
      Object.keys(tree).every((path) => lock[path])
    );
  } catch {
    return false;
  }
}

function npmCommand() {
  const fromNpm = process.env.npm_execpath;
  return fromNpm && /npm-cli\.(c|m)?js$/.test(fromNpm) ? [process.execPath, [fromNpm]] : ['npm', []];
}

async function install(note) {
  const paths = Object.entries(JSON.parse(readFileSync(lockFile, 'utf8')).packages)
    .filter(([path, about]) => path !== '' && fitsHere(about))
    .map(([path]) => join(root, path, 'package.json'));
  const free = freeMegabytes();
  if (free < NEEDED_MB) throw diskFull(root, `preparing to install packages (${free} MB free, ${NEEDED_MB} MB needed)`);
  rmSync(marker, { force: true });
  const count = () => note(`installing packages ${bar(paths.filter((p) => existsSync(p)).length, paths.length)}`);
  count();
  const counting = setInterval(count, 400);
  const [command, before] = npmCommand();
  const args = [...before, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const result = await run(command, args, { cwd: root, endWithUs: true });
  clearInterval(counting);
  if (result.code !== 0) throw whyNot(result);
  markInstalled();
  return `${paths.length} packages installed`;
}

let known = null;
/** Asked once: Node writes a whole report for it. */
const libcHere = () => (known ??= process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime ? 'musl' : 'glibc');

function fitsHere({ os, cpu, libc }) {
  const fits = (list, mine) => !list || (list.includes(mine) || list.every((x) => x.startsWith('!'))) && !list.includes(`!${mine}`);
  return fits(os, process.platform) && fits(cpu, process.arch) && fits(libc, libcHere());
}

function freeMegabytes() {
  const { bavail, bsize } = statfsSync(root);
  return Math.floor((bavail * bsize) / 1e6);
}

function whyNot({ stdout, stderr, error, signal }) {
  if (signal) return new Problem(`stopped while installing packages (${signal}); the next start begins that anew.`);
  const text = `${stderr}\n${stdout}`;
  if (error?.code === 'ENOENT') return new Problem('npm was not found. It comes with Node: install Node 20.19 or newer from https://nodejs.org.');
  if (looksLikeFullDisk(text)) return diskFull(root, 'installing packages');
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|CERT_|certificate|network/i.test(text)) {
    return new Problem(`npm could not reach its registry. Check the network or \`npm config get registry\`, then start again.\n${tail(text)}`);
  }
  if (/EACCES|EPERM/.test(text)) return new Problem(`npm may not write in ${root}: does the checkout belong to another user?\n${tail(text)}`);
  return new Problem(`npm ci failed:\n${tail(text)}`);
}

const tail = (text) => text.trim().split('\n').slice(-12).map((line) => `    ${line}`).join('\n');

/** Makes node_modules right, when it is not; waits for another process that is at it. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  await alone(join(root, '.meriden-install.lock'), async () => {
    if (isInstalled()) return;
    if (treeMatchesLock()) return markInstalled();
    await step('packages', install);
  }, { onWait: (holder) => say(`  packages    waiting for process ${holder.pid}, which is installing`) });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await entry(async () => {
    if (process.argv.includes('--mark')) markInstalled();
    else await ensureInstalled();
    return EXIT.done;
  });
}
