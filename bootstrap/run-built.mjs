// Runs a program of test/ from dist/ with the arguments given: benchmarks and campaigns, which are too long for `npm test`.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './place.mjs';
import { EXIT, Problem } from './problem.mjs';
import { beQuiet } from './say.mjs';
import { ensureInstalled } from './install.mjs';
import { ensureBuilt } from './build.mjs';

/** Installs and builds, then runs dist/<program> with our own terminal. @returns {Promise<number>} its exit code */
export async function runBuilt(program, args, nodeFlags = []) {
  await ensureInstalled();
  beQuiet();
  await ensureBuilt();
  const file = join(root, 'dist', program);
  if (!existsSync(file)) throw new Problem(`There is no ${program.replace(/\.js$/, '.ts')} in this checkout.`, EXIT.usage);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--enable-source-maps', ...nodeFlags, file, ...args], { stdio: 'inherit', cwd: root });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.on('error', (error) => reject(new Problem(`${program} cannot be started: ${error.message}`)));
    child.on('exit', (code) => resolve(code ?? EXIT.fault));
  });
}

/** The benchmarks by name: test/bench/<name>.bench.ts. */
export function benchmarks() {
  const folder = join(root, 'test/bench');
  return existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.bench.ts')).map((file) => file.replace('.bench.ts', '')).sort() : [];
}
