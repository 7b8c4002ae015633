import { type IsoDate, SKILL_NEEDS, TRAVEL_MODES, type VacancyId, WEEKDAYS, type CheckKind } from '@meriden/domain';
import type { Scorer } from './scorer.js';
import { journeySource, type ScorableLearner, type ScorableVacancy } from './scorable.js';

/** Edits that a learner can make, one at a time. Nothing about who the learner is can be among them. */
export const EDIT_KINDS = ['ADD_SKILL', 'ADD_WEEKDAY', 'MORE_HOURS', 'TRAVEL_FURTHER', 'ADD_TRAVEL_MODE', 'GET_CHECK'] as const;
export type EditKind = (typeof EDIT_KINDS)[number];

/** One change, what it does to the vacancy in question, and which others it opens. */
export type OpenDoor = Readonly<{
  kind: EditKind;
  /** The skill, weekday, mode or check, or the new number of minutes or hours. */
  value: string;
  /** What to do, in words. */
  advice: string;
  scoreChange: number;
  /** Places up (positive) among the open vacancies; null where it stays shut. */
  rankChange: number | null;
  /** Gates of this vacancy that stop failing. */
  opens: readonly string[];
  /** Vacancies that no gate shuts any more. */
  newlyOpen: readonly VacancyId[];
}>;

const MOST = 12;
const MORE_HOURS = 4;
const MORE_MINUTES = 10;

type Edit = Readonly<{ kind: EditKind; value: string; advice: string; learner: ScorableLearner }>;

/**
 * Up to 12 single edits for a learner and a vacancy, by how much they open: first those that open this vacancy, then by the
 * change of its score, then by the vacancies they open besides. Every number is a score recomputed, none is estimated.
 *
 * @param others the vacancies on offer; ranks and newly open vacancies are counted among them
 */
export function openDoors(scorer: Scorer, learner: ScorableLearner, vacancy: ScorableVacancy, others: readonly ScorableVacancy[], asOf: IsoDate): readonly OpenDoor[] {
  const steps = openDoorSteps(scorer, learner, vacancy, others, asOf);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in steps, one for each edit that is tried, for callers who have others to serve in between. */
export function* openDoorSteps(
  scorer: Scorer,
  learner: ScorableLearner,
  vacancy: ScorableVacancy,
  others: readonly ScorableVacancy[],
  asOf: IsoDate,
): Generator<undefined, readonly OpenDoor[], undefined> {
  const before = scorer.score(learner, vacancy, asOf);
  const failing = (l: ScorableLearner): string[] => scorer.score(l, vacancy, asOf).gates.filter((gate) => gate.state === 'FAIL').map((gate) => gate.code);
  const wasFailing = failing(learner);
  const openBefore = new Set(others.filter((v) => scorer.gateOnly(learner, v, asOf)).map((v) => v.id));
  const rankBefore = rankOf(scorer, learner, vacancy, others, asOf);
  const found: OpenDoor[] = [];
  for (const edit of edits(learner, vacancy, scorer)) {
    yield undefined;
    const after = scorer.score(edit.learner, vacancy, asOf);
    const rank = rankOf(scorer, edit.learner, vacancy, others, asOf);
    const stillFailing = failing(edit.learner);
    found.push({
      kind: edit.kind,
      value: edit.value,
      advice: edit.advice,
      scoreChange: after.score - before.score,
      rankChange: rank === null ? null : (rankBefore ?? openBefore.size + 1) - rank,
      opens: wasFailing.filter((code) => !stillFailing.includes(code)),
      newlyOpen: others.filter((v) => !openBefore.has(v.id) && scorer.gateOnly(edit.learner, v, asOf)).map((v) => v.id),
    });
  }
  return found
    .filter((door) => door.scoreChange > 0 || door.opens.length > 0 || door.newlyOpen.length > 0)
    .sort((a, b) => b.opens.length - a.opens.length || b.scoreChange - a.scoreChange || b.newlyOpen.length - a.newlyOpen.length || (a.kind + a.value < b.kind + b.value ? -1 : 1))
    .slice(0, MOST);
}

/** 1 + the open vacancies with a higher score for the learner; null when the vacancy is shut. */
function rankOf(scorer: Scorer, learner: ScorableLearner, vacancy: ScorableVacancy, others: readonly ScorableVacancy[], asOf: IsoDate): number | null {
  const own = scorer.scoreOnly(learner, vacancy, asOf);
  if (own === null) return null;
  return 1 + others.filter((other) => other.id !== vacancy.id && (scorer.scoreOnly(learner, other, asOf)?.score ?? -1) > own.score).length;
}

function edits(learner: ScorableLearner, vacancy: ScorableVacancy, scorer: Scorer): readonly Edit[] {
  const out: Edit[] = [];
  const held = new Set(learner.skills.map((skill) => skill.skillId));
  const wanted = vacancy.skills.filter((asked) => asked.need !== 'WILL_TRAIN' && !held.has(asked.skillId));
  for (const { skillId } of [...wanted].sort((a, b) => SKILL_NEEDS.indexOf(a.need) - SKILL_NEEDS.indexOf(b.need)).slice(0, MOST)) {
    const skills = [...learner.skills, { skillId, source: 'STATED' as const, words: '' }];
    out.push({ kind: 'ADD_SKILL', value: skillId, advice: `Learn, or add if you have it: ${scorer.skillLabel(skillId)}.`, learner: { ...learner, skills } });
  }
  const free = learner.availability;
  if (free !== null) {
    for (const day of WEEKDAYS) {
      if (!vacancy.weekdays.includes(day) || free.weekdays.includes(day)) continue;
      out.push({ kind: 'ADD_WEEKDAY', value: day, advice: `Keep ${day} free.`, learner: { ...learner, availability: { ...free, weekdays: [...free.weekdays, day] } } });
    }
    const hours = Math.min(48, free.hoursPerWeek + MORE_HOURS);
    if (hours > free.hoursPerWeek) out.push({ kind: 'MORE_HOURS', value: String(hours), advice: `Give ${hours} hours a week.`, learner: { ...learner, availability: { ...free, hoursPerWeek: hours } } });
  }
  out.push(...travelEdits(learner, vacancy));
  const lacking = new Set<CheckKind>(vacancy.checksNeeded.filter((kind) => !learner.checks.some((check) => check.kind === kind)));
  for (const kind of lacking) {
    out.push({ kind: 'GET_CHECK', value: kind, advice: `Have this check done: ${kind.toLowerCase().replaceAll('_', ' ')}.`, learner: { ...learner, checks: [...learner.checks, { kind, expiresOn: null }] } });
  }
  return out;
}

function travelEdits(learner: ScorableLearner, vacancy: ScorableVacancy): readonly Edit[] {
  const { travel } = learner;
  const out: Edit[] = [];
  const journeys = travel.journeys?.[vacancy.campusId];
  if (journeys === undefined) return out;
  const quickest = Math.min(...travel.modes.map((mode) => journeys[mode] ?? Infinity));
  const limit = Number.isFinite(quickest) && quickest > travel.maxMinutes ? quickest : travel.maxMinutes + MORE_MINUTES;
  if (limit <= 180) out.push({ kind: 'TRAVEL_FURTHER', value: String(limit), advice: `Travel up to ${limit} minutes.`, learner: { ...learner, travel: { ...travel, maxMinutes: limit } } });
  for (const mode of TRAVEL_MODES) {
    const minutes = journeys[mode];
    if (travel.modes.includes(mode) || minutes === undefined || minutes >= quickest) continue;
    out.push({ kind: 'ADD_TRAVEL_MODE', value: mode, advice: `Travel by ${mode.toLowerCase()} (about ${minutes} minutes, ${journeySource(learner, vacancy.campusId, mode)}).`, learner: { ...learner, travel: { ...travel, modes: [...travel.modes, mode] } } });
  }
  return out;
}

/** What an employer gains by training a skill instead of requiring it. */
export type WillTrain = Readonly<{
  skillId: string;
  label: string;
  /** Open learners who reach the mark now, and with this skill trained instead. */
  reachNow: number;
  reachThen: number;
}>;

/**
 * For every essential skill of a vacancy, live while posting: how many eligible learners reach the mark on the employer's own
 * score if this one skill is trained instead of required. Most gained first.
 *
 * @param mark employer score in basis points from which a learner counts as reached
 */
export function willTrain(scorer: Scorer, vacancy: ScorableVacancy, learners: readonly ScorableLearner[], asOf: IsoDate, mark = 5000): readonly WillTrain[] {
  const open = learners.filter((learner) => scorer.gateOnly(learner, vacancy, asOf));
  const reached = (v: ScorableVacancy): number => open.filter((learner) => (scorer.scoreOnly(learner, v, asOf)?.employerScore ?? -1) >= mark).length;
  const reachNow = reached(vacancy);
  return vacancy.skills
    .filter((skill) => skill.need === 'ESSENTIAL')
    .map(({ skillId }) => {
      const relaxed = { ...vacancy, skills: vacancy.skills.map((skill) => (skill.skillId === skillId ? { skillId, need: 'WILL_TRAIN' as const } : skill)) };
      return { skillId, label: scorer.skillLabel(skillId), reachNow, reachThen: reached(relaxed) };
    })
    .sort((a, b) => b.reachThen - a.reachThen || (a.skillId < b.skillId ? -1 : 1));
}
