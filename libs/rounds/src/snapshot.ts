import { canonicalJson, type Digest, type IsoDate, type IsoInstant, type LearnerId, type OrganisationId, type RoundId, type RoundMode, type RoundObjective, type VacancyId } from '@meriden/domain';
import { INSTANCE_FORMAT, type MatchingInstance } from '@meriden/matching';

export const SNAPSHOT_FORMAT = 'meriden-round-snapshot/1';

/** The people and places of a round as the service read them, in one transaction. Groups are best first, ties together. */
export type RoundPeople = Readonly<{
  roundId: RoundId;
  name: string;
  mode: RoundMode;
  /** Mode SCORE only. */
  objective?: RoundObjective;
  frozenAt: IsoInstant;
  asOf: IsoDate;
  policyVersion: string;
  commitment: string;
  /** Everyone the round is about, those without preferences too. */
  learners: readonly Readonly<{ id: LearnerId; groups: readonly (readonly VacancyId[])[] }>[];
  vacancies: readonly Readonly<{ id: VacancyId; employerId: OrganisationId; openings: number }>[];
  employers: readonly Readonly<{ id: OrganisationId; capacity: number; groups: readonly (readonly LearnerId[])[] }>[];
  /** Ranked pairs that an eligibility gate refused, with the gate's code; in a re-run also those that are spent, with the rule. */
  refused: readonly Readonly<{ learnerId: LearnerId; vacancyId: VacancyId; gate: string }>[];
  /** Mode RERUN only: the vacancy of each learner in the round before, null for none. */
  previous?: readonly Readonly<{ learnerId: LearnerId; vacancyId: VacancyId | null }>[];
}>;

/** The frozen input: what is solved, hashed, stored and published. Learners stand under public ids of this round. */
export type RoundSnapshot = Readonly<{
  format: typeof SNAPSHOT_FORMAT;
  roundId: RoundId;
  name: string;
  mode: RoundMode;
  objective?: RoundObjective;
  frozenAt: IsoInstant;
  asOf: IsoDate;
  policyVersion: string;
  commitment: string;
  instance: MatchingInstance;
  /** Digest of everything above. */
  inputHash: string;
}>;


/**
 * The id under which a learner stands in the published file: a digest of round and record. Whoever holds the record (the
 * learner, the provider) can find the line; nobody can walk back from the line to the record, and two rounds cannot be joined.
 */
export function publicLearnerId(roundId: RoundId, learnerId: LearnerId, digest: Digest): string {
  return `L${digest(`${roundId}|learner|${learnerId}`).slice(0, 20)}`;
}

/** Freezes a round's input. Order of the arguments' rows does not matter: everything is sorted by public id. */
export function freezeInput(people: RoundPeople, digest: Digest): RoundSnapshot {
  const names = new Map(people.learners.map((learner) => [learner.id as string, publicLearnerId(people.roundId, learner.id, digest)]));
  const publicOf = (id: LearnerId): string => names.get(id) ?? publicLearnerId(people.roundId, id, digest);
  const byId = (a: Readonly<{ id: string }>, b: Readonly<{ id: string }>): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  const instance: MatchingInstance = {
    format: INSTANCE_FORMAT,
    id: people.roundId,
    family: 'SPA-ST',
    title: people.name,
    learners: people.learners.map((l) => ({ id: publicOf(l.id), preferences: sortedGroups(l.groups) })).sort(byId),
    vacancies: people.vacancies.map((v) => ({ id: v.id, capacity: v.openings, employer: v.employerId })).sort(byId),
    employers: people.employers
      .map((e) => ({ id: e.id, capacity: e.capacity, preferences: sortedGroups(e.groups.map((group) => group.map(publicOf))) }))
      .sort(byId),
    ineligible: people.refused
      .map((pair) => ({ learner: publicOf(pair.learnerId), vacancy: pair.vacancyId, rule: pair.gate }))
      .sort((a, b) => (a.learner + a.vacancy < b.learner + b.vacancy ? -1 : 1)),
    lottery: { commitment: people.commitment },
    ...(people.previous && { previousMatching: Object.fromEntries(people.previous.map(({ learnerId, vacancyId }) => [publicOf(learnerId), vacancyId] as const).sort(([a], [b]) => (a < b ? -1 : 1))) }),
  };
  const frozen = {
    format: SNAPSHOT_FORMAT,
    roundId: people.roundId,
    name: people.name,
    mode: people.mode,
    ...(people.objective && { objective: people.objective }),
    frozenAt: people.frozenAt,
    asOf: people.asOf,
    policyVersion: people.policyVersion,
    commitment: people.commitment,
    instance,
  } as const;
  return { ...frozen, inputHash: digest(canonicalJson(frozen)) };
}

/** Order inside a tie means nothing, so it is sorted; order of the groups is the preference. */
function sortedGroups(groups: readonly (readonly string[])[]): string[][] {
  return groups.map((group) => [...group].sort());
}
