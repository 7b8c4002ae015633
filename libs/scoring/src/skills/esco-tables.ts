/** One occupation: title and its skills with grades, 2 = essential, 1 = optional. Positions are of `SkillTables.skills`. */
export type OccupationRow = Readonly<{ id: string; title: string; isco: string; medtech: boolean; skills: readonly (readonly [skill: number, grade: number])[] }>;

export type SkillRow = Readonly<{ id: string; uuid: string; label: string; aliases: readonly string[] }>;

/** A reference folder of the shape of ESCO: skills, their other names, occupations and what they require, broader groups. */
export type SkillTables = Readonly<{
  skills: readonly SkillRow[];
  positions: ReadonlyMap<string, number>;
  occupations: readonly OccupationRow[];
  /** By skill position: positions of broader skills, and codes of broader groups (`G:S4.8.1`). */
  broaderSkills: readonly (readonly number[])[];
  broaderGroups: readonly (readonly string[])[];
}>;

export const TABLE_FILES = ['skills.tsv', 'aliases.tsv', 'occupations.tsv', 'occupation_skill.tsv', 'skill_broader.tsv'] as const;

/** Rows of a tab-separated file by named column; carriage returns and empty lines are ignored. */
export function tsvRows<Column extends string>(text: string, columns: readonly Column[]): Record<Column, string>[] {
  const lines = text.split('\n');
  const header = (lines[0] ?? '').replace(/^\uFEFF/, '').replace(/\r$/, '').split('\t');
  const at = columns.map((column) => header.indexOf(column));
  const rows: Record<Column, string>[] = [];
  for (let i = 1; i < lines.length; i++) {
    const line = (lines[i] as string).replace(/\r$/, '');
    if (line === '') continue;
    const cells = line.split('\t');
    const row = {} as Record<Column, string>;
    columns.forEach((column, c) => (row[column] = cells[at[c] as number] ?? ''));
    rows.push(row);
  }
  return rows;
}

/**
 * Reads a folder of five tables, given by file name. A missing file is an empty table; a row that names an unknown id, or a grade
 * that is no number above 0, is left out: a folder in use may be a part of ESCO.
 */
export function parseTables(files: Readonly<Record<string, string>>): SkillTables {
  const of = <Column extends string>(name: (typeof TABLE_FILES)[number], columns: readonly Column[]) => tsvRows(files[name] ?? '', columns);
  const positions = new Map<string, number>();
  const skills: { id: string; uuid: string; label: string; aliases: string[] }[] = [];
  for (const row of of('skills.tsv', ['skill_id', 'esco_uuid', 'preferred_label'])) {
    if (positions.has(row.skill_id)) continue;
    positions.set(row.skill_id, skills.length);
    skills.push({ id: row.skill_id, uuid: row.esco_uuid, label: row.preferred_label, aliases: [] });
  }
  for (const row of of('aliases.tsv', ['skill_id', 'alias'])) {
    const position = positions.get(row.skill_id);
    if (position !== undefined) (skills[position] as { aliases: string[] }).aliases.push(row.alias);
  }
  const required = new Map<string, [number, number][]>();
  for (const row of of('occupation_skill.tsv', ['occ_id', 'skill_id', 'grade'])) {
    const position = positions.get(row.skill_id);
    const grade = Number(row.grade);
    if (position === undefined || !(grade > 0)) continue;
    const list = required.get(row.occ_id);
    if (list === undefined) required.set(row.occ_id, [[position, grade]]);
    else list.push([position, grade]);
  }
  const occupations = of('occupations.tsv', ['occ_id', 'isco08', 'medtech', 'preferred_label']).map((row) => ({
    id: row.occ_id,
    title: row.preferred_label,
    isco: row.isco08,
    medtech: row.medtech === '1',
    skills: required.get(row.occ_id) ?? [],
  }));
  const broaderSkills: number[][] = skills.map(() => []);
  const broaderGroups: string[][] = skills.map(() => []);
  for (const row of of('skill_broader.tsv', ['skill_id', 'broader'])) {
    const from = positions.get(row.skill_id);
    if (from === undefined) continue;
    const to = positions.get(row.broader);
    if (to !== undefined) (broaderSkills[from] as number[]).push(to);
    else if (row.broader.startsWith('G:')) (broaderGroups[from] as string[]).push(row.broader);
  }
  return { skills, positions, occupations, broaderSkills, broaderGroups };
}
