import { createHash } from 'node:crypto';
import { scorableOver, scorerOver, scoringReference, toScorableVacancy } from '@meriden/scoring';
import { EXIT, WrongUsage, type Exit, type Terminal } from '../terminal/terminal.js';
import { fromDisk, readGiven, shippedReference, shippedScoring, type ReadFile } from './reference-folder.js';
import { learnerOf, rowsOf, SCORE_SCHEMA, vacancyOf, type LearnerRow, type VacancyRow } from './score-files.js';

export type ScoreFlags = Readonly<{ schema: boolean; replay?: string; learners?: string; vacancies?: string; top: number; asOf: string }>;

const digest = (canonical: string): string => createHash('sha256').update(canonical, 'utf8').digest('hex');

/** Suggestions for each learner of a file, and for the vacancies that are shut to them the gates that shut them. */
export async function score(flags: ScoreFlags, terminal: Terminal, read: ReadFile = fromDisk): Promise<Exit> {
  if (flags.schema) {
    terminal.line(JSON.stringify(SCORE_SCHEMA, null, 2));
    return EXIT.done;
  }
  if (flags.replay !== undefined) return (await import('./replay.js')).replay(flags.replay, terminal);
  if (flags.learners === undefined || flags.vacancies === undefined) throw new WrongUsage('Give --learners FILE and --vacancies FILE, or --replay HASH, or --schema.');
  const data = shippedReference(read);
  const reference = shippedScoring(data, read);
  // A statement is read with the names of the taxonomy alone: nobody confirms what is found, and among the names of ESCO are Ruby, Pascal and Swift.
  const heard = scoringReference(data);
  const scorer = scorerOver(reference);
  const learners = rowsOf<LearnerRow>(readGiven(flags.learners, read), flags.learners).map((row) => scorableOver(learnerOf(row, heard), reference));
  const vacancies = rowsOf<VacancyRow>(readGiven(flags.vacancies, read), flags.vacancies).map((row) => toScorableVacancy(vacancyOf(row)));
  for (const learner of learners) {
    const shut = vacancies
      .filter((vacancy) => !scorer.gateOnly(learner, vacancy, flags.asOf))
      .map((vacancy) => ({ vacancyId: vacancy.id, gates: scorer.score(learner, vacancy, flags.asOf).gates.filter((gate) => gate.state === 'FAIL') }))
      .sort((a, b) => (a.vacancyId < b.vacancyId ? -1 : 1));
    const suggestions = scorer.suggest(learner, vacancies, { top: flags.top, asOf: flags.asOf, digest });
    terminal.answer({ learnerId: learner.id, policyVersion: scorer.policy.version, referenceVersion: scorer.referenceVersion, suggestions, shut });
  }
  return EXIT.done;
}
