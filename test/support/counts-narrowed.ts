import { randomUUID } from 'node:crypto';
import type { VacancyDetails } from '@meriden/domain';
import { REFUSED, type GraphqlClient } from '../e2e/support/graphql-client.js';
import { workedOut, type Fact, type Told } from './worked-out.js';

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

/** Asks what a vacancy would reach, over and over, of wholes, parts and rests, and works out what can be worked out. */
export async function narrowCounts(employer: GraphqlClient, details: VacancyDetails): Promise<NarrowedReport> {
  const { entryPoints } = await employer.ask<{ entryPoints: readonly { key: string }[] }>('{ entryPoints { key } }');
  const points = entryPoints.map(({ key }) => key);
  const open = { ...details, levelFrom: 1, levelTo: 8, entryPointIds: [], programmeKinds: KINDS, hazards: [], checksNeeded: [], fundingRequired: false, fundingSourceIds: [] };
  /** A rule, and consecutive stretches of what it lets through that make up everybody: [0, 3) is the people of the first three. */
  type Line = Readonly<{ rule: string; stretches: number; change: (from: number, to: number) => object }>;
  const sixths = (from: number, to: number): readonly string[] => points.slice(Math.ceil((from * points.length) / 6), Math.ceil((to * points.length) / 6));
  const lines: readonly Line[] = [
    { rule: 'LEVEL', stretches: LEVELS.length, change: (from, to) => ({ levelFrom: LEVELS[from], levelTo: LEVELS[to - 1] }) },
    { rule: 'PROGRAMME', stretches: KINDS.length, change: (from, to) => ({ programmeKinds: KINDS.slice(from, to) }) },
    { rule: 'ENTRY_POINT', stretches: 6, change: (from, to) => ({ entryPointIds: sixths(from, to) }) },
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
  const look = async (narrower: object, rule?: string): Promise<Readonly<{ eligible: Told; suited: Told; shut: Told }>> => {
    const counts = await asked(narrower);
    report.questions += 1;
    const all = [counts.eligible, counts.wellSuited, ...counts.ifTrained.map(({ adds }) => adds), ...counts.shutOutBy.map(({ learners }) => learners)];
    report.unrounded += all.filter((told) => told !== null && (told < 5 || told % 5 !== 0)).length;
    return { eligible: counts.eligible, suited: counts.wellSuited, shut: counts.shutOutBy.find(({ code }) => code === rule)?.learners ?? null };
  };
  // Every stretch of a rule, the parts with their wholes and their rests. Group n: the people of the first n.
  for (const { rule, stretches, change } of lines) {
    const [eligible, suited]: [Fact[], Fact[]] = [[], []];
    for (let from = 0; from < stretches; from++) {
      for (let to = from + 1; to <= stretches; to++) {
        const told = await look(change(from, to), rule);
        eligible.push({ outer: to, inner: from, told: told.eligible });
        suited.push({ outer: to, inner: from, told: told.suited });
        if (from === 0 && to < stretches) eligible.push({ outer: stretches, inner: to, told: told.shut });
        if (from > 0 && to === stretches) eligible.push({ outer: from, inner: 0, told: told.shut });
      }
    }
    const parts = Array.from({ length: stretches }, (_, inner) => ({ outer: inner + 1, inner }));
    report.workedOut += workedOut({ groups: stretches, parts, facts: eligible }) + workedOut({ groups: stretches, parts, facts: suited });
  }
  // One rule after another: what each shuts out is what that one question took away. Groups from the last, smallest, to everybody.
  for (const levelFrom of LEVELS.slice(1)) {
    const [eligible, suited]: [Fact[], Fact[]] = [[], []];
    const steps = [['NONE', {}], ['LEVEL', { levelFrom }], ['PROGRAMME', { programmeKinds: KINDS.slice(0, 3) }], ['ENTRY_POINT', { entryPointIds: points.slice(0, 4) }]] as const;
    let narrower = {};
    for (const [at, [rule, change]] of steps.entries()) {
      narrower = { ...narrower, ...change };
      const told = await look(narrower, rule);
      const group = steps.length - at;
      eligible.push({ outer: group, inner: 0, told: told.eligible });
      suited.push({ outer: group, inner: 0, told: told.suited });
      if (at > 0) eligible.push({ outer: group + 1, inner: group, told: told.shut });
    }
    const parts = steps.map((_, inner) => ({ outer: inner + 1, inner }));
    report.workedOut += workedOut({ groups: steps.length, parts, facts: eligible }) + workedOut({ groups: steps.length, parts, facts: suited });
  }
  return report;
}
