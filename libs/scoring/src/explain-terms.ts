import { type ScoreTerm, TRAVEL_MODES, type TravelMode } from '@meriden/domain';
import { percent, programmeName, type Pair } from './explain-gates.js';
import { countableHours, reachableHours } from './gates.js';
import { EMPLOYER_TERM_CODES, TERM_CODES, type EmployerTermCode, type TermCode } from './policy.js';
import { journeySource } from './scorable.js';
import type { LearnerLens, TermValues } from './terms.js';
import type { Vocabulary } from './vocabulary.js';

type Reasons = Readonly<{ evidence: readonly string[]; missing: readonly string[] }>;
type Teller = (pair: Pair, lens: LearnerLens, vocabulary: Vocabulary) => Reasons;

/** The terms of the learner's side with their reasons: the numbers that `evaluateTerms` put into `values`, nothing recomputed. */
export function explainTerms(pair: Pair, lens: LearnerLens, vocabulary: Vocabulary, values: TermValues): readonly ScoreTerm[] {
  return TERM_CODES.map((code, i) => term(code, pair.policy.weights[code], values.learner[i] as number, TELL[code](pair, lens, vocabulary)));
}

export function explainEmployerTerms(pair: Pair, lens: LearnerLens, vocabulary: Vocabulary, values: TermValues): readonly ScoreTerm[] {
  return EMPLOYER_TERM_CODES.map((code, i) =>
    term(code, pair.policy.employerWeights[code], values.employer[i] as number, TELL_EMPLOYER[code](pair, lens, vocabulary)),
  );
}

function term(code: string, weight: number, value: number, { evidence, missing }: Reasons): ScoreTerm {
  return { code, weight, value, contribution: Math.floor((weight * value) / 10_000), evidence, missing };
}

/** What the vacancy asks under one need: held (with the learner's own words), stood in for by a neighbour, or missing. */
function skillReasons({ learner, vacancy }: Pair, lens: LearnerLens, vocabulary: Vocabulary, needs: readonly string[]): Reasons {
  const evidence: string[] = [];
  const missing: string[] = [];
  for (const need of needs) {
    const word = need === 'ESSENTIAL' ? 'essential' : 'optional';
    for (const asked of vacancy.skills) {
      if (asked.need !== need) continue;
      const position = vocabulary.skill(asked.skillId);
      const label = vocabulary.label(position);
      const credit = lens.credit(position);
      const held = credit > 0 ? learner.skills[lens.from(position)] : undefined;
      if (credit === 10_000 && held) evidence.push(`${label} (${word}): ${held.words ? `you wrote "${held.words}"` : 'in your profile'}`);
      else if (credit > 0 && held) {
        evidence.push(`${label} (${word}): ${vocabulary.label(vocabulary.skill(held.skillId))} is near it and counts ${percent(credit)}`);
        missing.push(`${label} (${word})`);
      } else missing.push(`${label} (${word})`);
    }
  }
  return { evidence, missing };
}

const clusterReasons = ({ v }: Pair, vocabulary: Vocabulary, mask: number, missing: string): Reasons => {
  const shared: string[] = [];
  for (let i = 0; i < v.clusters.length; i += 2) {
    const cluster = v.clusters[i] as number;
    if (mask & (1 << cluster)) shared.push(vocabulary.graph.clusters[cluster] as string);
  }
  return { evidence: shared.map((name) => `field: ${name}`), missing: shared.length * 2 === v.clusters.length ? [] : [missing] };
};

const hoursReasons: Teller = ({ l, v, reference }) => {
  const needed = l.required > 0 ? l.required : v.totalHours;
  if (!l.availabilityKnown) return { evidence: [], missing: ['the dates, weekdays and hours you can give'] };
  const hours = countableHours(l, v, reference.rules, reachableHours(l, v));
  return { evidence: [`${Math.min(hours, needed)} of ${needed} hours can be reached`], missing: hours < needed ? [`${needed - hours} more hours`] : [] };
};

const TELL: Readonly<Record<TermCode, Teller>> = {
  SKILLS: (pair, lens, vocabulary) => skillReasons(pair, lens, vocabulary, ['ESSENTIAL', 'OPTIONAL']),
  TRAVEL: ({ l, v, vacancy, learner }) => {
    if (vacancy.remoteShare >= 10_000) return { evidence: ['fully remote: no journey'], missing: [] };
    const minutes = v.campus < 0 ? -1 : (l.minutes[v.campus] as number);
    if (minutes < 0) return { evidence: [], missing: ['where your journey starts and how you travel'] };
    const mode = TRAVEL_MODES[l.mode[v.campus] as number] as TravelMode;
    return { evidence: [`about ${minutes} minutes (${mode.toLowerCase()}, ${journeySource(learner, vacancy.campusId, mode)}), limit ${l.maxMinutes}`], missing: [] };
  },
  PATHWAY: (pair, _lens, vocabulary) => clusterReasons(pair, vocabulary, pair.l.pathway, 'work in fields outside your programme and skills'),
  INTERESTS: (pair, _lens, vocabulary) =>
    clusterReasons(pair, vocabulary, pair.l.interests, pair.learner.interests.length === 0 ? 'the fields you would like to work in' : 'work in fields you did not name'),
  AVAILABILITY: hoursReasons,
  LEVEL: ({ learner, vacancy }) => ({
    evidence: [`${programmeName(learner.programmeKind)}, level ${learner.level}; the vacancy accepts ${vacancy.levelFrom} to ${vacancy.levelTo}`],
    missing: [],
  }),
  TEXT: ({ v }, lens, vocabulary) => ({
    evidence: Array.from(v.words)
      .filter((word) => lens.has(word))
      .map((word) => `the advert says "${vocabulary.textAt(word)}"`),
    missing: [],
  }),
};

const TELL_EMPLOYER: Readonly<Record<EmployerTermCode, Teller>> = {
  ESSENTIALS: (pair, lens, vocabulary) => skillReasons(pair, lens, vocabulary, ['ESSENTIAL']),
  OPTIONALS: (pair, lens, vocabulary) => skillReasons(pair, lens, vocabulary, ['OPTIONAL']),
  EVIDENCE: ({ learner, vacancy }, lens, vocabulary) => ({
    evidence: vacancy.skills
      .filter((asked) => asked.need !== 'WILL_TRAIN' && lens.credit(vocabulary.skill(asked.skillId)) === 10_000)
      .map((asked) => {
        const position = vocabulary.skill(asked.skillId);
        return `${vocabulary.label(position)}: ${(learner.skills[lens.from(position)]?.source ?? 'STATED').toLowerCase()}`;
      }),
    missing: [],
  }),
  HOURS: hoursReasons,
  READINESS: ({ l, v }) => ({ evidence: v.checks === 0 ? ['no checks needed'] : [], missing: v.checks !== 0 && l.checks.every((day) => day < v.starts) ? ['checks not yet held'] : [] }),
};
