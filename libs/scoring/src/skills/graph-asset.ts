import { graphOf, neighbourRow, type SkillGraph, type SkillNode } from './skill-graph.js';
import type { SkillTables } from './esco-tables.js';
import { Relatedness } from './relatedness.js';
import { fold } from './words.js';

/** First line of the asset: what it is and of which shape. */
const HEADER = 'meriden-skill-graph/2';
const NEIGHBOURS = 20;
const LEAST = 0.15;
/** Similarity is kept in 1,295 steps: two digits to the base 36. */
const STEPS = 1295;
/** Similarity of two skills that go by one name. */
const SAME = 10_000;
const NO_CODES: readonly string[] = [];

/** One letter beyond ASCII makes a string of five million letters twice as large and slower to take apart, which each process that scores does. */
const inAscii = (text: string): string => text.replace(/[^\n\t\x20-\x7e]|\\/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
const asWritten = (line: string): string => (line.includes('\\') ? line.replace(/\\u([0-9a-f]{4})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16))) : line);

/**
 * Writes the skill graph of a reference folder as one text in ASCII: a line a skill with id, UUID, rarity, label, aliases and nearest
 * skills. The same folder gives the same bytes. Takes some minutes for all of ESCO: the neighbours of every skill are computed.
 *
 * @param edition names the folder's version in the first line
 * @param ukCodes by ESCO UUID, codes of the UK Standard Skills Classification: a further cell in the lines of skills that have some
 * @param named the same skills with names that help to find them and say nothing of how near they are: tools, brands
 */
export function writeGraphAsset(tables: SkillTables, edition: string, ukCodes: ReadonlyMap<string, readonly string[]> = new Map(), named: Pick<SkillTables, 'skills'> = tables): string {
  const relatedness = new Relatedness(tables, null);
  const rarities = raritiesOf(tables);
  const clean = (text: string): string => text.replace(/[\t\n|]+/g, ' ').trim();
  const lines = named.skills.map((skill, at) => {
    const near = relatedness.neighbours(at, NEIGHBOURS, LEAST).map(([other, likeness]) => other.toString(36).padStart(3, '0') + Math.floor(likeness * STEPS).toString(36).padStart(2, '0'));
    const codes = (ukCodes.get(skill.uuid) ?? []).map(clean).join('|');
    return [skill.id, skill.uuid, rarities[at], clean(skill.label), skill.aliases.map(clean).join('|'), near.join(''), ...(codes === '' ? [] : [codes])].join('\t');
  });
  return inAscii([`${HEADER}\t${edition}\t${tables.skills.length}`, ...lines, ''].join('\n'));
}

/** ln(1 + occupations / (1 + occupations that need it)) in hundredths of the mean, as a whole number from 25 to 200. */
function raritiesOf(tables: SkillTables): readonly number[] {
  const asked = new Float64Array(tables.skills.length);
  for (const occupation of tables.occupations) for (const [skill] of occupation.skills) asked[skill]!++;
  const rarity = [...asked].map((n) => Math.log(1 + tables.occupations.length / (1 + n)));
  const mean = rarity.reduce((a, b) => a + b, 0) / Math.max(1, rarity.length);
  return rarity.map((r) => Math.min(200, Math.max(25, Math.round((100 * r) / mean))));
}

/** A skill of the asset. Its other names are told apart when asked: most processes ask for none of the 85,000. */
class AssetNode implements SkillNode {
  readonly cluster = null;
  #names: readonly string[] | null = null;

  constructor(
    readonly id: string,
    readonly uuid: string,
    readonly label: string,
    readonly idf: number,
    readonly ukCodes: readonly string[],
    private readonly named: string,
  ) {}

  get aliases(): readonly string[] {
    return (this.#names ??= this.named === '' ? [] : this.named.split('|'));
  }
}

/**
 * The asset, read: the nodes carry no cluster; UUIDs tell which of ours they are. `near` gives positions in `nodes` with similarity in basis
 * points, unpacked when asked: most processes look at a few hundred of the 14,000.
 */
export type GraphAsset = Readonly<{ edition: string; nodes: readonly (SkillNode & Readonly<{ uuid: string }>)[]; near(position: number): readonly (readonly [number, number])[] }>;

/** @throws RangeError when the text is no asset of this shape, or not whole. */
export function readGraphAsset(text: string): GraphAsset {
  const lines = text.split('\n').filter((line) => line !== '');
  const [header = '', edition = '', count = ''] = (lines[0] ?? '').split('\t');
  if (header !== HEADER) throw new RangeError(`Not a skill graph: the first line must begin with ${HEADER}.`);
  if (Number(count) !== lines.length - 1) throw new RangeError(`The skill graph is not whole: ${count} skills are announced, ${lines.length - 1} are there.`);
  const packed: string[] = [];
  const nodes = lines.slice(1).map((line) => {
    const [id = '', uuid = '', idf = '100', label = '', aliases = '', near = '', codes = ''] = asWritten(line).split('\t');
    packed.push(near);
    return new AssetNode(id, uuid, label, Number(idf), codes === '' ? NO_CODES : codes.split('|'), aliases);
  });
  return { edition, nodes, near: (position) => unpacked(packed[position] ?? '') };
}

/** Three digits of position and two of similarity a neighbour. */
function unpacked(near: string): readonly (readonly [number, number])[] {
  const row: [number, number][] = [];
  for (let i = 0; i + 5 <= near.length; i += 5) row.push([parseInt(near.slice(i, i + 3), 36), Math.floor((parseInt(near.slice(i + 3, i + 5), 36) * 10_000) / STEPS)]);
  return row;
}

/**
 * The curated graph of the product widened by an asset. A skill of ours that is the same as one of the asset's (by UUID, or by
 * label) stays one node, answers to both ids, and takes the asset's rarity and neighbours besides its own; ours come first. A skill of
 * the asset that goes by another name of ours is as near to it as can be. Neighbours are joined when asked.
 */
export function joinGraphs(own: SkillGraph, asset: GraphAsset): SkillGraph {
  const ownByUuid = new Map(own.nodes.flatMap((node, at) => (node.uuid === null ? [] : [[node.uuid, at] as const])));
  const nodes: SkillNode[] = own.nodes.map((node) => ({ ...node }));
  const skills = own.nodes.flatMap((node, at) => (node.id === node.cluster ? [] : [{ node, at }]));
  const ownByLabel = new Map(skills.map(({ node, at }) => [fold(node.label), at]));
  const ownByName = new Map(skills.flatMap(({ node, at }) => [node.label, ...node.aliases].map((name) => [fold(name), at] as const)));
  /** Both ways: positions that go by one name. */
  const same = new Map<number, number[]>();
  const twin = new Map<string, number>();
  const place = asset.nodes.map((node) => {
    const ours = ownByUuid.get(node.uuid) ?? ownByLabel.get(fold(node.label));
    if (ours !== undefined) {
      twin.set(node.id, ours);
      const before = nodes[ours] as SkillNode;
      const aliases = [...new Set([...before.aliases, node.label, ...node.aliases])];
      // Of two that are the same as ours, the one with its UUID says how rare it is.
      nodes[ours] = before.uuid === null || before.uuid === node.uuid ? { ...before, aliases, uuid: node.uuid, idf: node.idf, ukCodes: node.ukCodes } : { ...before, aliases };
      return ours;
    }
    const theirs = nodes.push(node) - 1;
    const called = ownByName.get(fold(node.label));
    if (called !== undefined) {
      same.set(theirs, [called]);
      same.set(called, [...(same.get(called) ?? []), theirs]);
    }
    return theirs;
  });
  const assetAt = new Map<number, number[]>();
  place.forEach((position, at) => assetAt.set(position, [...(assetAt.get(position) ?? []), at]));
  const rows: (Int32Array | undefined)[] = [];
  const joined = (position: number): Int32Array => {
    const near = new Map<number, number>();
    const flat = own.neighbours(position);
    for (let i = 0; i < flat.length; i += 2) near.set(flat[i] as number, flat[i + 1] as number);
    for (const [other, similarity] of (assetAt.get(position) ?? []).flatMap((at) => asset.near(at))) {
      const to = place[other];
      if (to !== undefined && to !== position) near.set(to, Math.max(near.get(to) ?? 0, similarity));
    }
    for (const to of same.get(position) ?? []) near.set(to, SAME);
    return neighbourRow(near);
  };
  const graph = graphOf(`${own.version}+${asset.edition}`, nodes, (position) => (rows[position] ??= joined(position)));
  return { ...graph, position: (id) => twin.get(id) ?? graph.position(id) };
}

/** The graph with further names for a skill; the version tells them apart, so that the next score names the new graph. */
export function withAliases(graph: SkillGraph, aliases: readonly Readonly<{ skillId: string; alias: string }>[], version: string): SkillGraph {
  const added = new Map<number, string[]>();
  for (const { skillId, alias } of aliases) {
    const at = graph.position(skillId);
    if (at >= 0) added.set(at, [...(added.get(at) ?? []), alias]);
  }
  const nodes = graph.nodes.map((node, at) => (added.has(at) ? { ...node, aliases: [...node.aliases, ...(added.get(at) as string[])] } : node));
  return { ...graph, version: `${graph.version}+${version}`, nodes };
}
