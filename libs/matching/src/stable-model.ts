import type { IntegerModel } from './integer-model.js';
import { ModelBuilder } from './integer-model.js';
import type { Assignment, Market } from './market.js';
import type { RankerSide } from './reduce-pairs.js';
import type { Stability } from './result.js';

/** What the model maximises: a gain for each pair held, plus a constant. */
export type PairGains = Readonly<{ gain: Float64Array; offset: number }>;

/** A model over some pairs of a market, and the way back from its solution. */
export type StableModel = Readonly<{ model: IntegerModel; read: (values: Float64Array, held: Assignment) => void }>;

type Term = readonly [column: number, coefficient: number];

/**
 * Integer model of the stable matchings over the kept pairs of the given learners (a component).
 *
 * Columns: x for each pair; z(p,g) = vacancy p is full with learners ranked g or better; y(l,g) the same for an employer; for
 * strong stability also f(p) = p has room. A pair (s,p) does not block if s is placed well enough, or z, or y holds at the rank of
 * s (or just above it, where the notion lets the ranker be indifferent). With one column a rank, shared by all the pairs of that rank, this is the merged form of
 * Delorme et al. (EJOR 277, 2019), extended to two levels and to the strong and super notions.
 * Size: O(pairs) rows, O(total row lengths) terms beside the sums over rank prefixes, which are written as differences.
 */
export function stableModel(
  market: Market,
  side: RankerSide,
  keep: Uint8Array,
  learners: readonly number[],
  stability: Stability,
  gains: PairGains,
  startFrom: Assignment | null,
): StableModel {
  const builder = new ModelBuilder();
  builder.offset = gains.offset;
  const x = new Map<number, number>();
  const pairs: number[] = [];
  for (const s of learners)
    for (let k = market.start[s] as number; k < (market.start[s + 1] as number); k++)
      if (keep[k] === 1) {
        x.set(k, builder.column(gains.gain[k] as number, 1, true));
        pairs.push(k);
      }
  const fullness = new Fullness(market, builder, x, pairs);
  for (const s of learners) learnerRows(market, keep, s, stability, builder, x, fullness);
  fullness.close();
  const start = startFrom === null ? null : startPoint(builder.columns, startFrom, learners, x, fullness);
  return {
    model: builder.build(start),
    read: (values, held) => {
      for (const s of learners) held[s] = -1;
      for (const k of pairs) if ((values[x.get(k) as number] as number) > 0.5) held[side.learnerOf[k] as number] = k;
    },
  };
}

function learnerRows(market: Market, keep: Uint8Array, s: number, stability: Stability, builder: ModelBuilder, x: Map<number, number>, fullness: Fullness): void {
  const { level, rank, entry, ranker } = market;
  const row: number[] = [];
  for (let k = market.start[s] as number; k < (market.start[s + 1] as number); k++) if (keep[k] === 1) row.push(k);
  if (row.length === 0) return;
  const sum = (ks: readonly number[], coefficient: number): Term[] => ks.map((k) => [x.get(k) as number, coefficient] as const);
  builder.row(-Infinity, 1, sum(row, 1));
  for (const k of row) {
    const p = entry[k] as number;
    const l = ranker[p] as number;
    const g = rank[k] as number;
    const better = row.filter((j) => (level[j] as number) < (level[k] as number));
    const tied = row.filter((j) => level[j] === level[k]);
    const worseAtRanker = row.filter((j) => (level[j] as number) > (level[k] as number) && ranker[entry[j] as number] === l);
    if (stability === 'weak') {
      const enough = [...better, ...tied];
      builder.row(1, Infinity, [...sum(enough, 1), ...fullness.vacancy(p, g), ...fullness.ranker(l, g)]);
      // y counts the learner herself; if she is at this employer already, only a full vacancy keeps her from moving there.
      if (worseAtRanker.length > 0) builder.row(0, Infinity, [...sum(enough, 1), ...fullness.vacancy(p, g), ...sum(worseAtRanker, -1)]);
      continue;
    }
    const enough = stability === 'super' ? [...better, k] : [...better, ...tied];
    builder.row(1, Infinity, [...sum(enough, 1), ...fullness.vacancy(p, g - 1), ...fullness.ranker(l, g - 1)]);
    if (stability === 'super') continue;
    const tiedElsewhere = tied.filter((j) => j !== k && ranker[entry[j] as number] !== l);
    const tiedHere = tied.filter((j) => j !== k && ranker[entry[j] as number] === l);
    if (tiedElsewhere.length > 0) builder.row(0, Infinity, [...fullness.vacancy(p, g), ...fullness.ranker(l, g), ...sum(tiedElsewhere, -1)]);
    if (tiedHere.length > 0) builder.row(0, Infinity, [...fullness.vacancy(p, g), ...fullness.room(p), ...sum(tiedHere, -1)]);
  }
}

/** The columns z, y and f with the rows that give them their meaning; made on demand. */
class Fullness {
  private readonly z = new Map<number, Map<number, number>>();
  private readonly y = new Map<number, Map<number, number>>();
  private readonly f = new Map<number, number>();
  /** Kept pairs of each vacancy and ranker, best first. */
  private readonly ofVacancy = new Map<number, number[]>();
  private readonly ofRanker = new Map<number, number[]>();

  constructor(
    private readonly market: Market,
    private readonly builder: ModelBuilder,
    private readonly x: Map<number, number>,
    pairs: readonly number[],
  ) {
    const byPosition = (a: number, b: number): number => (market.position[a] as number) - (market.position[b] as number);
    for (const k of pairs) {
      const p = market.entry[k] as number;
      const l = market.ranker[p] as number;
      (this.ofVacancy.get(p) ?? this.ofVacancy.set(p, []).get(p)!).push(k);
      (this.ofRanker.get(l) ?? this.ofRanker.set(l, []).get(l)!).push(k);
    }
    for (const list of [...this.ofVacancy.values(), ...this.ofRanker.values()]) list.sort(byPosition);
  }

  /** Terms for "vacancy p is full with learners ranked g or better". */
  vacancy(p: number, g: number): Term[] {
    return this.at(this.z, p, g, this.ofVacancy.get(p) ?? [], this.market.capacity[p] as number);
  }

  /** The same for an employer; nothing where vacancies rank for themselves. */
  ranker(l: number, g: number): Term[] {
    if (!this.market.twoLevel) return [];
    return this.at(this.y, l, g, this.ofRanker.get(l) ?? [], this.market.rankerCapacity[l] as number);
  }

  room(p: number): Term[] {
    let column = this.f.get(p);
    if (column === undefined) this.f.set(p, (column = this.builder.column(0, 1, true)));
    return [[column, 1]];
  }

  private at(columns: Map<number, Map<number, number>>, id: number, g: number, list: readonly number[], capacity: number): Term[] {
    // The effective threshold is the greatest rank present that is not above g.
    let threshold = 0;
    const seen = new Set<number>();
    for (const k of list) {
      if ((this.market.rank[k] as number) > g) break;
      threshold = this.market.rank[k] as number;
      seen.add(this.learner(k));
    }
    if (seen.size < capacity) return [];
    const byRank = columns.get(id) ?? columns.set(id, new Map()).get(id)!;
    let column = byRank.get(threshold);
    if (column === undefined) byRank.set(threshold, (column = this.builder.column(0, 1, true)));
    return [[column, 1]];
  }

  private learner(k: number): number {
    // Positions at one ranker name learners, so they serve as learners here.
    return this.market.position[k] as number;
  }

  /** Capacities, and the rows that tie z and y to the places taken. */
  close(): void {
    for (const [p, list] of this.ofVacancy) {
      const room = this.f.get(p);
      const terms: Term[] = list.map((k) => [this.x.get(k) as number, 1] as const);
      if (room !== undefined) terms.push([room, 1]);
      this.builder.row(-Infinity, this.market.capacity[p] as number, terms);
      this.define(this.z.get(p), list, this.market.capacity[p] as number);
    }
    if (!this.market.twoLevel) return;
    for (const [l, list] of this.ofRanker) {
      this.builder.row(-Infinity, this.market.rankerCapacity[l] as number, list.map((k) => [this.x.get(k) as number, 1] as const));
      this.define(this.y.get(l), list, this.market.rankerCapacity[l] as number);
    }
  }

  private define(byRank: Map<number, number> | undefined, list: readonly number[], capacity: number): void {
    if (byRank === undefined) return;
    const thresholds = [...byRank.keys()].sort((a, b) => a - b);
    for (let i = 0; i < thresholds.length; i++) {
      const g = thresholds[i] as number;
      const column = byRank.get(g) as number;
      const within = list.filter((k) => (this.market.rank[k] as number) <= g);
      this.builder.row(0, Infinity, [...within.map((k) => [this.x.get(k) as number, 1] as const), [column, -capacity]]);
      // Full at a better rank is full at a worse one, and then nobody ranked worse is in: tightens the relaxation.
      if (i + 1 < thresholds.length) this.builder.row(0, Infinity, [[byRank.get(thresholds[i + 1] as number) as number, 1], [column, -1]]);
      const next = thresholds[i + 1] ?? Infinity;
      if (capacity > 1)
        for (const k of list)
          if ((this.market.rank[k] as number) > g && (this.market.rank[k] as number) <= next) this.builder.row(-Infinity, 1, [[this.x.get(k) as number, 1], [column, 1]]);
    }
  }

  /** Values of z, y and f at a known assignment. */
  fill(values: Float64Array): void {
    const set = (columns: Map<number, Map<number, number>>, lists: Map<number, number[]>, capacities: Int32Array): void => {
      for (const [id, byRank] of columns)
        for (const [g, column] of byRank) {
          const taken = (lists.get(id) ?? []).filter((k) => (this.market.rank[k] as number) <= g && values[this.x.get(k) as number] === 1).length;
          values[column] = taken >= (capacities[id] as number) ? 1 : 0;
        }
    };
    set(this.z, this.ofVacancy, this.market.capacity);
    set(this.y, this.ofRanker, this.market.rankerCapacity);
    for (const [p, column] of this.f) {
      const taken = (this.ofVacancy.get(p) ?? []).filter((k) => values[this.x.get(k) as number] === 1).length;
      values[column] = taken < (this.market.capacity[p] as number) ? 1 : 0;
    }
  }
}

function startPoint(columns: number, held: Assignment, learners: readonly number[], x: Map<number, number>, fullness: Fullness): Float64Array | null {
  const values = new Float64Array(columns);
  for (const s of learners) {
    const k = held[s] as number;
    if (k < 0) continue;
    const column = x.get(k);
    if (column === undefined) return null;
    values[column] = 1;
  }
  fullness.fill(values);
  return values;
}
