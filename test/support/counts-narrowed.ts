import { randomUUID } from 'node:crypto';
import type { VacancyDetails } from '@meriden/domain';
import { REFUSED, type GraphqlClient } from '../e2e/support/graphql-client.js';

/** A count as an employer is told it: null = a few or none. */
type Told = number | null;

export type NarrowedReport = Readonly<{
  questions: number;
  /** Answers that were no multiple of five, or below five. */
  unrounded: number;
  /** Questions about the same people, in other words, that were answered differently: asking again would level the blur out. */
  unsteady: number;
}>;

const ASK = `mutation ($input: AskEligibilityInput!) { askEligibility(input: $input) { ... on AskEligibilitySuccess { question { id answer { ...A } } } ${REFUSED} } }`;
const LOOK = 'query ($id: ID!) { eligibility(id: $id) { id answer { ...A } } }';
const COUNTS = 'fragment A on Eligibility { eligible wellSuited ifTrained { adds } shutOutBy { code learners } }';
const KINDS = ['T_LEVEL', 'HTQ', 'HNC_HND', 'APPRENTICESHIP', 'DEGREE', 'OTHER'] as const;
const LEVELS = [1, 2, 3, 4, 5, 6, 7, 8] as const;
const PATIENCE_MS = 60_000;

type Counts = Readonly<{ eligible: Told; wellSuited: Told; ifTrained: readonly { adds: Told }[]; shutOutBy: readonly { code: string; learners: Told }[] }>;
type Question = Readonly<{ id: string; answer: Counts | null }>;

/**
 * Asks what a vacancy would reach, over and over, of wholes, parts and unions, and of each twice, the second time under another title: what comes of laying such
 * answers side by side is tried where the numbers are known (`group-of-people.spec.ts`).
 */
export async function narrowCounts(employer: GraphqlClient, details: VacancyDetails): Promise<NarrowedReport> {
  const { entryPoints } = await employer.ask<{ entryPoints: readonly { key: string }[] }>('{ entryPoints { key } }');
  const points = entryPoints.map(({ key }) => key);
  const open = { ...details, levelFrom: 1, levelTo: 8, entryPointIds: [], programmeKinds: KINDS, hazards: [], checksNeeded: [], fundingRequired: false, fundingSourceIds: [] };
  const some = <T>(all: readonly T[], union: number): T[] => all.filter((_, at) => (union >> at) & 1);
  const unions = Array.from({ length: 2 ** KINDS.length - 1 }, (_, at) => at + 1);
  const questions: readonly object[] = [
    ...unions.filter((union) => union % 3 === 1).map((union) => ({ programmeKinds: some(KINDS, union) })),
    ...LEVELS.map((levelFrom) => ({ levelFrom })),
    ...points.slice(0, 8).map((_, at) => ({ entryPointIds: points.slice(0, at + 1) })),
    ...LEVELS.slice(1).map((levelFrom) => ({ levelFrom, programmeKinds: KINDS.slice(0, 3), entryPointIds: points.slice(0, 4) })),
  ];
  const asked = async (narrower: object): Promise<Counts> => {
    const { question } = await employer.do<{ question: Question }>(`${ASK} ${COUNTS}`, { input: { idempotencyKey: randomUUID(), details: { ...open, ...narrower } } });
    for (const until = performance.now() + PATIENCE_MS; performance.now() < until; await new Promise((resolve) => setTimeout(resolve, 100))) {
      const { eligibility } = question.answer === null ? await employer.ask<{ eligibility: Question | null }>(`${LOOK} ${COUNTS}`, { id: question.id }) : { eligibility: question };
      if (eligibility?.answer != null) return eligibility.answer;
    }
    throw new Error('a question about eligibility was not answered');
  };
  const report = { questions: 0, unrounded: 0, unsteady: 0 };
  const look = async (narrower: object): Promise<string> => {
    const counts = await asked(narrower);
    report.questions += 1;
    const all = [counts.eligible, counts.wellSuited, ...counts.ifTrained.map(({ adds }) => adds), ...counts.shutOutBy.map(({ learners }) => learners)];
    report.unrounded += all.filter((told) => told !== null && (told < 5 || told % 5 !== 0)).length;
    return JSON.stringify([counts.eligible, counts.shutOutBy.map(({ code, learners }) => [code, learners])]);
  };
  for (const question of questions) {
    const first = await look(question);
    if ((await look({ ...question, title: `${details.title}, once more` })) !== first) report.unsteady += 1;
  }
  return report;
}
