import type { CampusId, SkillId } from '@meriden/domain';
import type { SkillGraph } from './skills/skill-graph.js';
import { tellingWords } from './skills/words.js';

/**
 * Text to small integers, for one scorer. Skills start with the graph's own positions; whatever the graph does not know gets a
 * position after them in the order met, so an unknown skill still equals itself. Positions never reach an output.
 */
export class Vocabulary {
  readonly #names = new Map<string, number>();
  readonly #named: string[] = [];
  readonly #texts = new Map<string, readonly number[]>();
  readonly #strangers = new Map<SkillId, number>();
  readonly #strangerIds: SkillId[] = [];
  readonly #clusters: Map<string, number>;
  readonly #clusterOf: Int8Array;

  constructor(
    readonly graph: SkillGraph,
    readonly campusIds: readonly CampusId[],
  ) {
    // A mask of clusters fits a 32-bit integer: the taxonomy has 12; any beyond 31 would be ignored rather than mixed up.
    this.#clusters = new Map(graph.clusters.slice(0, 31).map((name, i) => [name, i]));
    this.#clusterOf = Int8Array.from(graph.nodes, (node) => (node.cluster === null ? -1 : (this.#clusters.get(node.cluster) ?? -1)));
  }

  /** Number of skill positions given out so far. */
  get skillCount(): number {
    return this.graph.nodes.length + this.#strangerIds.length;
  }

  /** Number of other texts so far. */
  get nameCount(): number {
    return this.#names.size;
  }

  skill(id: SkillId): number {
    const known = this.graph.position(id);
    if (known >= 0) return known;
    let position = this.#strangers.get(id);
    if (position === undefined) {
      position = this.skillCount;
      this.#strangers.set(id, position);
      this.#strangerIds.push(id);
    }
    return position;
  }

  label(position: number): string {
    return this.graph.nodes[position]?.label ?? this.#strangerIds[position - this.graph.nodes.length] ?? '';
  }

  idf(position: number): number {
    return this.graph.nodes[position]?.idf ?? 100;
  }

  cluster(position: number): number {
    return this.#clusterOf[position] ?? -1;
  }

  clusterNamed(name: string): number {
    return this.#clusters.get(name) ?? -1;
  }

  /** Any other text: words, entry points, funding sources. */
  name(text: string): number {
    let position = this.#names.get(text);
    if (position === undefined) {
      position = this.#names.size;
      this.#names.set(text, position);
      this.#named.push(text);
    }
    return position;
  }

  /** The text that `name` gave this position. */
  textAt(position: number): string {
    return this.#named[position] ?? '';
  }

  /** At most 64 telling words of a text as names, remembered: most texts of learners are names of skills. The memory never changes an answer. */
  tellingWords(text: string): readonly number[] {
    let words = this.#texts.get(text);
    if (words === undefined) {
      if (this.#texts.size >= REMEMBERED) this.#texts.clear();
      words = tellingWords(text, 64).map((word) => this.name(word));
      if (text.length <= SHORT) this.#texts.set(text, words);
    }
    return words;
  }
}

/** Texts remembered, and the longest of them in characters: a megabyte or two at most. */
const REMEMBERED = 10_000;
const SHORT = 120;
