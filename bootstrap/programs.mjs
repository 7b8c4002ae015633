// Programs on the PATH, and as whom a server may run.
import { accessSync, chownSync, constants, lstatSync, lchownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { run } from './processes.mjs';
import { Problem } from './problem.mjs';

/** The full path of a program, or null. */
export function onPath(name, path = process.env.PATH ?? '') {
  for (const folder of [...path.split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin', '/opt/homebrew/bin']) {
    if (folder === '') continue;
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // not here
    }
  }
  return null;
}

const NOBODY = 65534;

/**
 * Ways to run a server as somebody PostgreSQL accepts (it refuses uid 0, and a uid without a name).
 * `owner` is who must own its files; `wrap` turns a command into the one to spawn; `copyPrograms`: PostgreSQL asks access(2)
 * for its own programs, which knows no capabilities, so they must lie where everybody may read.
 */
function identities() {
  const plain = (command, args) => [command, args, {}];
  const uid = process.getuid?.() ?? -1;
  const unshare = onPath('unshare');
  const setpriv = onPath('setpriv');
  const isolated = unshare && {
    // A user namespace without a mapping: the process sees itself as nobody, the kernel still knows it as the files' owner.
    name: 'user namespace',
    owner: uid,
    wrap: (command, args) => [unshare, ['--user', command, ...args], {}],
  };
  if (uid !== 0) return [hasName() && { name: 'this user', owner: uid, wrap: plain }, isolated].filter(Boolean);
  return [
    { name: 'nobody', owner: NOBODY, wrap: (command, args) => [command, args, { uid: NOBODY, gid: NOBODY }] },
    isolated,
    setpriv && {
      // A checkout under a mode-700 home where namespaces are closed (containers): nobody, but let through folders.
      name: 'nobody with dac_override',
      copyPrograms: true,
      owner: NOBODY,
      wrap: (command, args) => [
        setpriv,
        [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--inh-caps=+dac_override', '--ambient-caps=+dac_override', command, ...args],
        {},
      ],
    },
  ].filter(Boolean);
}

function hasName() {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

/** Gives a folder and all in it to the identity's owner, when we are root and it is not theirs yet. */
export function giveTo(folder, owner) {
  if (process.getuid?.() !== 0) return;
  if (lstatSync(folder).uid !== owner) chownAll(folder, owner);
}

function chownAll(path, owner) {
  const about = lstatSync(path);
  lchownSync(path, owner, owner);
  if (about.isDirectory()) for (const name of readdirSync(path)) chownAll(join(path, name), owner);
}

/**
 * The first identity that can run `program` and write below `folder`, found by trying.
 * @returns {Promise<{name: string, owner: number, wrap: Function}>}
 */
export async function identityFor(program, folder) {
  const tried = [];
  for (const identity of identities()) {
    const probe = mkdtempSync(join(folder, '.probe-'));
    try {
      if (process.getuid?.() === 0) chownSync(probe, identity.owner, identity.owner);
      const [command, args, options] = identity.wrap('/bin/sh', ['-c', '"$1" --version >/dev/null && : >"$2/written"', 'sh', program, probe]);
      const result = await run(command, args, { ...options, cwd: '/', timeoutMs: 20_000 });
      if (result.code === 0) return identity;
      tried.push(`${identity.name}: ${result.stderr.trim().split('\n').at(-1) || `exit ${result.code}`}`);
    } finally {
      rmSync(probe, { recursive: true, force: true });
    }
  }
  throw new Problem(
    process.getuid?.() === 0
      ? `PostgreSQL refuses to run as root and no other way works here (${tried.join('; ')}). Run Meriden as a normal user, or move the checkout where every user may read it.`
      : `The embedded server ${program} does not start here (${tried.join('; ')}).`,
  );
}
