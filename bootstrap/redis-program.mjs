// Where a Redis server program comes from: the PATH; on Debian and its kin apt (as root installed, otherwise unpacked below
// .data/tools); else one clear sentence. In Debian the server is the multi-call program redis-check-rdb of `redis-tools`
// under another name; the package `redis-server` would add a service on the common port, so it is not used.
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, statSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './processes.mjs';
import { onPath } from './programs.mjs';
import { alone } from './lock-file.mjs';
import { Problem, diskFull, looksLikeFullDisk } from './problem.mjs';
import { makePassable } from './place.mjs';

const LOCK_PATIENCE = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=2'];
const QUIET_APT = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };

/**
 * @param {string} tools a folder that may keep what was fetched (.data/tools)
 * @returns {Promise<{command: string, env: Record<string, string>, origin: string}>}
 */
export async function redisProgram(tools, note = () => {}) {
  return (await known(tools)) ?? alone(join(tools, 'lock'), async () => (await known(tools)) ?? fetchWithApt(tools, note));
}

async function known(tools) {
  for (const name of ['redis-server', 'valkey-server']) {
    const command = onPath(name);
    if (command) return { command, env: {}, origin: command };
  }
  const multiCall = onPath('redis-check-rdb');
  if (multiCall) {
    const found = await underServerName(tools, multiCall, {});
    if (found) return found;
  }
  return unpacked(tools);
}

/** The multi-call program looks at the name it was called by: a link gives it the right one. */
async function underServerName(tools, program, env) {
  makePassable(tools);
  const link = join(tools, 'redis-server');
  const draft = `${link}.${process.pid}`;
  rmSync(draft, { force: true });
  symlinkSync(program, draft);
  renameSync(draft, link);
  const version = await run(link, ['--version'], { env: { ...process.env, ...env }, timeoutMs: 10_000 });
  return /^(Redis|Valkey) server/.test(version.stdout) ? { command: link, env, origin: program } : null;
}

async function unpacked(tools) {
  const home = join(tools, 'redis');
  const program = ['usr/bin/redis-check-rdb', 'usr/bin/redis-server'].map((p) => join(home, p)).find((p) => existsSync(p) && statSync(p).isFile());
  if (!program) return null;
  const folders = ['usr/lib', 'lib'].flatMap((base) => libraryFolders(join(home, base)));
  return underServerName(tools, program, { LD_LIBRARY_PATH: folders.join(':') });
}

function libraryFolders(base) {
  if (!existsSync(base)) return [];
  return [base, ...readdirSync(base, { withFileTypes: true }).filter((e) => e.isDirectory() && e.name.includes('-linux-')).map((e) => join(base, e.name))];
}

async function fetchWithApt(tools, note) {
  const apt = onPath('apt-get');
  if (!apt || !onPath('dpkg-deb')) throw new Problem(HOW[process.platform] ?? HOW.linux);
  const isRoot = process.getuid?.() === 0;
  const failures = [];
  for (const way of isRoot ? [installed, downloaded] : [downloaded]) {
    const failure = await way(apt, tools, note);
    const found = failure === null ? await known(tools) : null;
    if (found) return found;
    if (failure && looksLikeFullDisk(failure)) throw diskFull(tools, 'getting Redis');
    failures.push(failure ?? 'the package held no server for this machine');
  }
  throw new Problem(`${HOW.apt}\n    ${failures.join('\n    ')}`);
}

const HOW = {
  darwin: 'Redis is missing. Install it with `brew install redis` (or valkey), or give a Redis as REDIS_URL, then start again.',
  linux: 'Redis is missing. Install redis or valkey (7 or newer) with the package manager of this system, or give a Redis as REDIS_URL, then start again.',
  apt: 'Redis is missing and apt could not fetch it. Install it (`sudo apt-get install redis-tools`), or give a Redis as REDIS_URL, then start again. apt said:',
};

const lastError = ({ stdout, stderr }) => (`${stderr}\n${stdout}`.split('\n').filter((l) => /^(E|Err|W):/.test(l)).at(-1) ?? stderr.trim().split('\n').at(-1)) || 'nothing';

async function installed(apt, _tools, note) {
  note('fetching Redis: apt-get update');
  const update = await run(apt, [...LOCK_PATIENCE, 'update'], { env: QUIET_APT, endWithUs: true });
  note('fetching Redis: apt-get install redis-tools');
  const install = await run(apt, [...LOCK_PATIENCE, 'install', '-y', '--no-install-recommends', 'redis-tools'], { env: QUIET_APT, endWithUs: true });
  return install.code === 0 ? null : `${lastError(install)}${update.code === 0 ? '' : ` (${lastError(update)})`}`;
}

/** Without root: own lists, own cache, unpack by hand. What the system already has (libraries) is not fetched again. */
async function downloaded(apt, tools, note) {
  const work = join(tools, 'apt');
  const deb = join(work, 'debs');
  for (const folder of ['lists/partial', 'cache/archives/partial', 'debs']) mkdirSync(join(work, folder), { recursive: true });
  const own = [
    '-o', `Dir::State=${work}`, '-o', `Dir::State::lists=${join(work, 'lists')}`, '-o', 'Dir::State::status=/var/lib/dpkg/status',
    '-o', `Dir::State::extended_states=${join(work, 'extended_states')}`, '-o', `Dir::Cache=${join(work, 'cache')}`, '-o', 'Debug::NoLocking=1', '-o', 'APT::Sandbox::User=',
    '-o', 'Acquire::Retries=2', '-o', 'APT::Update::Post-Invoke=', '-o', 'APT::Update::Post-Invoke-Success=',
  ];
  note('fetching Redis: package lists (no root needed)');
  const update = await run(apt, [...own, 'update'], { env: QUIET_APT, endWithUs: true });
  if (update.code !== 0) return lastError(update);
  const plan = await run(apt, [...own, '-s', '--no-install-recommends', 'install', 'redis-tools'], { env: QUIET_APT, endWithUs: true });
  const names = [...plan.stdout.matchAll(/^Inst (\S+)/gm)].map((match) => match[1]);
  if (plan.code !== 0 || names.length === 0) return lastError(plan);
  note(`fetching Redis: ${names.join(', ')}`);
  const download = await run(apt, [...own, 'download', ...names], { env: QUIET_APT, cwd: deb, endWithUs: true });
  if (download.code !== 0) return lastError(download);
  const draft = join(tools, `redis.new-${process.pid}`);
  for (const file of readdirSync(deb)) {
    const unpack = await run('dpkg-deb', ['-x', join(deb, file), draft]);
    if (unpack.code !== 0) return unpack.stderr.trim();
  }
  rmSync(join(tools, 'redis'), { recursive: true, force: true });
  renameSync(draft, join(tools, 'redis'));
  rmSync(work, { recursive: true, force: true });
  return null;
}
