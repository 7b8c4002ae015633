import { CHECK_KINDS, type CheckKind } from '@meriden/domain';

/** The learner's side of a fit. The order is the order of explanation, most telling first. */
export const TERM_CODES = ['SKILLS', 'TRAVEL', 'PATHWAY', 'INTERESTS', 'AVAILABILITY', 'LEVEL', 'TEXT'] as const;
export type TermCode = (typeof TERM_CODES)[number];

/** The employer's side. Nothing in it depends on where the learner lives or on who the learner is. */
export const EMPLOYER_TERM_CODES = ['ESSENTIALS', 'OPTIONALS', 'EVIDENCE', 'HOURS', 'READINESS'] as const;
export type EmployerTermCode = (typeof EMPLOYER_TERM_CODES)[number];

export type Policy = Readonly<{
  /** Changes with every number below: stored with each suggestion and part of its input hash. */
  version: string;
  /** Basis points; they add to 10,000. */
  weights: Readonly<Record<TermCode, number>>;
  employerWeights: Readonly<Record<EmployerTermCode, number>>;
  /** An essential skill counts twice an optional one; a skill the employer will train counts nothing against the learner. */
  essentialWeight: number;
  optionalWeight: number;
  /** The most that a neighbouring skill can stand in for a needed one, in basis points. Above 2,500 the order gets worse (measured). */
  neighbourCap: number;
  /** Basis points of employer-side evidence by how the skill got into the profile. */
  sourceCredit: Readonly<{ ASSESSED: number; CERTIFICATE: number; STATED: number }>;
  /** A journey up to this many minutes scores in full. */
  easyTravelMinutes: number;
  /** Each RQF level above one step up costs this much of the level term. */
  stretchStep: number;
  /** Days it usually takes to obtain a check: with less time to the start than this the gate shuts and says so. */
  checkLeadDays: Readonly<Record<CheckKind, number>>;
  /** Most words of an advert that the text term looks at. */
  textWords: number;
  /** A value where nothing was stated to compare with. */
  neutral: number;
}>;

export const POLICY: Policy = {
  version: 'fit-1',
  weights: { SKILLS: 4800, TRAVEL: 1500, PATHWAY: 1000, INTERESTS: 900, AVAILABILITY: 1000, LEVEL: 400, TEXT: 400 },
  employerWeights: { ESSENTIALS: 6000, OPTIONALS: 1000, EVIDENCE: 1000, HOURS: 1500, READINESS: 500 },
  essentialWeight: 2,
  optionalWeight: 1,
  neighbourCap: 2500,
  sourceCredit: { ASSESSED: 10_000, CERTIFICATE: 9_000, STATED: 6_000 },
  easyTravelMinutes: 20,
  stretchStep: 2500,
  checkLeadDays: { DBS_BASIC: 14, DBS_STANDARD: 21, DBS_ENHANCED: 28, OCCUPATIONAL_HEALTH: 42, RIGHT_TO_WORK: 1, MANDATORY_TRAINING: 7 },
  textWords: 32,
  neutral: 5000,
};

/**
 * What is wrong with a policy that someone proposes, in words; empty when it can be used. Integer weights that add to 10,000
 * are what makes two machines agree to the bit and the contributions add up to the score.
 */
export function policyFaults(policy: Policy): readonly string[] {
  const faults: string[] = [];
  const sides: readonly [string, Readonly<Record<string, number>>][] = [
    ['weights', policy.weights],
    ['employerWeights', policy.employerWeights],
  ];
  for (const [name, side] of sides) {
    const values = Object.values(side);
    if (values.some((w) => !Number.isInteger(w) || w < 0)) faults.push(`${name}: each weight is a whole number of basis points, 0 or more`);
    const sum = values.reduce((a, b) => a + b, 0);
    if (sum !== 10_000) faults.push(`${name}: the weights add to ${sum}, not 10,000`);
  }
  if (policy.neighbourCap > 2500 || policy.neighbourCap < 0) faults.push('neighbourCap: 0 to 2,500 basis points');
  if (policy.easyTravelMinutes < 0) faults.push('easyTravelMinutes: 0 or more');
  if (CHECK_KINDS.some((kind) => !(policy.checkLeadDays[kind] >= 0))) faults.push('checkLeadDays: 0 or more for every kind of check');
  return faults;
}
