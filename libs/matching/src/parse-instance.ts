import { FAMILIES, INSTANCE_FORMAT } from './instance.js';
import type { Family, InstanceEmployer, InstanceGroup, InstanceVacancy, MatchingInstance, TieGroups } from './instance.js';
import { MatchingError } from './matching-error.js';
import type { Repetition } from './numbered-lists.js';
import { numberedLists } from './numbered-lists.js';
import { parseJson } from './parse-json.js';

/** Most preference entries a file may hold, both sides together: 100,000 learners with 15 entries are 3 million. */
export const MAX_ENTRIES = 8_000_000;
/** Largest capacity or quota: beyond any real employer, and sums of them stay exact. */
export const MAX_CAPACITY = 1_000_000;

type Json = Record<string, unknown>;

const malformed = (place: string, problem: string, remedy: string): never => {
  throw new MatchingError('malformed', place, problem, remedy);
};
const contradictory = (place: string, problem: string, remedy: string): never => {
  throw new MatchingError('contradictory', place, problem, remedy);
};

/**
 * Reads and checks an instance file: JSON text or the parsed value. Entries that name undeclared ids are kept (they hold their
 * rank) and are dropped by the solver, as are one-sided entries. Unknown members of the file are ignored.
 * Errors: MatchingError naming the place and the remedy. O(size).
 */
export function parseInstance(source: unknown): MatchingInstance {
  const raw = objectAt(typeof source === 'string' ? parseJson(source) : source, 'file');
  if (raw['format'] !== INSTANCE_FORMAT)
    malformed('format', `is ${shown(raw['format'])}`, `Write "${INSTANCE_FORMAT}"`);
  const family = raw['family'] as Family;
  if (!FAMILIES.includes(family)) malformed('family', `is ${shown(family)}`, `Use one of ${FAMILIES.join(', ')}`);

  refuseTooMany(raw);
  const learners = listAt(raw['learners'], 'learners').map((value, i) => {
    const place = `learners[${i}]`;
    const o = objectAt(value, place);
    return { id: idAt(o['id'], `${place}.id`), preferences: groupsAt(o['preferences'], `${place}.preferences`) };
  });
  const vacancies = listAt(raw['vacancies'], 'vacancies').map((value, i) => vacancyAt(value, `vacancies[${i}]`));
  const employers =
    raw['employers'] === undefined
      ? undefined
      : listAt(raw['employers'], 'employers').map((value, i) => employerAt(value, `employers[${i}]`));
  const learnerIds = uniqueIds(learners, 'learners');
  const vacancyIds = uniqueIds(vacancies, 'vacancies');
  const employerIds = uniqueIds(employers ?? [], 'employers');
  checkWhoRanks(family, vacancies, employers, employerIds);

  const instance: MatchingInstance = {
    format: INSTANCE_FORMAT,
    id: idAt(raw['id'], 'id'),
    family,
    ...(typeof raw['title'] === 'string' ? { title: raw['title'] } : {}),
    ...(Array.isArray(raw['tags']) ? { tags: raw['tags'].map(String) } : {}),
    ...(raw['notes'] === undefined ? {} : { notes: raw['notes'] }),
    ...(raw['source'] === undefined ? {} : { source: raw['source'] }),
    learners,
    vacancies,
    ...(employers ? { employers } : {}),
    ...previousAt(raw),
    ...(raw['change'] === undefined ? {} : { change: raw['change'] }),
    ...locksAt(raw, vacancies, employers ?? [], learnerIds, vacancyIds),
    ...groupsOfPlaces(raw),
    ...linksAt(raw),
    ...verdictsAt(raw),
    ...lotteryAt(raw),
  };
  if (family === 'RERUN' && instance.previousMatching === undefined)
    malformed('previousMatching', 'is absent', 'A RERUN file says where each learner was before the change');
  refuseRepetitions(instance);
  return instance;
}

/** No list names an id twice, declared or not. */
function refuseRepetitions(instance: MatchingInstance): void {
  const { learnerIds, rankerIds, twoLevel, repeated } = numberedLists(instance);
  const refuse = (side: 'learners' | 'vacancies' | 'employers', id: string, { group, member }: Omit<Repetition, 'owner'>): never => {
    const owners: readonly { id: string; preferences?: TieGroups }[] = instance[side] ?? [];
    const i = owners.findIndex((owner) => owner.id === id);
    return contradictory(`${side}[${i}].preferences[${group}][${member}]`, `lists ${shown(owners[i]?.preferences?.[group]?.[member])} twice`, 'List each id once');
  };
  if (repeated.learners !== null) refuse('learners', learnerIds[repeated.learners.owner] as string, repeated.learners);
  if (repeated.rankers !== null) refuse(twoLevel ? 'employers' : 'vacancies', rankerIds[repeated.rankers.owner] as string, repeated.rankers);
  // Where vacancies rank for themselves, lists of employers decide nothing and are not numbered.
  if (!twoLevel)
    for (const { id, preferences = [] } of instance.employers ?? []) {
      const seen = new Set<string>();
      preferences.forEach((group, g) => group.forEach((name, member) => (seen.has(name) ? refuse('employers', id, { group: g, member }) : seen.add(name))));
    }
}

/** Adds up the lengths of the lists before any entry is looked at, so that a monstrous file is refused at once. */
function refuseTooMany(raw: Json): void {
  let left = MAX_ENTRIES;
  for (const side of ['learners', 'vacancies', 'employers']) {
    const owners = raw[side];
    if (!Array.isArray(owners)) continue;
    for (let i = 0; i < owners.length; i++) {
      const groups = (owners[i] as { preferences?: unknown } | null)?.preferences;
      if (!Array.isArray(groups)) continue;
      for (let g = 0; g < groups.length; g++) {
        const group = groups[g] as unknown;
        left -= Array.isArray(group) ? group.length : 1;
        if (left < 0) throw new MatchingError('too-large', `${side}[${i}].preferences[${g}]`, `passes ${MAX_ENTRIES} preference entries in the file`, 'Split the file, or shorten the lists');
      }
    }
  }
}

/** A value in words: what is short in full, long texts cut, lists and objects by their kind. */
function shown(value: unknown): string {
  if (value === undefined) return 'absent';
  if (value !== null && typeof value === 'object') return Array.isArray(value) ? 'a list' : 'an object';
  return typeof value === 'string' && value.length > 60 ? `${JSON.stringify(value.slice(0, 57))}...` : JSON.stringify(value);
}

function objectAt(value: unknown, place: string): Json {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) malformed(place, `is ${shown(value)}`, 'Write an object');
  return value as Json;
}

function listAt(value: unknown, place: string): unknown[] {
  if (!Array.isArray(value)) malformed(place, `is ${shown(value)}`, 'Write a list');
  return value as unknown[];
}

function idAt(value: unknown, place: string): string {
  if (typeof value !== 'string' || value === '' || value.length > 500)
    malformed(place, `is ${shown(value)}`, 'Write a text of 1 to 500 characters');
  return value as string;
}

function countAt(value: unknown, place: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > MAX_CAPACITY)
    malformed(place, `is ${shown(value)}`, `Write a whole number from 0 to ${MAX_CAPACITY}`);
  return value as number;
}

function groupsAt(value: unknown, place: string): TieGroups {
  const groups = listAt(value, place);
  for (let g = 0; g < groups.length; g++) {
    const group = groups[g];
    if (!Array.isArray(group)) malformed(`${place}[${g}]`, `is ${shown(group)}`, 'Write each tie group as a list of ids, also a group of one');
    const members = group as unknown[];
    for (let k = 0; k < members.length; k++) if (typeof members[k] !== 'string') malformed(`${place}[${g}][${k}]`, `is ${shown(members[k])}`, 'Write an id');
  }
  return groups as string[][];
}

function vacancyAt(value: unknown, place: string): InstanceVacancy {
  const o = objectAt(value, place);
  const vacancy: InstanceVacancy = {
    id: idAt(o['id'], `${place}.id`),
    capacity: countAt(o['capacity'], `${place}.capacity`),
    ...(o['lowerQuota'] === undefined ? {} : { lowerQuota: countAt(o['lowerQuota'], `${place}.lowerQuota`) }),
    ...(o['employer'] === undefined || o['employer'] === null ? {} : { employer: idAt(o['employer'], `${place}.employer`) }),
    ...(o['preferences'] === undefined || o['preferences'] === null ? {} : { preferences: groupsAt(o['preferences'], `${place}.preferences`) }),
  };
  quotaWithin(vacancy, place);
  return vacancy;
}

function employerAt(value: unknown, place: string): InstanceEmployer {
  const o = objectAt(value, place);
  const employer: InstanceEmployer = {
    id: idAt(o['id'], `${place}.id`),
    capacity: countAt(o['capacity'], `${place}.capacity`),
    ...(o['preferences'] === undefined || o['preferences'] === null ? {} : { preferences: groupsAt(o['preferences'], `${place}.preferences`) }),
    ...(o['lowerQuota'] === undefined ? {} : { lowerQuota: countAt(o['lowerQuota'], `${place}.lowerQuota`) }),
    ...(o['target'] === undefined ? {} : { target: countAt(o['target'], `${place}.target`) }),
  };
  quotaWithin(employer, place);
  return employer;
}

function quotaWithin(one: { capacity: number; lowerQuota?: number }, place: string): void {
  if ((one.lowerQuota ?? 0) > one.capacity)
    contradictory(`${place}.lowerQuota`, `is ${one.lowerQuota}, above the capacity ${one.capacity}`, 'Lower the quota or raise the capacity');
}

function uniqueIds(values: readonly { id: string }[], place: string): Set<string> {
  const seen = new Set<string>();
  values.forEach(({ id }, i) => {
    if (seen.has(id)) contradictory(`${place}[${i}].id`, `repeats ${shown(id)}`, 'Give each its own id');
    seen.add(id);
  });
  return seen;
}

/** Either every vacancy ranks learners, or every vacancy names a declared employer who does. */
function checkWhoRanks(
  family: Family,
  vacancies: readonly InstanceVacancy[],
  employers: readonly InstanceEmployer[] | undefined,
  employerIds: ReadonlySet<string>,
): void {
  const twoLevel = family.startsWith('SPA') || (family === 'RERUN' && vacancies.some((v) => v.preferences === undefined));
  vacancies.forEach((v, i) => {
    if (!twoLevel && v.preferences === undefined)
      malformed(`vacancies[${i}].preferences`, 'is absent', `In family ${family} every vacancy ranks its learners; [] lists nobody`);
    if (!twoLevel) return;
    if (v.employer === undefined)
      malformed(`vacancies[${i}].employer`, 'is absent', `In family ${family} every vacancy names its employer`);
    if (!employerIds.has(v.employer as string))
      contradictory(`vacancies[${i}].employer`, `names ${shown(v.employer)}, which is not declared`, 'Declare it under employers');
    if (v.preferences !== undefined)
      contradictory(`vacancies[${i}].preferences`, 'stands beside an employer who ranks', 'Let either the vacancy or the employer rank, not both');
  });
  if (!twoLevel || family === 'SPA-LQ-one-sided') return;
  (employers ?? []).forEach((e, i) => {
    if (e.preferences === undefined) malformed(`employers[${i}].preferences`, 'is absent', 'Rank the learners; [] lists nobody');
  });
}

/** A vacancy that has since closed is a legitimate previous placement, so the ids are not looked up. */
function previousAt(raw: Json): { previousMatching?: Record<string, string | null> } {
  if (raw['previousMatching'] === undefined || raw['previousMatching'] === null) return {};
  const previous = objectAt(raw['previousMatching'], 'previousMatching');
  for (const [learner, vacancy] of Object.entries(previous)) {
    if (vacancy !== null && typeof vacancy !== 'string')
      malformed(`previousMatching[${shown(learner)}]`, `is ${shown(vacancy)}`, 'Write a vacancy id or null');
  }
  return { previousMatching: previous as Record<string, string | null> };
}

function locksAt(
  raw: Json,
  vacancies: readonly InstanceVacancy[],
  employers: readonly InstanceEmployer[],
  learnerIds: ReadonlySet<string>,
  vacancyIds: ReadonlySet<string>,
): Pick<MatchingInstance, 'locks'> {
  if (raw['locks'] === undefined) return {};
  const room = new Map<string, number>([...vacancies.map((v) => [`v ${v.id}`, v.capacity] as const), ...employers.map((e) => [`e ${e.id}`, e.capacity] as const)]);
  const employerOf = new Map(vacancies.map((v) => [v.id, v.employer]));
  const locked = new Set<string>();
  const locks = listAt(raw['locks'], 'locks').map((value, i) => {
    const place = `locks[${i}]`;
    const o = objectAt(value, place);
    const lock = { learner: idAt(o['learner'], `${place}.learner`), vacancy: idAt(o['vacancy'], `${place}.vacancy`), name: idAt(o['name'], `${place}.name`) };
    if (!learnerIds.has(lock.learner)) contradictory(`${place}.learner`, `names ${shown(lock.learner)}, which is not declared`, 'Declare the learner or drop the lock');
    if (!vacancyIds.has(lock.vacancy)) contradictory(`${place}.vacancy`, `names ${shown(lock.vacancy)}, which is not declared`, 'Declare the vacancy or drop the lock');
    if (locked.has(lock.learner)) contradictory(`${place}.learner`, `locks ${shown(lock.learner)} twice`, 'Keep one lock a learner');
    locked.add(lock.learner);
    for (const where of [`v ${lock.vacancy}`, `e ${employerOf.get(lock.vacancy)}`]) {
      const left = room.get(where);
      if (left === undefined) continue;
      if (left < 1) contradictory(place, `locks more learners into ${shown(lock.vacancy)} than it or its employer takes`, 'Drop a lock or raise the capacity');
      room.set(where, left - 1);
    }
    return lock;
  });
  return { locks };
}

function groupsOfPlaces(raw: Json): Pick<MatchingInstance, 'groups'> {
  if (raw['groups'] === undefined) return {};
  const groups = listAt(raw['groups'], 'groups').map((value, i): InstanceGroup => {
    const place = `groups[${i}]`;
    const o = objectAt(value, place);
    const ids = (key: string): Record<string, string[]> =>
      o[key] === undefined ? {} : { [key]: listAt(o[key], `${place}.${key}`).map((id, k) => idAt(id, `${place}.${key}[${k}]`)) };
    return {
      id: idAt(o['id'], `${place}.id`),
      kind: idAt(o['kind'], `${place}.kind`),
      ...(o['parent'] === undefined || o['parent'] === null ? {} : { parent: idAt(o['parent'], `${place}.parent`) }),
      ...ids('vacancies'),
      ...ids('learners'),
      ...(o['upperQuota'] === undefined ? {} : { upperQuota: countAt(o['upperQuota'], `${place}.upperQuota`) }),
      ...(o['reserved'] === undefined
        ? {}
        : {
            reserved: listAt(o['reserved'], `${place}.reserved`).map((r, k) => {
              const entry = objectAt(r, `${place}.reserved[${k}]`);
              return { vacancy: idAt(entry['vacancy'], `${place}.reserved[${k}].vacancy`), places: countAt(entry['places'], `${place}.reserved[${k}].places`) };
            }),
          }),
    };
  });
  uniqueIds(groups, 'groups');
  const parent = new Map(groups.map((g) => [g.id, g.parent]));
  groups.forEach((g, i) => {
    if (g.parent !== undefined && !parent.has(g.parent))
      contradictory(`groups[${i}].parent`, `names ${shown(g.parent)}, which is not declared`, 'Declare the parent group');
    let steps = 0;
    for (let up = g.parent; up !== undefined; up = parent.get(up))
      if (up === g.id || ++steps > groups.length) contradictory(`groups[${i}].parent`, `closes a circle through ${shown(g.id)}`, 'Groups nest: remove one parent');
  });
  return { groups };
}

function linksAt(raw: Json): Pick<MatchingInstance, 'links'> {
  if (raw['links'] === undefined) return {};
  listAt(raw['links'], 'links').forEach((value, i) => {
    const o = objectAt(value, `links[${i}]`);
    if (o['kind'] !== 'couple' && o['kind'] !== 'sequence') malformed(`links[${i}].kind`, `is ${shown(o['kind'])}`, 'Use couple or sequence');
    if (listAt(o['members'], `links[${i}].members`).length !== 2) malformed(`links[${i}].members`, 'are not two', 'Name two learners');
    listAt(o['preferences'], `links[${i}].preferences`);
  });
  return { links: raw['links'] as NonNullable<MatchingInstance['links']> };
}

function verdictsAt(raw: Json): Pick<MatchingInstance, 'ineligible'> {
  if (raw['ineligible'] === undefined) return {};
  const ineligible = listAt(raw['ineligible'], 'ineligible').map((value, i) => {
    const o = objectAt(value, `ineligible[${i}]`);
    const text = (key: string): string => idAt(o[key], `ineligible[${i}].${key}`);
    return { learner: text('learner'), vacancy: text('vacancy'), rule: text('rule') };
  });
  return { ineligible };
}

function lotteryAt(raw: Json): Pick<MatchingInstance, 'lottery'> {
  if (raw['lottery'] === undefined || raw['lottery'] === null) return {};
  const o = objectAt(raw['lottery'], 'lottery');
  return {
    lottery: {
      ...(o['commitment'] === undefined ? {} : { commitment: idAt(o['commitment'], 'lottery.commitment') }),
      ...(o['seed'] === undefined || o['seed'] === null ? {} : { seed: idAt(String(o['seed']), 'lottery.seed') }),
    },
  };
}
