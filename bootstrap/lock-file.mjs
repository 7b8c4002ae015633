// A lock that a killed holder cannot keep: the file names the holder's pid and start time, and only a live one counts.
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { isAlive, pause, startToken } from './processes.mjs';

/** Who holds the lock now, or null. */
export function holderOf(file) {
  try {
    const holder = JSON.parse(readFileSync(file, 'utf8'));
    return isAlive(holder.pid, holder.token) ? holder : null;
  } catch {
    return null;
  }
}

/** Moves the dead holder's file away; should a live one have slipped in meanwhile, it gets its file back. */
function removeStale(file) {
  const aside = `${file}.stale-${process.pid}`;
  try {
    renameSync(file, aside);
    if (holderOf(aside)) linkSync(aside, file);
  } catch {
    // another contender was faster: look again
  }
  rmSync(aside, { force: true });
}

/**
 * Takes the lock or says who has it: `{ release }` or `{ holder }`.
 * `about` is any JSON the holder wants others to read (address, what it is doing).
 */
export function tryLock(file, about = {}) {
  mkdirSync(dirname(file), { recursive: true });
  const mine = { pid: process.pid, token: startToken(process.pid), since: new Date().toISOString(), ...about };
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, JSON.stringify(mine));
    for (let attempt = 0; attempt < 20; attempt++) {
      try {
        linkSync(draft, file); // appears whole or not at all
        return {
          release: () => {
            if (holderOf(file)?.pid === process.pid) rmSync(file, { force: true });
          },
        };
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
      const holder = holderOf(file);
      if (holder) return { holder };
      removeStale(file);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return { holder: holderOf(file) ?? { pid: 0 } };
}

/** Runs `work` alone among all processes that use the same file; waits for the others. */
export async function alone(file, work, { onWait } = {}) {
  for (;;) {
    const lock = tryLock(file);
    if (lock.release) {
      try {
        return await work();
      } finally {
        lock.release();
      }
    }
    onWait?.(lock.holder);
    await pause(150);
  }
}
