import { canonicalInstance, MatchingError, parseInstance, verifyResult, type MatchingInstance } from '@meriden/matching';
import { verifyRound } from '@meriden/rounds';
import { EXIT, type Exit, type Terminal } from '../terminal/terminal.js';
import { digest, fromDisk, guarded, isRoundFile, readInstance, readResult, type ReadFile } from './matching-files.js';

/** The independent checker on one `solve` line or a round's published file: `{"ok","violations"}`, exit 1 when something is wrong. */
export async function verifyFiles(file: string, resultFile: string, terminal: Terminal, read: ReadFile = fromDisk): Promise<Exit> {
  return guarded(`${file}, ${resultFile}`, terminal, () => {
    const instance = readInstance(file, read);
    const given = readResult(resultFile, read, instance.id);
    const verdict = isRoundFile(given) ? verifyRound(given, digest) : verifyResult(instance, given, digest);
    const violations = [...verdict.violations];
    if (isRoundFile(given) && !isInstance(given.instance, instance))
      violations.push({ place: 'instance', code: 'other-instance', message: 'The published file holds another instance than the one given.' });
    const ok = violations.length === 0;
    terminal.answer({ ok, violations });
    terminal.tell(ok ? 'Valid: every place, cut-off and reason was worked out again and agrees.' : `Not valid: ${violations.length} violation(s), the first at ${violations[0]!.place}.`);
    return ok ? EXIT.done : EXIT.no;
  });
}

/** What cannot be read is another instance; the verdict says what is wrong with it. */
function isInstance(published: unknown, instance: MatchingInstance): boolean {
  try {
    return canonicalInstance(parseInstance(published)) === canonicalInstance(instance);
  } catch (error) {
    if (error instanceof MatchingError) return false;
    throw error;
  }
}
