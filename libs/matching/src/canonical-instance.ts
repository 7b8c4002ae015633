import type { MatchingInstance, TieGroups } from './instance.js';

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Members of a tie group in code-unit order; a list without ties, nearly every one, is left alone. */
function sortedGroups(groups: TieGroups): TieGroups {
  for (let g = 0; g < groups.length; g++) if (groups[g]!.length > 1) return groups.map((group) => (group.length > 1 ? [...group].sort() : group));
  return groups;
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
  // Members of the objects below stand in code-unit order; JSON.stringify keeps it, for none looks like a number, and leaves out what is undefined.
  const parts: [string, string | undefined][] = [
    ['employers', instance.employers && JSON.stringify([...instance.employers].sort(byId).map(({ capacity, id, lowerQuota, preferences, target }) =>
      ({ capacity, id, lowerQuota, preferences: preferences && sortedGroups(preferences), target })))],
    ['family', JSON.stringify(instance.family)],
    ['format', JSON.stringify(instance.format)],
    ['groups', instance.groups && `[${[...instance.groups].sort(byId).map((g) =>
      stringify({ ...g, vacancies: g.vacancies && [...g.vacancies].sort(), learners: g.learners && [...g.learners].sort() })).join(',')}]`],
    ['id', JSON.stringify(instance.id)],
    ['ineligible', instance.ineligible && texts(instance.ineligible)],
    ['learners', JSON.stringify([...instance.learners].sort(byId).map(({ id, preferences }) => ({ id, preferences: sortedGroups(preferences) })))],
    ['links', instance.links && texts(instance.links)],
    ['locks', instance.locks && texts(instance.locks)],
    ['lottery', instance.lottery && stringify(instance.lottery)],
    ['previousMatching', instance.previousMatching && stringify(instance.previousMatching)],
    ['vacancies', JSON.stringify([...instance.vacancies].sort(byId).map(({ capacity, employer, id, lowerQuota, preferences }) =>
      ({ capacity, employer, id, lowerQuota, preferences: preferences && sortedGroups(preferences) })))],
  ];
  return `{${parts.filter(([, text]) => text !== undefined).map(([key, text]) => `${JSON.stringify(key)}:${text}`).join(',')}}`;
}
