import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { randomToken, sha256, uuid } from './digest.js';
import { projectRoot } from './project-root.js';
import { Metrics } from './metrics.js';

it('hashes as FIPS 180-4 says of "abc"', () => {
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

it('makes tokens that nobody guesses', () => {
  expect(randomToken(32)).toHaveLength(43);
  expect(randomToken()).not.toBe(randomToken());
  expect(() => randomToken(8)).toThrow(RangeError);
  expect(uuid()).toMatch(/^[0-9a-f-]{36}$/);
});

it('finds the project from anywhere', () => {
  expect(existsSync(join(projectRoot(), 'nest-cli.json'))).toBe(true);
});

it('prints meters, the same one for the same name', async () => {
  const metrics = new Metrics();
  metrics.counter('jobs_total', 'Jobs run', ['queue']).inc({ queue: 'rounds' });
  metrics.counter('jobs_total', 'Jobs run', ['queue']).inc({ queue: 'rounds' });
  expect(await metrics.text()).toContain('jobs_total{queue="rounds"} 2');
});
