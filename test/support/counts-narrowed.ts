import { randomUUID } from 'node:crypto';
import type { VacancyDetails } from '@meriden/domain';
import { REFUSED, type GraphqlClient } from '../e2e/support/graphql-client.js';

/** A count as an employer is told it: null = fewer than five. */
type Told = number | null;
/**
 * What a question of a chain was answered: of how many people; and how many the rule that was narrowed since question `since` shuts out
 * alone, which are just those who dropped out since then.
 */
export type Answered = Readonly<{ told: Told; dropped?: Readonly<{ since: number; told: Told }> }>;
type Bounds = readonly [low: number, high: number];

/** Which numbers of people are told so. */
export const hidden = (told: Told): Bounds => (told === null ? [0, 4] : [Math.max(5, told - 2), told + 2]);

/**
 * What somebody can work out from answers to questions each narrower than the one before: differences of two counts that can only be
 * one number of one to four people, by all that the counts and the people shut out say together (a system of difference constraints,
 * closed as Floyd and Warshall do; exact for integers).
 *
 * @param meaning which counts an answer can stand for
 */
export function workedOut(chain: readonly Answered[], meaning: (told: Told) => Bounds = hidden): number {
  // Vertex 0 is nobody, vertex i + 1 the people of question i; most[i][j] is the most by which i can exceed j.
  const size = chain.length + 1;
  const most = Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => (i === j ? 0 : Number.POSITIVE_INFINITY)));
  const atMost = (i: number, j: number, bound: number): void => void ((most[i] as number[])[j] = Math.min((most[i] as number[])[j] as number, bound));
  for (const [i, { told, dropped }] of chain.entries()) {
    const [low, high] = meaning(told);
    atMost(i + 1, 0, high);
    atMost(0, i + 1, -low);
    if (i > 0) atMost(i + 1, i, 0);
    if (dropped === undefined) continue;
    const [least, greatest] = meaning(dropped.told);
    atMost(dropped.since + 1, i + 1, greatest);
    atMost(i + 1, dropped.since + 1, -least);
  }
  for (let k = 0; k < size; k++) for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) atMost(i, j, ((most[i] as number[])[k] as number) + ((most[k] as number[])[j] as number));
  let exact = 0;
  for (let i = 1; i < size; i++) {
    for (let j = i + 1; j < size; j++) {
      const high = (most[i] as number[])[j] as number;
      if (high >= 1 && high <= 4 && -((most[j] as number[])[i] as number) === high) exact += 1;
    }
  }
  return exact;
}

export type NarrowedReport = Readonly<{
  questions: number;
  /** Answers that were no multiple of five, or below five. */
  unrounded: number;
  /** Differences that could be worked out to be just so many of one to four people. */
  workedOut: number;
}>;

const ASK = `mutation ($input: AskEligibilityInput!) { askEligibility(input: $input) { ... on AskEligibilitySuccess { question { id answer { ...A } } } ${REFUSED} } }`;
const LOOK = 'query ($id: ID!) { eligibility(id: $id) { id answer { ...A } } }';
const COUNTS = 'fragment A on Eligibility { eligible wellSuited ifTrained { adds } shutOutBy { code learners } }';
const KINDS = ['T_LEVEL', 'HTQ', 'HNC_HND', 'APPRENTICESHIP', 'DEGREE', 'OTHER'] as const;
const LEVELS = [1, 2, 3, 4, 5, 6, 7, 8] as const;
const PATIENCE_MS = 60_000;

type Counts = Readonly<{ eligible: Told; wellSuited: Told; ifTrained: readonly { adds: Told }[]; shutOutBy: readonly { code: string; learners: Told }[] }>;
type Question = Readonly<{ id: string; answer: Counts | null }>;

/** Asks what a vacancy would reach, over and over, each time for somewhat fewer people, and works out what can be worked out. */
export async function narrowCounts(employer: GraphqlClient, details: VacancyDetails): Promise<NarrowedReport> {
  const { entryPoints } = await employer.ask<{ entryPoints: readonly { key: string }[] }>('{ entryPoints { key } }');
  const points = entryPoints.map(({ key }) => key);
  const open = { ...details, levelFrom: 1, levelTo: 8, entryPointIds: [], programmeKinds: KINDS, hazards: [], checksNeeded: [], fundingRequired: false, fundingSourceIds: [] };
  /** What each question of a chain changes, on top of those before it; with the rule it narrows and the question since which it does. */
  type Step = Readonly<{ change: object; rule?: string; since?: number }>;
  const narrowing = (rule: string, changes: readonly object[]): readonly Step[] => changes.map((change, at) => (at === 0 ? { change } : { change, rule, since: 0 }));
  const chains: readonly (readonly Step[])[] = [
    narrowing('LEVEL', LEVELS.map((levelFrom) => ({ levelFrom }))),
    narrowing('LEVEL', [...LEVELS].reverse().map((levelTo) => ({ levelTo }))),
    narrowing('PROGRAMME', KINDS.map((_, at) => ({ programmeKinds: KINDS.slice(at) }))),
    narrowing('ENTRY_POINT', [[], ...points.map((_, at) => points.slice(at))].slice(0, 12).map((entryPointIds) => ({ entryPointIds }))),
    // A rule of its own each time: what it shuts out is what this one question took away.
    ...LEVELS.slice(1).map((levelFrom): readonly Step[] => [
      { change: {} },
      { change: { levelFrom }, rule: 'LEVEL', since: 0 },
      { change: { programmeKinds: KINDS.slice(0, 3) }, rule: 'PROGRAMME', since: 1 },
      { change: { entryPointIds: points.slice(0, 4) }, rule: 'ENTRY_POINT', since: 2 },
    ]),
  ];
  const asked = async (narrower: object): Promise<Counts> => {
    const { question } = await employer.do<{ question: Question }>(`${ASK} ${COUNTS}`, { input: { idempotencyKey: randomUUID(), details: { ...open, ...narrower } } });
    for (const until = performance.now() + PATIENCE_MS; performance.now() < until; await new Promise((resolve) => setTimeout(resolve, 100))) {
      const { eligibility } = question.answer === null ? await employer.ask<{ eligibility: Question | null }>(`${LOOK} ${COUNTS}`, { id: question.id }) : { eligibility: question };
      if (eligibility?.answer != null) return eligibility.answer;
    }
    throw new Error('a question about eligibility was not answered');
  };
  const report = { questions: 0, unrounded: 0, workedOut: 0 };
  for (const steps of chains) {
    const [eligible, suited]: [Answered[], Answered[]] = [[], []];
    let narrower = {};
    for (const { change, rule, since } of steps) {
      narrower = { ...narrower, ...change };
      const counts = await asked(narrower);
      report.questions += 1;
      const all = [counts.eligible, counts.wellSuited, ...counts.ifTrained.map(({ adds }) => adds), ...counts.shutOutBy.map(({ learners }) => learners)];
      report.unrounded += all.filter((told) => told !== null && (told < 5 || told % 5 !== 0)).length;
      const dropped = since === undefined ? {} : { dropped: { since, told: counts.shutOutBy.find(({ code }) => code === rule)?.learners ?? null } };
      eligible.push({ told: counts.eligible, ...dropped });
      // Of those well suited nothing says how many a rule shuts out.
      suited.push({ told: counts.wellSuited });
    }
    report.workedOut += workedOut(eligible) + workedOut(suited);
  }
  return report;
}
