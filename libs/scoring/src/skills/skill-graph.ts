import type { SkillId } from '@meriden/domain';

/** One skill as the graph keeps it. */
export type SkillNode = Readonly<{
  id: SkillId;
  label: string;
  aliases: readonly string[];
  /** MedTech cluster such as `imaging`; null outside the clusters. */
  cluster: string | null;
  /** How telling it is that a vacancy asks for it, in hundredths: rarer skills weigh more. 100 = average. */
  idf: number;
  /** Its UUID in ESCO; null where ESCO has no such skill. */
  uuid: string | null;
  /** Codes of the UK Standard Skills Classification it is mapped to; empty where it is not. */
  ukCodes: readonly string[];
}>;

/**
 * Skills and how near they are to each other. `neighbours` of a node are sorted by similarity, best first, ties by position;
 * similarity in basis points. Immutable: an operator's alias makes a new graph with a new version.
 */
export type SkillGraph = Readonly<{
  version: string;
  nodes: readonly SkillNode[];
  /** Position of a skill by its id, or by `UK:` and a code that one skill alone is mapped to; -1 for neither. */
  position(id: SkillId): number;
  /** Flat pairs: position, similarity, position, similarity ... */
  neighbours(position: number): Int32Array;
  clusters: readonly string[];
}>;

export type SkillEdges = Readonly<{
  /** narrower, broader */
  broader: readonly (readonly [SkillId, SkillId])[];
  related: readonly (readonly [SkillId, SkillId])[];
}>;

const NONE = new Int32Array(0);

/** Similarity of a skill to its broader one, its narrower one and its siblings, in basis points: anchors, set by hand. */
const BROADER = 6000;
const NARROWER = 8000;
const RELATED = 7000;
const TWO_STEPS = 3000;

/** The graph of a curated taxonomy: neighbours by its own relations, one and two steps away. O(edges squared in the worst fan). */
export function curatedGraph(version: string, nodes: readonly SkillNode[], edges: SkillEdges): SkillGraph {
  const positions = new Map(nodes.map((node, i) => [node.id, i]));
  const near: Map<number, number>[] = nodes.map(() => new Map());
  const raise = (from: number, to: number, similarity: number): void => {
    if (from === to) return;
    const row = near[from] as Map<number, number>;
    row.set(to, Math.max(row.get(to) ?? 0, similarity));
  };
  for (const [narrower, broader] of edges.broader) {
    const n = positions.get(narrower);
    const b = positions.get(broader);
    if (n === undefined || b === undefined) continue;
    // A cluster's group node is no skill in its own right: its members are not each other's near neighbours through it.
    raise(b, n, NARROWER);
    raise(n, b, BROADER);
  }
  for (const [a, b] of edges.related) {
    const x = positions.get(a);
    const y = positions.get(b);
    if (x === undefined || y === undefined) continue;
    raise(x, y, RELATED);
    raise(y, x, RELATED);
  }
  const oneStep = near.map((row) => [...row]);
  oneStep.forEach((row, from) => {
    for (const [through] of row) {
      if ((nodes[through] as SkillNode).id === (nodes[through] as SkillNode).cluster) continue;
      for (const [to] of oneStep[through] as [number, number][]) if (!(near[from] as Map<number, number>).has(to)) raise(from, to, TWO_STEPS);
    }
  });
  const rows = near.map(neighbourRow);
  return graphOf(version, nodes, (position) => rows[position] ?? NONE);
}

/** Neighbours of one skill as the graph gives them: best first, at most 30, none under 1,500. */
export function neighbourRow(near: ReadonlyMap<number, number>): Int32Array {
  const kept = [...near].filter(([, similarity]) => similarity >= 1500).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return Int32Array.from(kept.slice(0, 30).flat());
}

/** A graph of nodes in this order, with their neighbours by position. */
export function graphOf(version: string, nodes: readonly SkillNode[], neighbours: (position: number) => Int32Array): SkillGraph {
  const positions = new Map(nodes.map((node, i) => [node.id, i]));
  const byUkCode = ukCodesOf(nodes);
  const clusters = [...new Set(nodes.flatMap((node) => (node.cluster === null ? [] : [node.cluster])))].sort();
  return {
    version,
    nodes,
    position: (id) => positions.get(id) ?? byUkCode.get(id) ?? -1,
    neighbours,
    clusters,
  };
}

/** `UK:<code>` to position; a code of several skills names none of them. */
function ukCodesOf(nodes: readonly SkillNode[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  nodes.forEach(({ ukCodes }, at) => {
    for (const code of ukCodes) found.set(`UK:${code}`, found.has(`UK:${code}`) ? -1 : at);
  });
  return found;
}
