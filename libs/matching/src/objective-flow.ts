import { FlowNetwork } from './flow-network.js';
import type { Assignment, Market } from './market.js';
import type { Objective } from './result.js';

/** Least places to be filled at each vacancy and each employer. */
export type LowerQuotas = Readonly<{ vacancy: Int32Array; ranker: Int32Array }>;

/** Dual prices of one term of the objective; negative where a lower quota presses (see BoundProof). */
export type TermPrices = Readonly<{ vacancy: Float64Array; ranker: Float64Array }>;

/** `held` is null if the lower quotas cannot all be kept; `terms` proves that, or else that nothing is better. */
export type ObjectiveOutcome = Readonly<{ held: Assignment | null; terms: readonly TermPrices[] }>;

/**
 * The best assignment for an objective when stability is not asked: lower quotas kept, capacities at two levels.
 *
 * Method: minimum-cost circulation, one stage a term of the objective (quotas, then size, then counts at a rank, or costs). After each
 * stage only the arcs of reduced cost zero stay open, so the next stage moves on the optimal face of all before: exact lexicographic
 * optimisation without large weights (the profile objectives of Kwanashie, Irving, Manlove and Sng, IWOCA 2014).
 * The stages' potentials, side by side, are dual prices of the whole: an arc closed by one stage is settled by that stage's reduced cost.
 * Cost: a primal-dual run a stage, O(arcs sqrt(nodes)) for each distinct path cost. Determinism: a function of the numbering.
 */
export function bestByObjective(market: Market, quotas: LowerQuotas, objective: Objective): ObjectiveOutcome {
  const circulation = new Circulation(market, quotas);
  if (!circulation.keepQuotas()) return { held: null, terms: circulation.terms };
  if (objective !== 'greedy') circulation.largest();
  const ranks = circulation.worstRank();
  switch (objective) {
    case 'size':
      break;
    case 'size-cost':
      circulation.stage((level) => level);
      break;
    case 'size-squared':
      circulation.stage((level) => level * level);
      break;
    case 'size-degree':
      // Fewest at the worst rank, then the next: the first rank that cannot be emptied is the least worst rank.
      for (let r = ranks; r > 1 && circulation.stage((level) => (level === r ? 1 : 0)) === 0; r--);
      break;
    case 'generous':
      for (let r = ranks; r > 1; r--) circulation.stage((level) => (level === r ? 1 : 0));
      break;
    case 'greedy-largest':
    case 'greedy':
      for (let r = 1; r <= ranks; r++) circulation.stage((level) => (level === r ? -1 : 0));
  }
  return { held: circulation.read(), terms: circulation.terms };
}

class Circulation {
  private readonly network: FlowNetwork;
  /** 1 while an arc may still change. */
  private readonly open: Uint8Array;
  private readonly cost: Float64Array;
  private readonly potential: Float64Array;
  private readonly pairArc: Int32Array;
  private readonly mandatory: number[] = [];
  private required = 0;
  /** Prices of the stages so far. */
  readonly terms: TermPrices[] = [];
  private readonly back: number;
  private readonly excessArc: number;
  private readonly top: number;
  private readonly bottom: number;

  constructor(private readonly market: Market, quotas: LowerQuotas) {
    const { learners, vacancies, rankers, start, entry, ranker, capacity, rankerCapacity } = market;
    const source = learners + vacancies + rankers;
    const sink = source + 1;
    this.top = sink + 1;
    this.bottom = sink + 2;
    const network = (this.network = new FlowNetwork(sink + 3));
    this.pairArc = new Int32Array(entry.length);
    for (let s = 0; s < learners; s++) {
      network.arc(source, s, 1);
      for (let k = start[s] as number; k < (start[s + 1] as number); k++) this.pairArc[k] = network.arc(s, learners + (entry[k] as number), 1);
    }
    const split = (from: number, to: number, least: number, most: number): void => {
      if (least > 0) this.mandatory.push(network.arc(from, to, least));
      this.required += least;
      if (most > least) network.arc(from, to, most - least);
    };
    for (let p = 0; p < vacancies; p++) split(learners + p, learners + vacancies + (ranker[p] as number), quotas.vacancy[p] as number, Math.max(0, capacity[p] as number));
    for (let l = 0; l < rankers; l++) split(learners + vacancies + l, sink, quotas.ranker[l] as number, Math.max(0, rankerCapacity[l] as number));
    this.back = network.arc(sink, source, learners);
    // Where saturating an arc leaves too much or too little, these arcs hold it until it is routed home.
    this.excessArc = network.arc(this.top, 0, 0);
    network.arc(0, this.bottom, 0);
    for (let v = 1; v <= sink; v++) {
      network.arc(this.top, v, 0);
      network.arc(v, this.bottom, 0);
    }
    network.seal();
    this.open = new Uint8Array(network.arcs).fill(1);
    this.cost = new Float64Array(network.arcs);
    this.potential = new Float64Array(network.nodes);
  }

  keepQuotas(): boolean {
    this.cost.fill(0);
    for (const a of this.mandatory) this.setCost(a, -1);
    this.optimise();
    return this.mandatory.reduce((total, a) => total + this.network.flow(a), 0) === this.required;
  }

  largest(): void {
    this.cost.fill(0);
    this.setCost(this.back, -1);
    this.optimise();
  }

  /** Greatest rank any pair has. */
  worstRank(): number {
    return this.market.level.reduce((a, b) => Math.max(a, b), 0);
  }

  /** Minimises the sum of price(rank) over the placed on the face left by earlier stages; returns that sum. */
  stage(price: (level: number) => number): number {
    this.cost.fill(0);
    for (let k = 0; k < this.pairArc.length; k++) this.setCost(this.pairArc[k] as number, price(this.market.level[k] as number));
    this.optimise();
    let total = 0;
    for (let k = 0; k < this.pairArc.length; k++)
      if (this.network.flow(this.pairArc[k] as number) > 0) total += price(this.market.level[k] as number);
    return total;
  }

  read(): Assignment {
    const { start, learners } = this.market;
    const held = new Int32Array(learners).fill(-1);
    for (let s = 0; s < learners; s++)
      for (let k = start[s] as number; k < (start[s + 1] as number); k++) if (this.network.flow(this.pairArc[k] as number) > 0) held[s] = k;
    return held;
  }

  private setCost(arc: number, cost: number): void {
    this.cost[arc] = cost;
    this.cost[arc + 1] = -cost;
  }

  /** Primal-dual: saturate what pays, then bring the imbalances home along cheapest paths, all paths of one cost at a time. */
  private optimise(): void {
    const { network, cost, open, potential } = this;
    potential.fill(0);
    const balance = new Int32Array(this.top);
    for (let a = 0; a < this.excessArc; a++) {
      if (open[a] === 0 || (cost[a] as number) >= 0) continue;
      const push = network.capacity[a] as number;
      if (push === 0) continue;
      network.capacity[a] = 0;
      network.capacity[a ^ 1]! += push;
      balance[network.to[a] as number]! += push;
      balance[network.to[a ^ 1] as number]! -= push;
    }
    for (let v = 0; v < this.top; v++) {
      const give = this.excessArc + 4 * v;
      network.capacity.set([Math.max(0, balance[v] as number), 0, Math.max(0, -(balance[v] as number)), 0], give);
    }
    const usable = (a: number): boolean => open[a] === 1 && this.reduced(a) === 0;
    while (this.shorten()) network.augment(this.top, this.bottom, usable);
    for (let a = 0; a < this.excessArc; a += 2) if (this.reduced(a) !== 0) open[a] = open[a + 1] = 0;
    network.capacity.fill(0, this.excessArc);
    this.terms.push(this.prices());
  }

  private reduced(arc: number): number {
    const { network, potential } = this;
    return (this.cost[arc] as number) + (potential[network.to[arc ^ 1] as number] as number) - (potential[network.to[arc] as number] as number);
  }

  /** Dijkstra over reduced costs from the excess; moves the potentials. False when nothing is left to bring home. */
  private shorten(): boolean {
    const { network, open, potential } = this;
    const distance = new Float64Array(network.nodes).fill(Infinity);
    const heap = new DistanceHeap();
    distance[this.top] = 0;
    heap.push(0, this.top);
    for (let next = heap.pop(); next !== null; next = heap.pop()) {
      const [d, v] = next;
      if (d > (distance[v] as number)) continue;
      for (let i = network.rowStart[v] as number; i < (network.rowStart[v + 1] as number); i++) {
        const a = network.row[i] as number;
        if ((network.capacity[a] as number) === 0 || open[a] === 0) continue;
        const w = network.to[a] as number;
        const through = d + this.reduced(a);
        if (through < (distance[w] as number)) {
          distance[w] = through;
          heap.push(through, w);
        }
      }
    }
    const far = distance[this.bottom] as number;
    if (far === Infinity) return false;
    for (let v = 0; v < potential.length; v++) potential[v]! += Math.min(distance[v] as number, far);
    return true;
  }

  /** What the potentials leave on the two arcs of every opening: at least 0 where all are taken, at most 0 where only the quota is. */
  private prices(): TermPrices {
    const { learners, vacancies, rankers, ranker } = this.market;
    const at = this.potential;
    const employer = (l: number): number => at[learners + vacancies + l] as number;
    const end = at[learners + vacancies + rankers + 1] as number;
    return {
      vacancy: Float64Array.from({ length: vacancies }, (_, p) => employer(ranker[p] as number) - (at[learners + p] as number)),
      ranker: Float64Array.from({ length: rankers }, (_, l) => end - employer(l)),
    };
  }
}

/** A binary heap of (distance, node). */
class DistanceHeap {
  private readonly keys: number[] = [];
  private readonly nodes: number[] = [];

  push(key: number, node: number): void {
    let at = this.keys.length;
    this.keys.push(key);
    this.nodes.push(node);
    while (at > 0) {
      const up = (at - 1) >> 1;
      if ((this.keys[up] as number) <= key) break;
      this.move(up, at);
      at = up;
    }
    this.keys[at] = key;
    this.nodes[at] = node;
  }

  pop(): [number, number] | null {
    if (this.keys.length === 0) return null;
    const top: [number, number] = [this.keys[0] as number, this.nodes[0] as number];
    const key = this.keys.pop() as number;
    const node = this.nodes.pop() as number;
    const size = this.keys.length;
    if (size === 0) return top;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= size) break;
      if (down + 1 < size && (this.keys[down + 1] as number) < (this.keys[down] as number)) down++;
      if ((this.keys[down] as number) >= key) break;
      this.move(down, at);
      at = down;
    }
    this.keys[at] = key;
    this.nodes[at] = node;
    return top;
  }

  private move(from: number, to: number): void {
    this.keys[to] = this.keys[from] as number;
    this.nodes[to] = this.nodes[from] as number;
  }
}
