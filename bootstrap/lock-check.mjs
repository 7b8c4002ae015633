// Is package-lock.json complete and portable? For some new packages the builds for other systems are published later; npm
// then leaves them out of the lock in silence and `npm ci` refuses it on every machine. Seen here before a colleague sees it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './place.mjs';

/** The lock's faults as sentences; an empty list is a good lock. @param {{packages: Record<string, any>}} lock */
export function lockFaults(lock) {
  const faults = [];
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const name of Object.keys(entry.optionalDependencies ?? {})) {
      if (!resolves(lock, path, name)) faults.push(`${path || 'the project'} names ${name}, which the lock does not hold`);
    }
    if (path !== '' && !entry.link && !entry.integrity && !entry.inBundle) faults.push(`${path} has no integrity`);
    if (typeof entry.resolved === 'string' && /^\w+:\/\//.test(entry.resolved)) faults.push(`${path} names the host it came from`);
  }
  return faults;
}

/** Node's own rule: look in node_modules here, then in every folder above. */
function resolves(lock, from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const candidate = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
    if (lock.packages[candidate]) return true;
    if (at === '') return false;
  }
}

/** Checks the committed lock: the faults, sorted. */
export function checkLock(file = join(root, 'package-lock.json')) {
  return lockFaults(JSON.parse(readFileSync(file, 'utf8'))).sort();
}
