import type { SkillId } from '@meriden/domain';
import type { SkillGraph, SkillNode } from './skill-graph.js';
import { fold } from './words.js';

/** Most words of a question that are looked at, and characters of it; one letter says nothing. */
const WORDS = 8;
const LONGEST = 200;
const SHORTEST = 2;
const BETWEEN = '\n';

/** How well a name fits what was typed, best first, of a label and of another name. */
const WHOLE = [0, 1] as const;
const BEGINS = [2, 4] as const;
const HOLDS = [3, 5] as const;
/** All words, but apart or turned round. */
const SCATTERED = [6, 7] as const;

/**
 * Finds skills by what somebody types: each word begins a word of one and the same name. Whole names come first, then labels, then skills of
 * the taxonomy, then what more occupations ask for. Groups are no skills. Some 10 ms a question for the 14,000 skills of ESCO.
 */
export class NameSearch {
  /** The names of each skill: words with a blank before each, a line a name, the label first. */
  readonly #names: readonly string[];

  constructor(private readonly graph: SkillGraph) {
    this.#names = graph.nodes.map((node) => (isGroup(node) ? '' : [node.label, ...node.aliases].map(spaced).join(BETWEEN)));
  }

  /** Positions, best first. */
  find(text: string, most: number): readonly number[] {
    const words = spaced(text.slice(0, LONGEST)).split(' ').slice(1, WORDS + 1).map((word) => ` ${word}`);
    if (text.trim().length < SHORTEST || words.length === 0) return [];
    const asked = words.join('');
    const found: { at: number; fit: number }[] = [];
    this.#names.forEach((names, at) => {
      if (!words.every((word) => names.includes(word))) return;
      const fit = Math.min(...names.split(BETWEEN).map((name, n) => fitOf(name, asked, words)[n === 0 ? 0 : 1]));
      if (Number.isFinite(fit)) found.push({ at, fit });
    });
    const node = (at: number): SkillNode => this.graph.nodes[at] as SkillNode;
    const stranger = (at: number): number => (node(at).cluster === null ? 1 : 0);
    return found
      .sort((a, b) => a.fit - b.fit || stranger(a.at) - stranger(b.at) || node(a.at).idf - node(b.at).idf || a.at - b.at)
      .slice(0, most)
      .map(({ at }) => at);
  }
}

/** Ids by label in full, whatever its case and signs; null where none or several have it. Other names are too loose to stand for a skill unasked. */
export function skillByLabel(graph: SkillGraph): (text: string) => SkillId | null {
  const labels = new Map<string, SkillId | null>();
  for (const node of graph.nodes) {
    const label = spaced(node.label);
    if (!isGroup(node)) labels.set(label, labels.has(label) ? null : node.id);
  }
  return (text) => labels.get(spaced(text.slice(0, LONGEST))) ?? null;
}

const isGroup = (node: SkillNode): boolean => node.id === node.cluster;

function fitOf(name: string, asked: string, words: readonly string[]): readonly [label: number, other: number] {
  if (name === asked) return WHOLE;
  if (name.startsWith(asked)) return BEGINS;
  if (name.includes(asked)) return HOLDS;
  return words.every((word) => name.includes(word)) ? SCATTERED : [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
}

/** Its words, folded, with a blank before each; empty for no word. */
const spaced = (text: string): string => fold(text).replace(/[^\p{L}\p{N}+#]+/gu, ' ').replace(/^ ?(?=.)/, ' ').trimEnd();
