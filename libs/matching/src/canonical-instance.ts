import type { MatchingInstance, TieGroups } from './instance.js';

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Members of a tie group in code-unit order; groups of one are left alone, they are nearly all of them. */
function sortedGroups(groups: TieGroups): TieGroups {
  return groups.map((group) => (group.length > 1 ? [...group].sort() : group));
}

/** Compact JSON with keys in code-unit order, written by hand: an object rebuilt in that order would list integer-like keys first. */
function stringify(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stringify).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const record = value as Record<string, unknown>;
  const keys = Object.keys(record)
    .filter((key) => record[key] !== undefined)
    .sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${stringify(record[key])}`).join(',')}}`;
}

/**
 * The text whose digest names an instance: compact JSON, object keys in code-unit order, learners, vacancies, employers and
 * groups by id, locks, verdicts and links by their own text, members of a tie group sorted; without `title`, `tags`, `notes`, `source` and
 * `change`, which decide nothing. So the order of entries in the file does not change the hash, and anything that can change a
 * result does. O(size log size).
 */
export function canonicalInstance(instance: MatchingInstance): string {
  const texts = (values: readonly unknown[]): string => `[${values.map((v) => stringify(v)).sort().join(',')}]`;
  const parts: [string, string | undefined][] = [
    ['employers', instance.employers && listOf([...instance.employers].sort(byId), (e) =>
      stringify({ ...pick(e, ['capacity', 'id', 'lowerQuota', 'target']), preferences: e.preferences && sortedGroups(e.preferences) }))],
    ['family', JSON.stringify(instance.family)],
    ['format', JSON.stringify(instance.format)],
    ['groups', instance.groups && listOf([...instance.groups].sort(byId), (g) =>
      stringify({ ...g, vacancies: g.vacancies && [...g.vacancies].sort(), learners: g.learners && [...g.learners].sort() }))],
    ['id', JSON.stringify(instance.id)],
    ['ineligible', instance.ineligible && texts(instance.ineligible)],
    ['learners', listOf([...instance.learners].sort(byId), (l) =>
      `{"id":${JSON.stringify(l.id)},"preferences":${JSON.stringify(sortedGroups(l.preferences))}}`)],
    ['links', instance.links && texts(instance.links)],
    ['locks', instance.locks && texts(instance.locks)],
    ['lottery', instance.lottery && stringify(instance.lottery)],
    ['previousMatching', instance.previousMatching && stringify(instance.previousMatching)],
    ['vacancies', listOf([...instance.vacancies].sort(byId), (v) =>
      stringify({ ...pick(v, ['capacity', 'employer', 'id', 'lowerQuota']), preferences: v.preferences && sortedGroups(v.preferences) }))],
  ];
  return `{${parts.filter(([, text]) => text !== undefined).map(([key, text]) => `${JSON.stringify(key)}:${text}`).join(',')}}`;
}

function listOf<T>(values: readonly T[], text: (value: T) => string): string {
  return `[${values.map(text).join(',')}]`;
}

function pick<T extends object>(value: T, keys: readonly (keyof T)[]): Partial<T> {
  const out: Partial<T> = {};
  for (const key of keys) if (value[key] !== undefined) out[key] = value[key];
  return out;
}
