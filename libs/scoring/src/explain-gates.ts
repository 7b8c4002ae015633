import { ADJUSTMENTS, CHECK_KINDS, type Gate, type GateState, TRAVEL_MODES, type TravelMode, WEEKDAYS } from '@meriden/domain';
import type { LearnerNumbers, VacancyNumbers } from './compile.js';
import { bitOf, checksLacking, countableHours, type GateBits, type GateCode, GATE_CODES, reachableHours } from './gates.js';
import type { Policy } from './policy.js';
import { journeySource, type ScorableLearner, type ScorableVacancy } from './scorable.js';
import type { ScoringReference } from './scoring-reference.js';

export type Pair = Readonly<{
  learner: ScorableLearner;
  vacancy: ScorableVacancy;
  l: LearnerNumbers;
  v: VacancyNumbers;
  reference: ScoringReference;
  policy: Policy;
  asOf: number;
}>;

/** The remedy is only put into words where it is told. */
type Words = Readonly<{ rule: string; detail: string; remedy: () => string }>;

const ASSIGNED_MODE: Readonly<Record<string, string>> = { WALK: 'on foot', CYCLE: 'by bicycle', BUS: 'by bus', RAIL: 'by train', CAR: 'by car' };
const CHECK_NAMES: Readonly<Record<string, string>> = {
  DBS_BASIC: 'basic DBS check',
  DBS_STANDARD: 'standard DBS check',
  DBS_ENHANCED: 'enhanced DBS check',
  OCCUPATIONAL_HEALTH: 'occupational health clearance',
  RIGHT_TO_WORK: 'right to work check',
  MANDATORY_TRAINING: 'mandatory training',
};
const plain = (code: string): string => code.toLowerCase().replaceAll('_', ' ');
export const programmeName = (code: string): string =>
  ({ T_LEVEL: 'T Level', HTQ: 'HTQ', HNC_HND: 'HNC or HND', APPRENTICESHIP: 'apprenticeship', DEGREE: 'degree', OTHER: 'another course' })[code] ?? plain(code);
const dayNames: Readonly<Record<string, string>> = { MON: 'Mon', TUE: 'Tue', WED: 'Wed', THU: 'Thu', FRI: 'Fri', SAT: 'Sat', SUN: 'Sun' };
const list = (items: readonly string[]): string => (items.length === 0 ? 'none' : items.join(', '));
const days = (codes: readonly string[]): string => list(WEEKDAYS.filter((day) => codes.includes(day)).map((day) => dayNames[day] as string));
export const percent = (basisPoints: number): string => `${Math.floor(basisPoints / 100)}%`;

/** All gates of one pair in words, in the order of GATE_CODES. */
export function explainGates(pair: Pair, bits: GateBits): readonly Gate[] {
  return GATE_CODES.map((code) => {
    const state: GateState = bits.fail & bitOf(code) ? 'FAIL' : bits.unknown & bitOf(code) ? 'UNKNOWN' : 'PASS';
    const words = WORDS[code](pair, state);
    return { code, state, rule: words.rule, detail: words.detail, remedy: state === 'PASS' ? '' : words.remedy() };
  });
}

const WORDS: Readonly<Record<GateCode, (pair: Pair, state: GateState) => Words>> = {
  CONSENT: ({ l }) => ({
    rule: 'Suggestions are computed only for learners who agreed to matching (UK GDPR Arts 6 and 22A).',
    detail: l.consent ? 'You agreed to matching.' : 'You have not agreed to matching.',
    remedy: () => 'Turn on "consent to matching" in your profile.',
  }),
  OPEN: ({ vacancy, v, asOf }) => ({
    rule: 'A vacancy must be published, not over, and have an opening left.',
    detail: !vacancy.live
      ? 'This vacancy is not published.'
      : v.ends < asOf
        ? `It ended on ${vacancy.endsOn}.`
        : `${vacancy.openingsLeft} opening(s) left.`,
    remedy: () => 'The employer can publish it, extend it or add an opening.',
  }),
  BARRED: (_, state) => ({
    rule: 'A provider or employer may bar a pair for a reason that is recorded.',
    detail: state === 'FAIL' ? 'This pair is barred.' : 'This pair is not barred.',
    remedy: () => 'Ask your provider for the recorded reason; you can contest it.',
  }),
  PROGRAMME: ({ learner, vacancy }) => ({
    rule: 'The vacancy says which kinds of programme it is for.',
    detail: `Your programme: ${programmeName(learner.programmeKind)}. Accepted: ${list(vacancy.programmeKinds.map(programmeName))}.`,
    remedy: () => `Ask the employer to accept learners on: ${programmeName(learner.programmeKind)}.`,
  }),
  LEVEL: ({ learner, vacancy }) => ({
    rule: 'The learner studies at an RQF level that the vacancy accepts.',
    detail: `Your level: ${learner.level}. Accepted: ${vacancy.levelFrom} to ${vacancy.levelTo}.`,
    remedy: () =>
      learner.level < vacancy.levelFrom
        ? `Open once you study at level ${vacancy.levelFrom}, or if the employer accepts level ${learner.level}.`
        : `Ask the employer to accept level ${learner.level}.`,
  }),
  ENTRY_POINT: ({ learner, vacancy }) => ({
    rule: 'The vacancy says which entry points it is open to.',
    detail: `Your entry point: ${learner.entryPointId}. Accepted: ${list(vacancy.entryPointIds)}.`,
    remedy: () => `Ask the employer to accept the entry point ${learner.entryPointId}.`,
  }),
  FUNDING: ({ learner, vacancy, v }) => ({
    rule: 'A funder may require that learners are funded by it; the vacancy then names the funding sources.',
    detail: v.fundingRequired
      ? `Required, one of: ${list(vacancy.fundingSourceIds)}. Yours: ${list(learner.fundingSourceIds)}.`
      : 'No funder has a rule on this vacancy.',
    remedy: () => 'Ask your provider whether this funding covers your programme.',
  }),
  PAY: ({ vacancy, reference, l }) => ({
    rule: `Unpaid work experience is lawful only where a UK further or higher education course requires it, for ${reference.rules.unpaidMonths} months at most (National Minimum Wage Regulations 2015, reg. 53).`,
    detail:
      vacancy.pay === 'PAID'
        ? 'This vacancy is paid.'
        : l.required > 0
          ? `Unpaid; your course requires ${l.required} hours of placement.`
          : 'Unpaid, and no required placement hours are recorded for your course.',
    remedy: () => 'The provider records the placement hours that the course requires, or the employer pays.',
  }),
  DATES: ({ learner, vacancy }) => ({
    rule: 'The learner is free on at least one of the weekdays between start and end.',
    detail: learner.availability
      ? `You: ${learner.availability.from} to ${learner.availability.to}, ${days(learner.availability.weekdays)}. Vacancy: ${vacancy.startsOn} to ${vacancy.endsOn}, ${days(vacancy.weekdays)}.`
      : `You have not said when you are free. Vacancy: ${vacancy.startsOn} to ${vacancy.endsOn}, ${days(vacancy.weekdays)}.`,
    remedy: () => learner.availability ? `Free a day among ${days(vacancy.weekdays)} between those dates, or ask the employer about other days.` : 'Fill in your dates, weekdays and hours.',
  }),
  HOURS: ({ l, v, reference }) => {
    const counted = countableHours(l, v, reference.rules, reachableHours(l, v));
    return {
      rule: `The placement can reach the hours that the programme requires (T Level: ${reference.rules.tLevelHours} hours; GOV.UK T Level industry placements guidance).`,
      detail: l.required === 0 ? 'Your programme sets no number of hours.' : `${counted} of ${l.required} required hours can be reached here.`,
      remedy: () => counted < l.required ? 'More hours a week, another shared weekday, longer dates, or a second placement for the rest.' : 'Fill in your dates, weekdays and hours.',
    };
  },
  REMOTE: ({ l, vacancy }) => ({
    rule: `At most ${percent(l.remoteLimit)} of a T Level placement may be remote (20%, Digital route 50%; GOV.UK guidance).`,
    detail: `${percent(vacancy.remoteShare)} of this placement is remote.`,
    remedy: () => 'The employer can offer more hours on site.',
  }),
  YOUNG_HOURS: ({ learner, vacancy, l, reference, v }) => ({
    rule: `Under 18: at most ${reference.rules.youngHoursADay} hours a day and ${reference.rules.youngHoursAWeek} hours a week over all employers (Working Time Regulations 1998, reg. 5A).`,
    detail: l.eighteen <= v.starts
      ? 'The limit for people under 18 does not apply to you at the start.'
      : `${vacancy.hoursPerWeek} hours a week over ${vacancy.weekdays.length} day(s) here${learner.committedHoursPerWeek > 0 ? `, ${learner.committedHoursPerWeek} promised elsewhere` : ''}.`,
    remedy: () => learner.eighteenOn === null ? 'Your provider records your date of birth so that this rule can be applied.' : 'The employer can offer shorter days or fewer hours a week.',
  }),
  NIGHT_WORK: ({ learner, vacancy }) => ({
    rule: 'Under 18: no work between 22:00 and 06:00 (Working Time Regulations 1998, reg. 6A).',
    detail: vacancy.hazards.includes('NIGHT_WORK') ? 'This placement includes night work.' : 'No night work.',
    remedy: () => learner.eighteenOn === null ? 'Your provider records your date of birth so that this rule can be applied.' : 'The employer can offer day hours.',
  }),
  HAZARDS: ({ learner, vacancy }) => ({
    rule: 'Under 18: no work with harmful exposure to radiation; biological agents and hazardous substances only from 16, under supervision and with a young-person risk assessment (Management of Health and Safety at Work Regulations 1999, reg. 19).',
    detail: `Hazards stated: ${list(vacancy.hazards.filter((h) => h !== 'NIGHT_WORK').map(plain))}.`,
    remedy: () => learner.eighteenOn === null ? 'Your provider records your date of birth so that this rule can be applied.' : 'The host records a young-person risk assessment, or offers tasks without this exposure.',
  }),
  CHECKS: ({ l, v, policy, asOf, reference }, state) => {
    const { lacking, late } = checksLacking(l, v, policy, asOf);
    const named = (bits: number): string => list(CHECK_KINDS.filter((_, i) => bits & (1 << i)).map((kind) => CHECK_NAMES[kind] as string));
    return {
      rule: `Checks are in place before the start; a DBS check can be asked for from age ${reference.rules.dbsFromAge} (KCSIE).`,
      detail: lacking === 0 ? (v.checks === 0 ? 'No checks are needed.' : `You hold: ${named(v.checks)}.`) : `Not yet held on the start date: ${named(lacking)}${late ? `; too late before the start for: ${named(late)}` : ''}.`,
      remedy: () => state === 'FAIL' ? `A later start would leave time for: ${named(late || lacking)}.` : `Start now: ${named(lacking)}.`,
    };
  },
  TRAVEL: ({ learner, vacancy, l, v, reference }, state) => {
    const minutes = v.campus < 0 ? -1 : (l.minutes[v.campus] as number);
    const mode = v.campus < 0 ? -1 : (l.mode[v.campus] as number);
    const place = reference.campus(vacancy.campusId)?.name ?? vacancy.campusId;
    return {
      rule: 'The journey is within the limit that the learner set, by a way of travelling the learner uses.',
      detail:
        minutes < 0
          ? learner.travel.journeys === null
            ? `You have not given an outcode, so the journey to ${place} is not known.`
            : `No journey time to ${place} is known for your ways of travelling.`
          : `About ${minutes} minutes ${ASSIGNED_MODE[TRAVEL_MODES[mode] as string] ?? ''} to ${place} (${journeySource(learner, vacancy.campusId, TRAVEL_MODES[mode] as TravelMode)}); your limit is ${l.maxMinutes}.`,
      remedy: () => state === 'UNKNOWN' ? 'Give the first half of your postcode and how you travel.' : `Raise your limit to ${minutes} minutes, or add another way of travelling.`,
    };
  },
  ADJUSTMENTS: ({ learner, vacancy }, state) => ({
    rule: 'An employer owes reasonable adjustments (Equality Act 2010, s. 20); a need is never a minus.',
    detail:
      learner.adjustmentsNeeded.length === 0
        ? 'No adjustments asked for.'
        : state === 'PASS'
          ? 'All the adjustments you asked for are offered.'
          : `Not yet confirmed by the host: ${list(ADJUSTMENTS.filter((a) => learner.adjustmentsNeeded.includes(a) && !vacancy.adjustmentsOffered.includes(a)).map(plain))}.`,
    remedy: () => 'With your agreement the provider asks the host to confirm.',
  }),
  SITE: ({ vacancy, reference }) => {
    const campus = reference.campus(vacancy.campusId);
    return {
      rule: 'The site is open on the start date.',
      detail: campus === null ? `The site ${vacancy.campusId} is not in the register of sites.` : campus.open ? `${campus.name} is open.` : `${campus.name}: ${campus.statusNote || 'not open yet'}${campus.opensOn ? `, opens ${campus.opensOn}` : ''}.`,
      remedy: () => 'Ask the employer where the placement takes place until the site opens.',
    };
  },
};
