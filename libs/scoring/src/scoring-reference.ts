import type { CampusId, CheckKind, DeliveryApproach, IsoDate, ProgrammeKind, QualificationId, SkillId, TravelMode } from '@meriden/domain';
import type { SkillGraph } from './skills/skill-graph.js';

export type LinkedSkill = Readonly<{ skillId: SkillId; words: string; start: number; end: number; score: number }>;

/** The look-ups that a score needs, drawn once from the reference data. */
export type ScoringReference = Readonly<{
  /** Edition of the reference data and version of the skill graph: part of every input hash. */
  version: string;
  graph: SkillGraph;
  qualification(id: QualificationId): Readonly<{ programmeKind: ProgrammeKind; route: string | null; placementHours: number | null }> | null;
  campusIds: readonly CampusId[];
  campus(id: CampusId): Readonly<{ name: string; open: boolean; opensOn: IsoDate | null; statusNote: string }> | null;
  /** Estimated or imported minutes one way to every campus by every mode that is known; the same object for the same outcode. */
  journeys(outcode: string): Readonly<Record<CampusId, Readonly<Partial<Record<TravelMode, number>>>>>;
  /** Of these, the ways of travelling whose minutes were imported and are no estimate, by campus; undefined where all are estimates. */
  imported(outcode: string): Readonly<Record<CampusId, readonly TravelMode[]>> | undefined;
  /** Builds what `link` needs in stretches of some 20 ms, for callers that share their thread; a second for all of ESCO, once. */
  prepareLink(): Generator<void>;
  /** Skills named in a text, what is denied left out: each with the words that name it, and their place in code points, end exclusive. */
  link(text: string): readonly LinkedSkill[];
  /** The words of a text that name this skill, as written; empty when none do. */
  wordsFor(text: string, skillId: SkillId): string;
  rules: PlacementRules;
}>;

/** Numbers of the law and of the department's guidance, read from the reference data so that they carry source and date. */
export type PlacementRules = Readonly<{
  tLevelHours: number;
  /** Most hours of one approach that count towards a T Level placement: fixed, or a share of the required hours. */
  approachHours: Readonly<Partial<Record<DeliveryApproach, number>>>;
  approachShare: Readonly<Partial<Record<DeliveryApproach, readonly [numerator: number, denominator: number]>>>;
  /** Remote share in basis points that counts towards a T Level placement, by route; `''` = every other route. */
  remoteShare: Readonly<Record<string, number>>;
  youngHoursADay: number;
  youngHoursAWeek: number;
  /** Age in years from which a Disclosure and Barring Service check can be asked for. */
  dbsFromAge: number;
  unpaidMonths: number;
}>;

export const DBS_KINDS: readonly CheckKind[] = ['DBS_BASIC', 'DBS_STANDARD', 'DBS_ENHANCED'];
