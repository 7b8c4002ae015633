import type { SkillRow } from './documents.js';

const WORD = /[\p{L}\p{N}+#]+/gu;
/** Words that tell nothing about a skill. */
const PLAIN = new Set(['and', 'the', 'for', 'with', 'two', 'terms', 'year', 'years', 'used', 'using', 'made', 'did', 'worked', 'have', 'has', 'was', 'from', 'into', 'some', 'this', 'that', 'school', 'college']);

/** The beginning of a word that its forms share: soldering, soldered, solder. */
const stem = (word: string): string => word.toLowerCase().replace(/(ings?|ed|ers?|es|s)$/, '').slice(0, 12);
const stems = (text: string): readonly string[] => [...text.matchAll(WORD)].map(([word]) => word).filter((word) => word.length > 1 && !PLAIN.has(word.toLowerCase())).map(stem);

/**
 * Skills that a person's own words may mean, best first: each of the words found in a label or synonym counts by how much of the
 * name it covers. O(skills x names); a few hundred names, so it runs at each key.
 */
export function heardAs(text: string, skills: readonly SkillRow[], most: number): readonly SkillRow[] {
  const said = new Set(stems(text));
  if (said.size === 0) return [];
  const scored = skills
    .filter((skill) => skill.kind !== 'GROUP')
    .map((skill) => ({ skill, score: Math.max(...[skill.label, ...skill.synonyms].map((name) => cover(stems(name), said))) }))
    .filter(({ score }) => score > 0);
  return scored
    .sort((a, b) => b.score - a.score || a.skill.label.localeCompare(b.skill.label))
    .slice(0, most)
    .map(({ skill }) => skill);
}

function cover(name: readonly string[], said: ReadonlySet<string>): number {
  if (name.length === 0) return 0;
  const hits = name.filter((part) => [...said].some((word) => word === part || (word.length > 3 && part.startsWith(word)))).length;
  return hits === 0 ? 0 : hits / name.length + hits / 10;
}
