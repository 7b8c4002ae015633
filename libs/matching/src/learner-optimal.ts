import type { Assignment, Market } from './market.js';

/**
 * Learner-oriented deferred acceptance for two-level capacities (Gale and Shapley 1962; Abraham, Irving and Manlove, J. Discrete
 * Algorithms 5(1), 2007), on strict lists.
 *
 * Guarantee: stable, and every learner gets the best place she has in any stable outcome. Ties: broken before, in `position`.
 * Cost: O(total length of the lists) proposals, O(log capacity) each. Determinism: the outcome is unique, so neither the order
 * of learners nor that of proposals can change it. Memory: a heap slot an opening, a bit an employer entry.
 *
 * The state can be kept: proposing for one more learner continues the run and gives exactly the outcome of a fresh one.
 */
export type DeferredAcceptance = {
  readonly market: Market;
  /** Pair held by each learner, -1 for none. */
  readonly held: Assignment;
  /** Next pair each learner would propose to; only moves forward. */
  readonly next: Int32Array;
  /** Per vacancy a max-heap of (position, learner) in heapStart[v] .. + size[v]: its worst is on top. */
  heapStart: Int32Array;
  heapPosition: Int32Array;
  heapLearner: Int32Array;
  readonly size: Int32Array;
  /** Two levels only: places filled, worst position once full (else the largest integer), a bit per list position. */
  readonly filled: Int32Array;
  readonly threshold: Int32Array;
  readonly bitStart: Int32Array;
  readonly bits: Int32Array;
};

const NEVER_FULL = 0x7fff_ffff;

/** An empty state: nobody has proposed yet. */
export function openDeferredAcceptance(market: Market): DeferredAcceptance {
  const { learners, vacancies, rankers, twoLevel } = market;
  const heapStart = layHeaps(market);
  const slots = heapStart[vacancies] as number;
  const bitStart = new Int32Array(twoLevel ? rankers + 1 : 1);
  const threshold = new Int32Array(twoLevel ? rankers : 0).fill(NEVER_FULL);
  for (let r = 0; twoLevel && r < rankers; r++) {
    const length = (market.listStart[r + 1] as number) - (market.listStart[r] as number);
    bitStart[r + 1] = (bitStart[r] as number) + ((length + 31) >> 5);
    if ((market.rankerCapacity[r] as number) <= 0) threshold[r] = -1;
  }
  return {
    market,
    held: new Int32Array(learners).fill(-1),
    next: market.start.slice(0, learners),
    heapStart,
    heapPosition: new Int32Array(slots),
    heapLearner: new Int32Array(slots),
    size: new Int32Array(vacancies),
    filled: new Int32Array(twoLevel ? rankers : 0),
    threshold,
    bitStart,
    bits: new Int32Array(bitStart[bitStart.length - 1] as number),
  };
}

/**
 * Where each vacancy's heap starts: a slot for each opening that may ever be taken. The length of the ranker's list is a cheap limit to that; only where
 * it leaves more slots than there are pairs (vast capacities, many vacancies of one employer) is it worth counting who lists the vacancy.
 */
function layHeaps({ vacancies, entry, ranker, capacity, listStart }: Market): Int32Array {
  const heapStart = new Int32Array(vacancies + 1);
  const lay = (most: (v: number) => number): number => {
    let slots = 0;
    for (let v = 0; v < vacancies; v++) {
      slots += Math.min(capacity[v] as number, most(v));
      heapStart[v + 1] = slots;
    }
    return slots;
  };
  const listed = (v: number): number => (listStart[(ranker[v] as number) + 1] as number) - (listStart[ranker[v] as number] as number);
  if (lay(listed) <= entry.length) return heapStart;
  const wanted = new Int32Array(vacancies);
  for (let k = 0; k < entry.length; k++) wanted[entry[k] as number]!++;
  lay((v) => wanted[v] as number);
  return heapStart;
}

/** Lets learners from .. to-1 propose until nobody is rejected any more. */
export function proposeAll(state: DeferredAcceptance, from: number, to: number): void {
  if (state.market.twoLevel) proposeTwoLevels(state, from, to);
  else proposeOneLevel(state, from, to);
}

export function learnerOptimal(market: Market): Assignment {
  const state = openDeferredAcceptance(market);
  proposeAll(state, 0, market.learners);
  return state.held;
}

function proposeOneLevel(state: DeferredAcceptance, from: number, to: number): void {
  const { start, entry, position } = state.market;
  const { held, next, heapStart, heapPosition, heapLearner, size } = state;
  for (let s = from; s < to; s++) {
    let learner = s;
    while (learner >= 0) {
      const end = start[learner + 1] as number;
      let rejected = -1;
      let k = next[learner] as number;
      for (; k < end; k++) {
        const v = entry[k] as number;
        const mine = position[k] as number;
        const base = heapStart[v] as number;
        const slots = (heapStart[v + 1] as number) - base;
        const used = size[v] as number;
        if (used < slots) {
          push(heapPosition, heapLearner, base, used, mine, learner);
          size[v] = used + 1;
          held[learner] = k++;
          break;
        }
        if (slots > 0 && mine < (heapPosition[base] as number)) {
          rejected = heapLearner[base] as number;
          held[rejected] = -1;
          replaceTop(heapPosition, heapLearner, base, used, mine, learner);
          held[learner] = k++;
          break;
        }
      }
      next[learner] = k;
      learner = rejected;
    }
  }
}

function proposeTwoLevels(state: DeferredAcceptance, from: number, to: number): void {
  const { start, entry, position, ranker, rankerCapacity, listStart, listLearner } = state.market;
  const { held, next, heapStart, heapPosition, heapLearner, size, filled, threshold, bitStart, bits } = state;
  for (let s = from; s < to; s++) {
    let learner = s;
    while (learner >= 0) {
      const end = start[learner + 1] as number;
      let rejected = -1;
      let k = next[learner] as number;
      for (; k < end; k++) {
        const v = entry[k] as number;
        const mine = position[k] as number;
        const r = ranker[v] as number;
        const limit = threshold[r] as number;
        if (mine > limit) continue;
        const base = heapStart[v] as number;
        const slots = (heapStart[v + 1] as number) - base;
        const used = size[v] as number;
        const firstBit = bitStart[r] as number;
        if (used < slots) {
          push(heapPosition, heapLearner, base, used, mine, learner);
          size[v] = used + 1;
          held[learner] = k++;
          bits[firstBit + (mine >> 5)]! |= 1 << (mine & 31);
          const now = (filled[r] as number) + 1;
          if (now < (rankerCapacity[r] as number)) {
            filled[r] = now;
          } else if (limit === NEVER_FULL) {
            filled[r] = now;
            threshold[r] = lastBit(bits, firstBit, (bitStart[r + 1] as number) - 1 - firstBit);
          } else {
            // Full before: the employer's worst goes. It is also the worst at its own vacancy, since one list ranks for both.
            rejected = listLearner[(listStart[r] as number) + limit] as number;
            const left = entry[held[rejected] as number] as number;
            held[rejected] = -1;
            pop(heapPosition, heapLearner, heapStart[left] as number, --size[left]!);
            bits[firstBit + (limit >> 5)]! &= ~(1 << (limit & 31));
            threshold[r] = lastBit(bits, firstBit, limit >> 5);
          }
          break;
        }
        if (slots === 0) continue;
        const worst = heapPosition[base] as number;
        if (mine < worst) {
          rejected = heapLearner[base] as number;
          held[rejected] = -1;
          replaceTop(heapPosition, heapLearner, base, used, mine, learner);
          held[learner] = k++;
          bits[firstBit + (worst >> 5)]! &= ~(1 << (worst & 31));
          bits[firstBit + (mine >> 5)]! |= 1 << (mine & 31);
          if (worst === limit) threshold[r] = lastBit(bits, firstBit, limit >> 5);
          break;
        }
      }
      next[learner] = k;
      learner = rejected;
    }
  }
}

/** Highest position whose bit is set, at or below the given word. Once full a threshold only falls, so scans total O(list / 32). */
function lastBit(bits: Int32Array, first: number, word: number): number {
  while (bits[first + word] === 0) word--;
  return (word << 5) + 31 - Math.clz32(bits[first + word] as number);
}

function push(keys: Int32Array, values: Int32Array, base: number, size: number, key: number, value: number): void {
  let at = size;
  while (at > 0) {
    const up = (at - 1) >> 1;
    const upper = keys[base + up] as number;
    if (upper >= key) break;
    keys[base + at] = upper;
    values[base + at] = values[base + up] as number;
    at = up;
  }
  keys[base + at] = key;
  values[base + at] = value;
}

function replaceTop(keys: Int32Array, values: Int32Array, base: number, size: number, key: number, value: number): void {
  let at = 0;
  for (;;) {
    let down = 2 * at + 1;
    if (down >= size) break;
    if (down + 1 < size && (keys[base + down + 1] as number) > (keys[base + down] as number)) down++;
    const lower = keys[base + down] as number;
    if (lower <= key) break;
    keys[base + at] = lower;
    values[base + at] = values[base + down] as number;
    at = down;
  }
  keys[base + at] = key;
  values[base + at] = value;
}

/** Removes the top; `size` is the number of slots left. */
function pop(keys: Int32Array, values: Int32Array, base: number, size: number): void {
  if (size > 0) replaceTop(keys, values, base, size, keys[base + size] as number, values[base + size] as number);
}
