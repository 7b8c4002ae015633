import { canonicalJson, type Digest, type IsoDate, type IsoInstant, type RoundId, type RoundMode, type RoundObjective } from '@meriden/domain';
import { verifyResult, type MatchingInstance, type Mode, type Objective, type SolveOptions, type SolveResult, type Stability } from '@meriden/matching';
import { SNAPSHOT_FORMAT, type RoundSnapshot } from './snapshot.js';

export const ROUND_FILE_FORMAT = 'meriden-round/1';

/** What a round publishes: enough for anyone to check every place, cut-off and reason without our code or our data. */
export type RoundFile = Readonly<{
  format: typeof ROUND_FILE_FORMAT;
  roundId: RoundId;
  name: string;
  mode: RoundMode;
  /** Mode SCORE only. */
  objective?: RoundObjective;
  frozenAt: IsoInstant;
  asOf: IsoDate;
  policyVersion: string;
  inputHash: string;
  /** `commitment` = hash of `secret`, shown before preferences opened; `seed` = hash of secret | round | input. */
  lottery: Readonly<{ commitment: string; secret: string; seed: string }>;
  instance: MatchingInstance;
  result: SolveResult;
}>;

export type RoundVerdict = Readonly<{ ok: boolean; violations: readonly Readonly<{ place: string; code: string; message: string }>[] }>;

/** The solver's mode behind each mode that a round's rules can name, and the notions of stability its result may claim. */
const SOLVED_AS: Record<RoundMode, Readonly<{ mode: Mode; stability: readonly (Stability | null)[] }>> = {
  LEARNER_OPTIMAL: { mode: 'learner-optimal', stability: ['weak'] },
  EMPLOYER_OPTIMAL: { mode: 'employer-optimal', stability: ['weak'] },
  ROBUST: { mode: 'robust', stability: ['super', 'strong', 'weak'] },
  LARGEST: { mode: 'largest', stability: ['weak'] },
  RERUN: { mode: 'rerun', stability: ['weak'] },
  SCORE: { mode: 'score', stability: [null] },
};

const OBJECTIVE: Record<RoundObjective, Objective> = {
  SIZE: 'size',
  SIZE_COST: 'size-cost',
  SIZE_DEGREE: 'size-degree',
  SIZE_SQUARED: 'size-squared',
  GENEROUS: 'generous',
  GREEDY_LARGEST: 'greedy-largest',
  GREEDY: 'greedy',
};

/** How a frozen round is solved: under its own mode, or under another one to try it out. */
export function solveOptions(snapshot: RoundSnapshot, mode: RoundMode, secret: string, digest: Digest): SolveOptions {
  const objective = mode === 'SCORE' && snapshot.objective !== undefined ? { objective: OBJECTIVE[snapshot.objective] } : {};
  return { mode: SOLVED_AS[mode].mode, seed: lotterySeed(secret, snapshot.roundId, snapshot.inputHash, digest), digest, ...objective };
}

/** The seed nobody could choose: fixed by a secret committed to beforehand and by input frozen afterwards. */
export function lotterySeed(secret: string, roundId: RoundId, inputHash: string, digest: Digest): string {
  return digest(`${secret}|${roundId}|${inputHash}`);
}

/**
 * Checks a published file. `commitment`: the one noted down before preferences opened; without it a file that was made anew under
 * another secret cannot be told from the first. From nothing but itself: the commitment, the input's hash, the seed, then the result with the
 * independent checker (feasibility, blocking pairs, cut-offs, reasons). Every violation names its place. Never throws: what cannot be read is a violation too.
 */
export function verifyRound(file: RoundFile, digest: Digest, commitment: string | null = null): RoundVerdict {
  const violations: RoundViolation[] = [];
  try {
    check(file, digest, commitment, violations);
  } catch (error) {
    violations.push({ place: 'file', code: 'malformed', message: `The file could not be read to its end: ${(error as Error).message}` });
  }
  return { ok: violations.length === 0, violations };
}

type RoundViolation = RoundVerdict['violations'][number];

function check(file: RoundFile, digest: Digest, commitment: string | null, violations: RoundViolation[]): void {
  const expect = (place: string, code: string, have: unknown, want: unknown, message: string): void => {
    if (have !== want) violations.push({ place, code, message });
  };
  expect('format', 'format', file.format, ROUND_FILE_FORMAT, `The format is not ${ROUND_FILE_FORMAT}.`);
  const { lottery, instance, result } = file;
  expect('lottery.secret', 'commitment', digest(lottery.secret), lottery.commitment, 'The secret does not hash to the commitment that was published before preferences opened.');
  expect('instance.lottery.commitment', 'commitment', instance.lottery?.commitment, lottery.commitment, 'The frozen input names another commitment.');
  expect('inputHash', 'input-hash', digest(canonicalJson(frozenPart(file))), file.inputHash, 'The input is not the one that was frozen: a preference, capacity, verdict or rule was changed.');
  expect('lottery.seed', 'seed', lotterySeed(lottery.secret, file.roundId, file.inputHash, digest), lottery.seed, 'The seed does not follow from secret, round and frozen input.');
  expect('result.certificate.lottery.seed', 'seed', result.certificate.lottery.seed, lottery.seed, 'The result was solved under another seed.');
  expect('result.mode', 'mode', result.mode, SOLVED_AS[file.mode]?.mode, 'The result was not solved under the mode named in the rules.');
  expect('result.status', 'status', result.status, 'solved', 'A round that is published was solved.');
  expect('result.matching', 'matching', result.matching !== null && typeof result.matching === 'object', true, 'The file gives no matching.');
  expect('result.stability', 'stability', (SOLVED_AS[file.mode]?.stability ?? []).includes(result.stability), true, 'The result does not claim the stability that the mode promises.');
  expect('result.objective', 'objective', result.objective, file.objective && OBJECTIVE[file.objective], 'The result was not solved for the objective named in the rules.');
  if (commitment !== null) {
    expect('lottery.commitment', 'commitment', lottery.commitment, commitment, 'This is not the commitment that was shown before preferences opened.');
  }
  expect('result.reasons', 'reasons', result.reasons !== undefined, true, 'The file gives no reasons.');
  for (const violation of verifyResult(instance, result, digest).violations) {
    violations.push({ place: violation.place, code: violation.code, message: violation.message });
  }
}

function frozenPart(file: RoundFile): Omit<RoundSnapshot, 'inputHash'> {
  return {
    format: SNAPSHOT_FORMAT,
    roundId: file.roundId,
    name: file.name,
    mode: file.mode,
    ...(file.objective && { objective: file.objective }),
    frozenAt: file.frozenAt,
    asOf: file.asOf,
    policyVersion: file.policyVersion,
    commitment: file.lottery.commitment,
    instance: file.instance,
  };
}
