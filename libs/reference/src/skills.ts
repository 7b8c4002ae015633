import type { Provenance } from './provenance.js';
import { findCycle, type Reading } from './table.js';

export const SKILL_KINDS = ['GROUP', 'KNOWLEDGE', 'SKILL', 'TOOL', 'ATTITUDE'] as const;
export type SkillKind = (typeof SKILL_KINDS)[number];

export type Skill = Readonly<{
  id: string;
  label: string;
  kind: SkillKind;
  /** One of the clusters of the taxonomy, such as `imaging`. */
  cluster: string;
  synonyms: readonly string[];
  escoLabel: string | null;
  escoUri: string | null;
}> &
  Provenance;

/** Why two skills are joined: our judgement unless the note says otherwise. */
export type SkillRelation = Readonly<{ skillId: string; relation: 'BROADER' | 'RELATED'; otherId: string }> & Provenance;

type LabelEntry = Readonly<{ skillId: string; via: SkillMention['via']; label: string }>;

/** The MedTech taxonomy: 12 groups and their skills. `broader` may name several; `related` goes both ways. */
export type SkillGraph = Readonly<{
  byId: ReadonlyMap<string, Skill>;
  clusters: readonly string[];
  relations: ReadonlyMap<string, SkillRelation>;
  broader: ReadonlyMap<string, readonly string[]>;
  narrower: ReadonlyMap<string, readonly string[]>;
  related: ReadonlyMap<string, readonly string[]>;
  /** Normalised label to skill, and the most words a label has. */
  labels: ReadonlyMap<string, LabelEntry>;
  longestLabel: number;
}>;

/** A skill named in a text: `start` and `end` are offsets in the text as given, `text` what stands there. */
export type SkillMention = Readonly<{ skillId: string; start: number; end: number; text: string; via: 'LABEL' | 'SYNONYM' | 'ESCO_LABEL' }>;

/**
 * Short names that mean something else in small letters (5 ml, Ann, nice): in running text they count only in capitals.
 * Typed alone, as into a search box, any case will do.
 */
const ONLY_IN_CAPITALS = new Set(['ann', 'ble', 'cer', 'ct', 'ig', 'ml', 'nice', 'pms', 'ppi', 'ppm', 'r', 'ris', 'sla', 'sls', 'ui', 'v v', 'a p', 'h s']);

type Word = Readonly<{ text: string; start: number; end: number }>;

function wordsOf(text: string): readonly Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    words.push({ text: match[0].toLowerCase(), start: match.index, end: match.index + match[0].length });
  }
  return words;
}

const keyOf = (words: readonly Word[]) => words.map((word) => word.text).join(' ');

/**
 * The skills a text names by label, synonym or ESCO label: whole words only, the longest name wins, matches do not overlap, in
 * order of the text. No stemming and no guessing: what is found stands there word for word. Words x longest label steps.
 */
export function findSkills(graph: SkillGraph, text: string): readonly SkillMention[] {
  const words = wordsOf(text);
  const mentions: SkillMention[] = [];
  let at = 0;
  while (at < words.length) {
    let taken = 0;
    for (let count = Math.min(graph.longestLabel, words.length - at); count > 0 && taken === 0; count -= 1) {
      const span = words.slice(at, at + count);
      const first = span[0] as Word;
      const last = span[count - 1] as Word;
      const key = keyOf(span);
      const entry = graph.labels.get(key);
      if (entry === undefined) continue;
      const written = text.slice(first.start, last.end);
      if (ONLY_IN_CAPITALS.has(key) && count < words.length && !standsInCapitals(text, first.start, last.end)) continue;
      mentions.push({ skillId: entry.skillId, start: first.start, end: last.end, text: written, via: entry.via });
      taken = count;
    }
    at += Math.max(taken, 1);
  }
  return mentions;
}

/** In capitals and not a part of a longer sign such as R&D or C/R. */
function standsInCapitals(text: string, start: number, end: number): boolean {
  const written = text.slice(start, end);
  return written === written.toUpperCase() && !/[&/+#’'-]/.test(`${text[start - 1] ?? ' '}${text[end] ?? ' '}`);
}

/** The skill with exactly this label, synonym or ESCO label; null when none has it. */
export function skillByName(graph: SkillGraph, name: string): Skill | null {
  const entry = graph.labels.get(keyOf(wordsOf(name)));
  return (entry === undefined ? undefined : graph.byId.get(entry.skillId)) ?? null;
}

/** Ids one step up, one step down, or joined sideways; empty for an unknown id. In file order. */
export const broader = (graph: SkillGraph, skillId: string): readonly string[] => graph.broader.get(skillId) ?? [];
export const narrower = (graph: SkillGraph, skillId: string): readonly string[] => graph.narrower.get(skillId) ?? [];
export const related = (graph: SkillGraph, skillId: string): readonly string[] => graph.related.get(skillId) ?? [];

/** Everything above a skill, nearest first, each once. */
export function ancestors(graph: SkillGraph, skillId: string): readonly string[] {
  const found = new Set<string>();
  const queue = [...broader(graph, skillId)];
  for (const id of queue) {
    if (found.has(id)) continue;
    found.add(id);
    queue.push(...broader(graph, id));
  }
  return [...found];
}

export function readSkills(reading: Reading): SkillGraph {
  const file = 'skills.csv';
  const columns = ['skill_id', 'label', 'kind', 'cluster', 'synonyms', 'esco_label', 'esco_uri'];
  const byId = reading.table(file, columns, (row) => row.text('skill_id'), (row) => ({
    id: row.matching('skill_id', /^[a-z0-9]+(-[a-z0-9]+)*$/, 'small letters, digits and hyphens'),
    label: row.text('label'),
    kind: row.oneOf('kind', SKILL_KINDS),
    cluster: row.text('cluster'),
    synonyms: row.list('synonyms'),
    escoLabel: row.optional('esco_label'),
    escoUri: row.optionalMatching('esco_uri', /^http:\/\/data\.europa\.eu\/esco\/skill\/[0-9a-f-]{36}$/, 'the address of an ESCO skill'),
    ...row.provenance(),
  }));
  const clusters = [...new Set([...byId.values()].filter((s) => s.kind === 'GROUP').map((s) => s.cluster))];
  for (const { id, cluster } of byId.values()) {
    if (!clusters.includes(cluster)) reading.report(file, 0, 'cluster', 'every cluster must have its group', `${id}: ${cluster}`);
  }
  const labels = indexLabels(reading, file, byId);
  const longestLabel = Math.max(1, ...[...labels.keys()].map((key) => key.split(' ').length));
  return { byId, clusters, labels, longestLabel, ...readRelations(reading) };
}

function indexLabels(reading: Reading, file: string, byId: ReadonlyMap<string, Skill>): ReadonlyMap<string, LabelEntry> {
  const labels = new Map<string, LabelEntry>();
  for (const skill of byId.values()) {
    const names: [string, SkillMention['via']][] = [[skill.label, 'LABEL'], ...skill.synonyms.map((s): [string, 'SYNONYM'] => [s, 'SYNONYM'])];
    if (skill.escoLabel !== null) names.push([skill.escoLabel, 'ESCO_LABEL']);
    for (const [label, via] of names) {
      const key = keyOf(wordsOf(label));
      const other = labels.get(key);
      if (key === '') reading.report(file, 0, 'synonyms', 'a name must hold a letter or digit', `${skill.id}: ${label}`);
      else if (other === undefined) labels.set(key, { skillId: skill.id, via, label });
      else if (other.skillId !== skill.id) reading.report(file, 0, 'synonyms', `one name must not mean two skills: ${other.skillId} and ${skill.id}`, label);
    }
  }
  return labels;
}

function readRelations(reading: Reading): Pick<SkillGraph, 'relations' | 'broader' | 'narrower' | 'related'> {
  const file = 'skill-relations.csv';
  const relations = reading.table(
    file,
    ['skill_id', 'relation', 'other_id'],
    (row) => `${row.text('skill_id')} ${row.text('relation')} ${row.text('other_id')}`,
    (row): SkillRelation => {
      const skillId = row.reference('skill_id', 'skills.csv');
      const otherId = row.reference('other_id', 'skills.csv');
      if (skillId === otherId) row.problem('other_id', 'must be another skill');
      return { skillId, relation: row.oneOf('relation', ['BROADER', 'RELATED']), otherId, ...row.provenance() };
    },
  );
  const up = new Map<string, string[]>();
  const down = new Map<string, string[]>();
  const sideways = new Map<string, string[]>();
  const join = (map: Map<string, string[]>, from: string, to: string) => map.set(from, [...(map.get(from) ?? []), to]);
  for (const { skillId, relation, otherId } of relations.values()) {
    if (relation === 'BROADER') {
      join(up, skillId, otherId);
      join(down, otherId, skillId);
    } else if (sideways.get(otherId)?.includes(skillId)) {
      reading.report(file, 0, 'other_id', 'a related pair must stand once', `${skillId} ${otherId}`);
    } else {
      join(sideways, skillId, otherId);
      join(sideways, otherId, skillId);
    }
  }
  const cycle = findCycle(up);
  if (cycle !== null) reading.report(file, 0, 'other_id', 'a skill must not be broader than itself', cycle.join(' > '));
  return { relations, broader: up, narrower: down, related: sideways };
}
