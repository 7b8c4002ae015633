import type { SkillRow, SkillTables } from './esco-tables.js';

/** Files of `libs/scoring/data` with names of our own for ESCO's skills: UK terms, and words of adverts, which were written without sight of the MedTech taxonomy. */
export const TERM_FILES = ['uk-terms.tsv', 'advert-terms.tsv'] as const;

/** A further name of a skill: by the skill's id, its UUID or its label. */
export type FurtherName = Readonly<{ skill: string; name: string }>;

/**
 * The tables with further names: UK terms, the MedTech taxonomy's synonyms, an operator's own. A row whose skill the folder does
 * not know is left out, as is a name the skill has already. The result is new; it takes effect with the next question.
 */
export function withNames(tables: SkillTables, names: readonly FurtherName[]): SkillTables {
  const byKey = new Map<string, number>();
  tables.skills.forEach((skill, at) => {
    for (const key of [skill.id, skill.uuid, skill.label.toLowerCase()]) if (key !== '' && !byKey.has(key)) byKey.set(key, at);
  });
  const added = new Map<number, string[]>();
  for (const { skill, name } of names) {
    const at = byKey.get(skill) ?? byKey.get(skill.toLowerCase());
    const row = at === undefined ? undefined : tables.skills[at];
    if (at === undefined || row === undefined) continue;
    const list = added.get(at) ?? [];
    const known = [row.label, ...row.aliases, ...list].map((known) => known.toLowerCase());
    if (!known.includes(name.toLowerCase())) added.set(at, [...list, name]);
  }
  return { ...tables, skills: tables.skills.map((row, at): SkillRow => (added.has(at) ? { ...row, aliases: [...row.aliases, ...(added.get(at) as string[])] } : row)) };
}
