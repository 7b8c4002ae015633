import { stemsOf, gramBag } from '../src/skills/words.js';
import { TextIndex, topOf } from '../src/skills/text-index.js';
import { Dice } from './cohort.js';

/** FNV-1a with a final mix: the split rule. Depends on the text alone. */
export function hashOf(text: string): number {
  let h = 2_166_136_261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16_777_619);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

export type Interval = Readonly<{ low: number; high: number }>;

/** 95% percentile interval of the mean paired difference, 2,000 resamples of the queries, seeded. */
export function bootstrap(ours: readonly number[], theirs: readonly number[], resamples = 2000): Interval {
  const differences = ours.map((value, at) => value - (theirs[at] as number));
  const dice = new Dice(7);
  const means = Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let i = 0; i < differences.length; i++) sum += differences[dice.below(differences.length)] as number;
    return sum / differences.length;
  }).sort((a, b) => a - b);
  return { low: means[Math.floor(resamples * 0.025)] ?? 0, high: means[Math.ceil(resamples * 0.975) - 1] ?? 0 };
}

/** nDCG at k: gains in the order given against the best order of all gains. */
export function discountedGain(gains: readonly number[], all: readonly number[], k: number): number {
  const dcg = (list: readonly number[]): number => list.slice(0, k).reduce((sum, gain, at) => sum + gain / Math.log2(at + 2), 0);
  const ideal = dcg([...all].sort((a, b) => b - a));
  return ideal === 0 ? 0 : dcg(gains) / ideal;
}

type Document = Readonly<{ id: string; text: string }>;

/** Okapi BM25 over Snowball stems, ln(1 + (N - n + 0.5) / (n + 0.5)): the peer that text search is. */
export class Bm25 {
  readonly #postings = new Map<string, [doc: number, count: number][]>();
  readonly #lengths: number[];
  readonly #mean: number;

  constructor(
    private readonly documents: readonly Document[],
    readonly k1 = 1.2,
    readonly b = 0.75,
  ) {
    this.#lengths = documents.map(({ text }, doc) => {
      const stems = stemsOf(text);
      const counts = new Map<string, number>();
      for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
      for (const [stem, count] of counts) {
        const list = this.#postings.get(stem);
        if (list === undefined) this.#postings.set(stem, [[doc, count]]);
        else list.push([doc, count]);
      }
      return stems.length;
    });
    this.#mean = this.#lengths.reduce((a, b) => a + b, 0) / Math.max(1, documents.length);
  }

  /** The best of a grid of k1 and b by the caller's own figure. */
  static tuned(documents: readonly Document[], figure: (candidate: Bm25) => number): Bm25 {
    let best: { figure: number; peer: Bm25 } | null = null;
    for (const k1 of [0.6, 1.2, 2]) {
      for (const b of [0, 0.4, 0.75]) {
        const peer = new Bm25(documents, k1, b);
        const value = figure(peer);
        if (best === null || value > best.figure) best = { figure: value, peer };
      }
    }
    return (best as { peer: Bm25 }).peer;
  }

  scores(query: string): Float64Array {
    const out = new Float64Array(this.documents.length);
    for (const stem of new Set(stemsOf(query))) {
      const list = this.#postings.get(stem) ?? [];
      const idf = Math.log(1 + (this.documents.length - list.length + 0.5) / (list.length + 0.5));
      for (const [doc, count] of list) out[doc]! += (idf * count * (this.k1 + 1)) / (count + this.k1 * (1 - this.b + (this.b * (this.#lengths[doc] as number)) / this.#mean));
    }
    return out;
  }

  between(text: string, doc: number): number {
    return this.scores(text)[doc] as number;
  }

  find(query: string, top: number): readonly { id: string; score: number }[] {
    return topOf(this.scores(query), top).map(([at, score]) => ({ id: this.documents[at]?.id ?? '', score }));
  }
}

/** Cosine of TF-IDF over character 3- to 5-grams; of several texts with the same id the best counts. */
export class GramSearch {
  readonly #index: TextIndex;
  readonly #scratch: Float64Array;

  constructor(private readonly documents: readonly Document[]) {
    this.#index = new TextIndex(documents.map(({ text }) => gramBag(text)));
    this.#scratch = new Float64Array(documents.length);
  }

  between(text: string, doc: number): number {
    this.#index.cosines(gramBag(text), this.#scratch);
    return this.#scratch[doc] as number;
  }

  find(query: string, top: number): readonly { id: string; score: number }[] {
    this.#index.cosines(gramBag(query), this.#scratch);
    const seen = new Set<string>();
    const out: { id: string; score: number }[] = [];
    for (const [at, score] of topOf(this.#scratch, this.documents.length)) {
      const id = this.documents[at]?.id ?? '';
      if (seen.has(id)) continue;
      seen.add(id);
      out.push({ id, score });
      if (out.length === top) break;
    }
    return out;
  }
}
