import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '@meriden/platform';
import { EXIT, type Exit } from '../terminal/terminal.js';

/** Prints the GraphQL schema. The API knows it, so its own program is asked rather than a second copy kept. */
export async function schema(): Promise<Exit> {
  const program = join(projectRoot(), 'dist/apps/api/src/schema.js');
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(process.execPath, [program], { stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('exit', resolve);
  });
  return code === 0 ? EXIT.done : EXIT.fault;
}
