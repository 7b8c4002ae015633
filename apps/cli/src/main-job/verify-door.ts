import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '@meriden/platform';
import { EXIT, type Terminal } from '../terminal/terminal.js';

/**
 * Runs the `verify` door on a published file, as a process of its own: the same words a stranger would type, and no state shared
 * with the program that had the round solved.
 *
 * @returns whether the file holds; its violations are told
 * @throws Error when the door itself fails
 */
export async function verifyThroughDoor(file: string, terminal: Terminal): Promise<boolean> {
  const door = join(projectRoot(), 'dist/apps/cli/src/main.js');
  const { code, output } = await new Promise<{ code: number | null; output: string }>((resolve, reject) => {
    const child = spawn(process.execPath, [door, 'verify', file, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    let heard = '';
    child.stdout.on('data', (bytes: Buffer) => (heard += bytes.toString('utf8')));
    child.on('error', reject);
    child.on('close', (ended) => resolve({ code: ended, output: heard }));
  });
  if (code !== EXIT.done && code !== EXIT.no) throw new Error(`the verify door failed (exit ${code})`);
  const verdict = JSON.parse(output) as { ok: boolean; violations: readonly { place: string; message: string }[] };
  for (const { place, message } of verdict.violations.slice(0, 10)) terminal.tell(`verify: ${place}: ${message}`);
  terminal.tell(`verify: ${verdict.ok ? 'the certificate holds' : 'the certificate does not hold'}`);
  return verdict.ok && code === EXIT.done;
}
