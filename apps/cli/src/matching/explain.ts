import { openExplainer, smallestChange } from '@meriden/matching';
import { tellReason } from '@meriden/rounds';
import { EXIT, type Exit, type Terminal } from '../terminal/terminal.js';
import { digest, fromDisk, guarded, isRoundFile, readInstance, readResult, type ReadFile } from './matching-files.js';

/** Why one learner got her outcome: reasons as JSON, with what would have changed each; the same in words for people. */
export async function explainResult(file: string, resultFile: string, flags: Readonly<{ learner: string }>, terminal: Terminal, read: ReadFile = fromDisk): Promise<Exit> {
  return guarded(resultFile, terminal, () => {
    const instance = readInstance(file, read);
    const given = readResult(resultFile, read, instance.id);
    const result = isRoundFile(given) ? given.result : given;
    const explanation = openExplainer(instance, result, digest).learner(flags.learner);
    const declared = new Set(instance.vacancies.map((v) => v.id));
    const changes =
      result.mode === 'learner-optimal'
        ? explanation.reasons.filter((r) => declared.has(r.vacancy) && r.kind !== 'locked' && r.kind !== 'not-eligible').map((r) => smallestChange(instance, result, flags.learner, r.vacancy, digest))
        : [];
    terminal.answer({ id: instance.id, mode: result.mode, ...explanation, changes });
    const outcome = explanation.outcome === null ? 'has no place' : `is at ${explanation.outcome}, rank ${explanation.rank ?? 'none'} of the list`;
    terminal.tell(`${flags.learner} ${outcome}.${explanation.best ? ' No stable outcome gives a better place.' : ''}`);
    for (const reason of explanation.reasons) {
      const { message, remedy } = tellReason(reason);
      terminal.tell(`  ${reason.rank}. ${reason.vacancy}: ${message} ${remedy}`);
    }
    return EXIT.done;
  });
}
