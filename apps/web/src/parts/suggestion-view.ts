import type { GateView } from '../ui/gate-chip.js';
import type { JourneyMode } from '../ui/journey-line.js';
import type { WhyTerm } from '../ui/why-panel.js';
import { plainCode } from '../words/format.js';
import { t } from '../words/core.js';

type Term = Readonly<{ code: string; weight: number; contribution: number; evidence: readonly string[]; missing: readonly string[] }>;
type Gate = Readonly<{ code: string; state: GateView['state']; rule: string; detail: string; remedy: string }>;

const TERM_NAMES: readonly string[] = ['SKILLS', 'TRAVEL', 'PATHWAY', 'INTERESTS', 'AVAILABILITY', 'LEVEL', 'TEXT', 'ESSENTIALS', 'OPTIONALS', 'EVIDENCE', 'HOURS', 'READINESS'];
const GATE_NAMES: readonly string[] = ['CONSENT', 'OPEN', 'BARRED', 'PROGRAMME', 'LEVEL', 'ENTRY_POINT', 'FUNDING', 'PAY', 'DATES', 'HOURS', 'REMOTE', 'YOUNG_HOURS', 'NIGHT_WORK', 'HAZARDS', 'CHECKS', 'TRAVEL', 'ADJUSTMENTS', 'SITE'];

/** Terms and gates with their names on screens; a code we have no word for yet shows as itself. */
export const termViews = (terms: readonly Term[]): readonly WhyTerm[] => terms.map((term) => ({ ...term, name: TERM_NAMES.includes(term.code) ? t(`terms.${term.code as 'SKILLS'}`) : plainCode(term.code) }));
export const gateViews = (gates: readonly Gate[]): readonly GateView[] => gates.map((gate) => ({ ...gate, name: GATE_NAMES.includes(gate.code) ? t(`gates.codes.${gate.code as 'TRAVEL'}`) : plainCode(gate.code) }));

/** The journey as the scorer worded it; null where it is not known. Drawn only when the sentence has the expected form. */
export function journeyOf(terms: readonly Term[]): Readonly<{ minutes: number; limit: number; mode: JourneyMode | null }> | null {
  const words = terms.find((term) => term.code === 'TRAVEL')?.evidence[0] ?? '';
  const found = /^about (\d+) minutes \((\w+), estimate\), limit (\d+)$/.exec(words);
  if (found === null) return null;
  const mode = (['WALK', 'CYCLE', 'BUS', 'RAIL', 'CAR'] as const).find((each) => each === found[2]?.toUpperCase()) ?? null;
  return { minutes: Number(found[1]), limit: Number(found[3]), mode };
}

export type Raise = Readonly<{ code: string; name: string; points: number; what: string }>;

/** What would raise a score, most points first: for each part not reached in full, what is missing. Points in basis points. */
export function raises(terms: readonly Term[]): readonly Raise[] {
  return termViews(terms)
    .flatMap((term) => (term.missing.length === 0 ? [] : [{ code: term.code, name: term.name, points: term.weight - term.contribution, what: term.missing.join(', ') }]))
    .sort((a, b) => b.points - a.points);
}
