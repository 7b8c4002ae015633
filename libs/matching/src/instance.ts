/**
 * The neutral instance file `placement-matching-instance/1`: the one shape in which a matching problem enters and leaves.
 * Rank of an entry = 1-based position of its tie group in the list as given; entries that are dropped keep their place.
 */
export const INSTANCE_FORMAT = 'placement-matching-instance/1';

export const FAMILIES = ['HR', 'HRT', 'SPA-S', 'SPA-ST', 'HRT-LQ', 'SPA-LQ', 'SPA-LQ-one-sided', 'RERUN'] as const;
export type Family = (typeof FAMILIES)[number];

/** Tie groups, best first: `[["v1"],["v2","v3"]]` = v1, then v2 and v3 tied. */
export type TieGroups = readonly (readonly string[])[];

export type InstanceLearner = Readonly<{ id: string; preferences: TieGroups }>;

/** `capacity` openings (0 = counts as full). HR families: `preferences` ranks learners. SPA families: `employer` names who ranks. */
export type InstanceVacancy = Readonly<{
  id: string;
  capacity: number;
  lowerQuota?: number;
  employer?: string;
  preferences?: TieGroups;
}>;

/** SPA families only. `capacity` binds over all the employer's vacancies; `preferences` ranks learners once for all of them. */
export type InstanceEmployer = Readonly<{
  id: string;
  capacity: number;
  preferences?: TieGroups;
  lowerQuota?: number;
  target?: number;
}>;

/** A placement fixed before solving: the learner is taken out and an opening subtracted everywhere. */
export type InstanceLock = Readonly<{ learner: string; vacancy: string; name: string }>;

/** A set of vacancies or learners (campus, programme, provider); laminar by `parent`. Only counted, unless quotas bind. */
export type InstanceGroup = Readonly<{
  id: string;
  kind: string;
  parent?: string;
  vacancies?: readonly string[];
  learners?: readonly string[];
  upperQuota?: number;
  reserved?: readonly Readonly<{ vacancy: string; places: number }>[];
}>;

/** Two placements that belong together. Part of the format; no mode of this engine solves them yet, so they are refused. */
export type InstanceLink = Readonly<{
  kind: 'couple' | 'sequence';
  members: readonly [string, string];
  preferences: readonly (readonly (readonly [string, string])[])[];
}>;

/** A pair the eligibility rules refused, with the rule's id; treated as unacceptable and explained as such. */
export type InstanceVerdict = Readonly<{ learner: string; vacancy: string; rule: string }>;

export type MatchingInstance = Readonly<{
  format: typeof INSTANCE_FORMAT;
  id: string;
  family: Family;
  title?: string;
  tags?: readonly string[];
  notes?: unknown;
  source?: unknown;
  learners: readonly InstanceLearner[];
  vacancies: readonly InstanceVacancy[];
  employers?: readonly InstanceEmployer[];
  previousMatching?: Readonly<Record<string, string | null>>;
  change?: unknown;
  locks?: readonly InstanceLock[];
  groups?: readonly InstanceGroup[];
  links?: readonly InstanceLink[];
  ineligible?: readonly InstanceVerdict[];
  lottery?: Readonly<{ commitment?: string; seed?: string }>;
}>;

/** Hex SHA-256 of the UTF-8 text, given by the caller: no pure room implements a hash. */
export type Digest = (canonical: string) => string;

/** Whether employers rank once for all their vacancies (SPA families) or each vacancy ranks for itself (HR families). */
export function isTwoLevel(instance: MatchingInstance): boolean {
  if (instance.family.startsWith('SPA')) return true;
  if (instance.family !== 'RERUN') return false;
  return instance.vacancies.length > 0 && instance.vacancies.every((v) => v.preferences === undefined);
}
