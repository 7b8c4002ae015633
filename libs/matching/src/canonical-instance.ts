import type { MatchingInstance, TieGroups } from './instance.js';
import { textOfList } from './parse-lists.js';

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Members of each tie group in code-unit order. A text that says it so is not written anew: lists are nearly all of an instance. */
function listText(groups: TieGroups): string {
  return textOfList(groups) ?? JSON.stringify(groups.map((group) => (group.length > 1 ? [...group].sort() : group)));
}

/** Those with lists, by id: the members before their preferences in code-unit order, and those after. What is undefined is left out. */
function owners<T extends { id: string; preferences?: TieGroups }>(all: readonly T[], before: (one: T) => object, after?: (one: T) => object): string[] {
  return [...all].sort(byId).map((one, i) => {
    const list = one.preferences === undefined ? '' : `,"preferences":${listText(one.preferences)}`;
    const rest = after === undefined ? '{}' : JSON.stringify(after(one));
    return `${i === 0 ? '' : ','}${JSON.stringify(before(one)).slice(0, -1)}${list}${rest === '{}' ? '}' : `,${rest.slice(1)}`}`;
  });
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
  const texts = (values: readonly unknown[]): string[] => values.map(stringify).sort().map((text, i) => (i === 0 ? text : `,${text}`));
  const list = (of: readonly string[] | undefined): string[] | undefined => of && ['[', ...of, ']'];
  const one = (value: unknown): string[] | undefined => (value === undefined ? undefined : [stringify(value)]);
  const groups = instance.groups && [...instance.groups].sort(byId).map((g) => ({ ...g, vacancies: g.vacancies && [...g.vacancies].sort(), learners: g.learners && [...g.learners].sort() }));
  const parts: [string, string[] | undefined][] = [
    ['employers', list(instance.employers && owners(instance.employers, ({ capacity, id, lowerQuota }) => ({ capacity, id, lowerQuota }), ({ target }) => ({ target })))],
    ['family', one(instance.family)],
    ['format', one(instance.format)],
    ['groups', one(groups)],
    ['id', one(instance.id)],
    ['ineligible', list(instance.ineligible && texts(instance.ineligible))],
    ['learners', list(owners(instance.learners, ({ id }) => ({ id })))],
    ['links', list(instance.links && texts(instance.links))],
    ['locks', list(instance.locks && texts(instance.locks))],
    ['lottery', one(instance.lottery)],
    ['previousMatching', one(instance.previousMatching)],
    ['vacancies', list(owners(instance.vacancies, ({ capacity, employer, id, lowerQuota }) => ({ capacity, employer, id, lowerQuota })))],
  ];
  // One text is made, once: it can be many megabytes.
  const pieces = ['{'];
  for (const [key, texts] of parts) {
    if (texts === undefined) continue;
    pieces.push(`${pieces.length === 1 ? '' : ','}${JSON.stringify(key)}:`);
    for (const text of texts) pieces.push(text);
  }
  pieces.push('}');
  return pieces.join('');
}
