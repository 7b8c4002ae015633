import { parseInstance, verifyResult, type SolveResult } from '@meriden/matching';
import { digest } from '../../parts/digest.js';

type RoundFile = Readonly<{
  roundId: string;
  inputHash: string;
  lottery: Readonly<{ commitment: string; secret: string; seed: string }>;
  instance: unknown;
  result: SolveResult;
}>;

/**
 * A published file checked from nothing but itself: that the secret is the one committed to, that the seed follows from it, and
 * the result by the independent checker (feasibility, blocking pairs, cut-offs, reasons).
 */
export function checkFile(text: string): Readonly<{ learners: number; vacancies: number; violations: readonly string[] }> {
  const file = JSON.parse(text) as RoundFile;
  const instance = parseInstance(file.instance);
  const { commitment, secret, seed } = file.lottery;
  const violations = [
    ...(digest(secret) === commitment ? [] : ['lottery.secret']),
    ...(digest(`${secret}|${file.roundId}|${file.inputHash}`) === seed ? [] : ['lottery.seed']),
    ...(file.result.certificate.lottery.seed === seed ? [] : ['result.certificate.lottery.seed']),
    ...(file.result.mode === 'learner-optimal' ? [] : ['result.mode']),
    ...(file.result.status === 'solved' && file.result.matching !== null && file.result.stability === 'weak' ? [] : ['result.status']),
    ...verifyResult(instance, file.result, digest).violations.map((violation) => `${violation.place}: ${violation.message}`),
  ];
  return { learners: instance.learners.length, vacancies: instance.vacancies.length, violations };
}
