import { readFileSync } from 'node:fs';
import { checkLock, lockFaults } from '#bootstrap/lock-check.mjs';

interface Lock {
  packages: Record<string, { optionalDependencies?: Record<string, string>; integrity?: string; resolved?: string }>;
}
const committed = () => JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;

describe('the lock file check', () => {
  it('finds nothing in the committed lock', () => {
    expect(checkLock()).toEqual([]);
  });

  it('finds each build for another system that was left out', () => {
    const lock = committed();
    const builds = Object.keys(lock.packages).filter((path) => /(darwin|win32)-(arm64|x64)/.test(path));
    expect(builds.length).toBeGreaterThan(5);
    for (const path of builds) {
      const { [path]: _left, ...packages } = lock.packages;
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      expect(lockFaults({ packages }).join('\n')).toContain(name);
    }
  });

  it('finds a host name and a missing integrity', () => {
    const lock = committed();
    const [first, second] = Object.keys(lock.packages).filter((path) => path !== '');
    lock.packages[first!]!.resolved = 'https://registry.example/first.tgz';
    delete lock.packages[second!]!.integrity;
    expect(lockFaults(lock)).toEqual([`${first} names the host it came from`, `${second} has no integrity`]);
  });
});
