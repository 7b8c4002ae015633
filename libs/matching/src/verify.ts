// The independent checker. Shares no module with the solvers (types are erased): own reading, hash text, lottery, definitions, and replay.
import type { Digest, MatchingInstance } from './instance.js';
import type { CertificateRow, Reason, SolveResult, Stability } from './result.js';
import { checkProof } from './verify-bound.js';
import type { Report } from './verify-bound.js';
import { compare, read, same, text, WORST } from './verify-reading.js';
import type { Book, CheckRows } from './verify-reading.js';

export type Violation = Readonly<{ place: string; code: string; message: string }>;
export type Verdict = Readonly<{ ok: boolean; violations: readonly Violation[] }>;

/** The hash text again: what can decide a result, every collection sorted (by id, or by its own text), ties sorted. */
function hashText(instance: MatchingInstance): string {
  const { format, id, family, learners, vacancies, employers, groups, links, locks, ineligible, lottery, previousMatching } = instance;
  const ties = (groups_: readonly (readonly string[])[] | undefined): string[][] | undefined => groups_?.map((g) => [...g].sort());
  const byId = <T extends { id: string }>(list: readonly T[] | undefined, as: (t: T) => unknown): unknown => list && [...list].sort((a, b) => compare(a.id, b.id)).map(as);
  const texts = (list: readonly unknown[] | undefined): unknown => list && [...list].sort((a, b) => compare(text(a), text(b)));
  return text({
    format, id, family, lottery, previousMatching, locks: texts(locks), links: texts(links), ineligible: texts(ineligible),
    learners: byId(learners, (l) => ({ id: l.id, preferences: ties(l.preferences) })),
    vacancies: byId(vacancies, (v) => ({ id: v.id, capacity: v.capacity, employer: v.employer, lowerQuota: v.lowerQuota, preferences: ties(v.preferences) })),
    employers: byId(employers, (e) => ({ id: e.id, capacity: e.capacity, lowerQuota: e.lowerQuota, target: e.target, preferences: ties(e.preferences) })),
    groups: byId(groups, (g) => ({ ...g, vacancies: g.vacancies && [...g.vacancies].sort(), learners: g.learners && [...g.learners].sort() })),
  });
}

/**
 * Blocking pairs of an assignment (vacancy of each learner, -1 for none; `level` and `rank` of that place), at most `limit`.
 * Rows are best first. O(total length of the lists). Pairs outside a learner's row never block.
 */
export function checkStable(rows: CheckRows, at: Int32Array, level: Int32Array, rank: Int32Array, notion: Stability, limit: number): [number, number][] {
  const { start, entry, ranker, capacity, rankerCapacity } = rows;
  const filled = new Int32Array(capacity.length), worst = new Int32Array(capacity.length);
  const whoFilled = new Int32Array(rankerCapacity.length), whoWorst = new Int32Array(rankerCapacity.length);
  for (let s = 0; s < at.length; s++) {
    const p = at[s]!;
    if (p < 0) continue;
    const l = ranker[p]!;
    filled[p]!++;
    whoFilled[l]!++;
    if (rank[s]! > worst[p]!) worst[p] = rank[s]!;
    if (rank[s]! > whoWorst[l]!) whoWorst[l] = rank[s]!;
  }
  // What a newcomer at p must beat: nobody where there is room at both, else the worst she could replace; none where there is no opening.
  const room = new Uint8Array(capacity.length), bar = new Int32Array(capacity.length);
  for (let p = 0; p < bar.length; p++) {
    const c = capacity[p]!, l = ranker[p]!;
    room[p] = filled[p]! < c ? 1 : 0;
    bar[p] = room[p] === 0 ? (c <= 0 ? -1 : worst[p]!) : whoFilled[l]! < rankerCapacity[l]! ? WORST : whoWorst[l]!;
  }
  const found: [number, number][] = [];
  const [wishes, ranks, weak, strong] = [rows.level, rows.rank, notion === 'weak', notion === 'strong'];
  for (let s = 0; s < at.length; s++) {
    const own = at[s]!;
    const mine = own < 0 ? WORST : level[s]!;
    const boss = own < 0 ? -1 : ranker[own]!;
    const end = start[s + 1]!;
    for (let k = start[s]!; k < end; k++) {
      const wish = wishes[k]!;
      if (wish > mine || (weak && wish === mine)) break;
      const p = entry[k]!;
      const strictly = weak || (strong && wish === mine);
      const beats = strictly ? ranks[k]! < bar[p]! : ranks[k]! <= bar[p]!;
      const moves = room[p]! === 1 && ranker[p]! === boss;
      if ((strong && wish === mine ? beats && !moves : beats || moves) && p !== own && found.push([s, k]) >= limit) return found;
    }
  }
  return found;
}

type Numbers = (ranker: number, learner: number) => number;
const bits53 = (hex: string): number => Number(BigInt(`0x${hex.slice(0, 14)}`) >> 3n);

/** Breaks every tie by the committed numbers: the same rows in strict order, with strict levels and ranks. */
function strictRows(book: Book, number: Numbers, own: (learner: number, vacancy: number) => number): CheckRows {
  const [entry, level, rank] = [book.entry.slice(), book.level.slice(), book.rank.slice()];
  /** Sorts by tied rank, then by number (drawn for actual ties only), then by id. */
  const sorted = (items: { id: number; tie: number; number: number }[], draw: (id: number) => number): typeof items => {
    items.sort((a, b) => a.tie - b.tie || a.id - b.id);
    items.forEach((x, i) => { if (items[i - 1]?.tie === x.tie || items[i + 1]?.tie === x.tie) x.number = draw(x.id); });
    return items.sort((a, b) => a.tie - b.tie || a.number - b.number || a.id - b.id);
  };
  const listed = Array.from(book.rankerCapacity, () => new Map<number, number>());
  for (let s = 0; s < book.learners.length; s++) for (let k = book.start[s]!; k < book.start[s + 1]!; k++) listed[book.ranker[book.entry[k]!]!]!.set(s, book.rank[k]!);
  const place = listed.map((list, l) => new Map(sorted([...list].map(([id, tie]) => ({ id, tie, number: 0 })), (s) => number(l, s)).map((x, i) => [x.id, i + 1])));
  for (let s = 0; s < book.learners.length; s++) {
    const row = Array.from(book.entry.subarray(book.start[s], book.start[s + 1]), (id, i) => ({ id, tie: book.level[book.start[s]! + i]!, number: 0 }));
    sorted(row, (p) => own(s, p)).forEach(({ id: p }, i) => {
      const k = book.start[s]! + i;
      entry[k] = p; level[k] = i + 1; rank[k] = place[book.ranker[p]!]!.get(s)!;
    });
  }
  return { ...book, entry, level, rank };
}

/** Level and rank, in the given rows, of the place each learner has; WORST where she has none or the row lacks it. */
function standing(rows: CheckRows, at: Int32Array): { level: Int32Array; rank: Int32Array } {
  const [level, rank] = [new Int32Array(at.length).fill(WORST), new Int32Array(at.length).fill(WORST)];
  for (let s = 0; s < at.length; s++) for (let k = rows.start[s]!; k < rows.start[s + 1]!; k++) if (rows.entry[k] === at[s]) { level[s] = rows.level[k]!; rank[s] = rows.rank[k]!; }
  return { level, rank };
}

/** Learner-proposing deferred acceptance written for reading: sorted lists, worst last. Returns the vacancy of each learner. */
function replay(rows: CheckRows): Int32Array {
  const next = rows.start.slice(0, -1), at = new Int32Array(next.length).fill(-1);
  type Seat = { s: number; rank: number };
  const inVacancy = Array.from(rows.capacity, (): Seat[] => []), inRanker = Array.from(rows.rankerCapacity, (): Seat[] => []);
  const enter = (list: Seat[], seat: Seat): void => { let i = list.length; while (i > 0 && list[i - 1]!.rank > seat.rank) i--; list.splice(i, 0, seat); };
  const leave = (list: Seat[], s: number): void => void list.splice(list.findIndex((seat) => seat.s === s), 1);
  const free = [...next.keys()];
  for (let s = free.pop(); s !== undefined; s = free.pop()) {
    const k = next[s]!++;
    if (k >= rows.start[s + 1]!) continue;
    const p = (at[s] = rows.entry[k]!), l = rows.ranker[p]!;
    for (const list of [inVacancy[p]!, inRanker[l]!]) enter(list, { s, rank: rows.rank[k]! });
    const over = inVacancy[p]!.length > rows.capacity[p]! ? inVacancy[p]! : inRanker[l]!.length > rows.rankerCapacity[l]! ? inRanker[l]! : null;
    const out = over?.at(-1);
    if (out === undefined) continue;
    leave(inVacancy[at[out.s]!]!, out.s);
    leave(inRanker[l]!, out.s);
    at[out.s] = -1;
    free.push(out.s);
  }
  return at;
}

/**
 * Recomputes everything a result line claims: hash, feasibility, stability of its notion (and under the lottery), for
 * learner-optimal the whole outcome, figures, cut-offs, bound proofs, and each reason if reasons are given. Never throws on a
 * malformed result: that is a violation too. The instance must have passed parseInstance.
 */
export function verifyResult(instance: MatchingInstance, result: SolveResult, digest: Digest): Verdict {
  const violations: Violation[] = [];
  const report = (place: string, code: string, message: string): void => { if (violations.length < 100) violations.push({ place, code, message }); };
  try {
    check(instance, result, digest, report);
  } catch (error) {
    report('result', 'malformed', `the result could not be read: ${(error as Error).message}`);
  }
  return { ok: violations.length === 0, violations };
}

function check(instance: MatchingInstance, result: SolveResult, digest: Digest, report: Report): void {
  const cert = result.certificate;
  if (result.id !== instance.id) report('id', 'other-instance', `the result is of ${result.id}, the instance is ${instance.id}`);
  if (cert.instanceHash !== digest(hashText(instance))) report('certificate.instanceHash', 'instance-changed', 'the instance is not the one that was solved');
  for (const key of ['mode', 'stability', 'objective'] as const) if (!same(cert[key], result[key])) report(`certificate.${key}`, 'figures', `differs from the result's own ${key}`);
  if (instance.lottery?.seed !== undefined && cert.lottery.seed !== instance.lottery.seed) report('certificate.lottery.seed', 'seed', 'is not the seed of the instance');
  if (!same(cert.lottery.commitment, instance.lottery?.commitment)) report('certificate.lottery.commitment', 'seed', 'is not the commitment of the instance');
  if (result.status !== 'solved' && result.matching === null) return;
  const byLottery = result.mode === 'learner-optimal' || result.mode === 'employer-optimal' || cert.lottery.decides;
  if (cert.lottery.decides !== byLottery) report('certificate.lottery.decides', 'figures', `${result.mode} is decided by lottery`);

  const book = read(instance, true), whole = book.lockOf.size > 0 ? read(instance, false) : book;
  const at = new Int32Array(book.learners.length).fill(-1), allAt = at.slice();
  const matching = new Map(Object.entries(result.matching ?? {}));
  for (const id of matching.keys()) if (!book.learnerAt.has(id)) report(`matching[${text(id)}]`, 'unknown-learner', 'is not a learner of the instance');
  book.learners.forEach((id, s) => {
    const place = matching.get(id), lock = book.lockOf.get(s), here = `matching[${text(id)}]`;
    if (place === undefined) return report(here, 'missing', 'has no outcome, not even null');
    if (lock !== undefined && place !== lock) report(here, 'lock-broken', `is locked into ${lock}`);
    const p = place === null ? -1 : book.vacancyAt.get(place);
    if (p === undefined) return report(here, 'unknown-vacancy', `${text(place)} is not a vacancy of the instance`);
    allAt[s] = p;
    if (lock !== undefined || p < 0) return;
    at[s] = p;
    if (book.entry.subarray(book.start[s], book.start[s + 1]).includes(p)) return;
    at[s] = -1;
    report(here, 'not-acceptable', `learner and ${text(place)} do not both list each other`);
  });

  // Stability is judged in the market the locks leave; what locks block is listed apart.
  const seed = cert.lottery.seed;
  const number: Numbers = (l, s) => bits53(digest(`${seed}|e|${book.rankers[l]}|${book.learners[s]}`));
  const blocked = (rows: CheckRows, notion: Stability, how: string): void => {
    const { level, rank } = standing(rows, at);
    for (const [s, k] of checkStable(rows, at, level, rank, notion, 20)) report(`matching[${text(book.learners[s])}]`, 'blocking-pair', `${text(book.learners[s])} and ${text(book.vacancies[rows.entry[k]!])} would both rather have each other (${how})`);
  };
  if (result.stability !== null) blocked(book, result.stability, result.stability);
  let order: CheckRows = book;
  if (byLottery) {
    order = strictRows(book, number, (s, p) => bits53(digest(`${seed}|l|${book.learners[s]}|${book.vacancies[p]}`)));
    blocked(order, 'weak', 'under the lottery');
    if (result.mode === 'learner-optimal') replay(order).forEach((p, s) => { if (!book.lockOf.has(s) && p !== at[s]) report(`matching[${text(book.learners[s])}]`, 'not-optimal', `learner-optimal gives ${text(p < 0 ? null : book.vacancies[p])}`); });
  }

  checkFigures(instance, result, allAt, book, report);
  checkRows(instance, result, book, allAt, order, byLottery ? number : null, report);
  if (book.lockOf.size > 0) {
    const nameOf = new Map((instance.locks ?? []).map((l) => [book.learnerAt.get(l.learner)!, l.name]));
    const { level, rank } = standing(whole, allAt);
    const apart = checkStable(whole, allAt, level, rank, 'weak', Infinity).map(([s, k]) => ({
      learner: book.learners[s], vacancy: book.vacancies[whole.entry[k]!],
      locks: nameOf.has(s) ? [nameOf.get(s)] : [...nameOf].filter(([t]) => book.ranker[allAt[t]!] === book.ranker[whole.entry[k]!] && rank[t]! > whole.rank[k]!).map(([, name]) => name).sort(),
    }));
    const bySorting = (list: readonly unknown[]): unknown => [...list].sort((a, b) => compare(text(a), text(b)));
    if (!same(bySorting(apart), bySorting(cert.lockBlocking ?? []))) report('certificate.lockBlocking', 'lock-blocking', 'does not list exactly the pairs that locks keep apart');
  }
  (cert.proofs ?? []).forEach((proof, i) => checkProof(instance, book, proof, `certificate.proofs[${i}]`, report));
  const proven = (cert.proofs ?? []).filter((p) => !(p.kind === 'solver' && p.of === 'changed')).map((p) => p.bound);
  if (result.bound !== null && (!proven.includes(result.bound) || result.bound < (result.size ?? 0))) report('bound', 'bound', `${result.bound} is not what a proof in the certificate proves, or lies below the size`);
  if (result.reasons !== undefined) checkReasons(instance, result, book, number, report);
}

function checkFigures(instance: MatchingInstance, result: SolveResult, at: Int32Array, book: Book, report: Report): void {
  const profile: number[] = [];
  let cost = 0, changed = 0;
  const previous = new Map(Object.entries(instance.previousMatching ?? {}));
  for (const learner of instance.learners) {
    const p = at[book.learnerAt.get(learner.id)!]!;
    const place = p < 0 ? null : book.vacancies[p]!;
    if ((previous.get(learner.id) ?? null) !== place) changed++;
    const r = place === null ? 0 : learner.preferences.findIndex((g) => g.includes(place)) + 1;
    if (r === 0) continue;
    cost += r;
    while (profile.length < r) profile.push(0);
    profile[r - 1]!++;
  }
  const expected = { size: at.filter((p) => p >= 0).length, cost, profile, ...(result.mode === 'rerun' ? { changed } : {}) };
  for (const [key, value] of Object.entries(expected)) if (!same(result[key as 'size'], value)) report(key, 'figures', `is ${text(result[key as 'size'])}, recomputed ${text(value)}`);
}

/** Rows of the certificate: openings taken within capacity, lower quotas, and the last one in. */
function checkRows(instance: MatchingInstance, result: SolveResult, book: Book, at: Int32Array, order: CheckRows, number: Numbers | null, report: Report): void {
  const strict = standing(order, at).rank, tied = standing(book, at).rank;
  /** For each ranker and rank the one learner who has it, or -1 for several. */
  const alike = Array.from(book.rankerCapacity, () => new Map<number, number>());
  for (let s = 0; s < book.learners.length; s++) for (let k = book.start[s]!; k < book.start[s + 1]!; k++) {
    const list = alike[book.ranker[book.entry[k]!]!]!, other = list.get(book.rank[k]!);
    if (other !== s) list.set(book.rank[k]!, other === undefined ? s : -1);
  }
  const levels = [
    { name: 'vacancies', of: (p: number): number => p, owners: instance.vacancies as readonly { id: string; capacity: number; lowerQuota?: number }[], ids: book.vacancies },
    ...(book.twoLevel ? [{ name: 'employers', of: (p: number): number => book.ranker[p]!, owners: instance.employers ?? [], ids: book.rankers }] : []),
  ];
  for (const { name, of, owners, ids } of levels) {
    const given = (result.certificate[name as 'vacancies'] ?? []) as readonly CertificateRow[];
    const ownerOf = new Map(owners.map((o) => [o.id, o]));
    if (given.length !== ids.length) report(`certificate.${name}`, 'figures', `has ${given.length} rows for ${ids.length} ${name}`);
    const filled = new Int32Array(ids.length), locked = new Int32Array(ids.length), last = new Int32Array(ids.length).fill(-1);
    at.forEach((p, s) => {
      if (p < 0) return;
      filled[of(p)]!++;
      if (book.lockOf.has(s)) locked[of(p)]!++;
      else if (strict[s] !== WORST && (last[of(p)]! < 0 || strict[s]! > strict[last[of(p)]!]!)) last[of(p)] = s;
    });
    ids.forEach((id, i) => {
      const owner = ownerOf.get(id)!;
      const here = `certificate.${name}[${i}]`;
      if (filled[i]! > owner.capacity) report(here, 'over-capacity', `${text(id)} has ${filled[i]} placed in ${owner.capacity} openings`);
      if (result.mode === 'score' && filled[i]! < (owner.lowerQuota ?? 0)) report(here, 'below-quota', `${text(id)} has ${filled[i]} placed, its lower quota is ${owner.lowerQuota}`);
      const s = last[i]!, l = s < 0 ? -1 : book.ranker[at[s]!]!;
      const cutOff = s < 0 ? null : { rank: tied[s], lottery: number !== null && alike[l]!.get(tied[s]!) === -1 ? number(l, s) : null };
      const row = { id, capacity: owner.capacity, filled: filled[i], locked: locked[i]! > 0 ? locked[i] : undefined, lowerQuota: owner.lowerQuota, cutOff };
      if (!same(given[i], row)) report(same(given[i]?.cutOff, cutOff) ? here : `${here}.cutOff`, 'row', `is ${text(given[i] ?? null)}, recomputed ${text(row)}`);
    });
  }
}

/** One reason for each entry strictly preferred to the outcome, recomputed from lists and certificate. */
function checkReasons(instance: MatchingInstance, result: SolveResult, book: Book, number: Numbers, report: Report): void {
  const rows = { vacancy: new Map(result.certificate.vacancies.map((r) => [r.id, r])), employer: new Map((result.certificate.employers ?? []).map((r) => [r.id, r])) };
  const lockName = new Map((instance.locks ?? []).map((l) => [l.learner, l.name]));
  const names = (at: 'vacancy' | 'employer', p: number): string[] => (instance.locks ?? []).filter((l) => { const q = book.vacancyAt.get(l.vacancy)!; return at === 'vacancy' ? q === p : book.ranker[q] === book.ranker[p]; }).map((l) => l.name).sort();
  const why = (id: string, vacancy: string): object => {
    const s = book.learnerAt.get(id)!, p = book.vacancyAt.get(vacancy);
    if (p === undefined) return { kind: 'not-declared' };
    const rule = book.refused.get(text([id, vacancy]));
    if (rule !== undefined) return { kind: 'not-eligible', rule };
    if (lockName.has(id)) return { kind: 'locked', locks: [lockName.get(id)] };
    const l = book.ranker[p]!;
    const yourRank = book.open[l] ? 1 : book.lists[l]!.get(s);
    if (yourRank === undefined) return { kind: 'not-listed' };
    for (const at of ['vacancy', 'employer'] as const) {
      const row = rows[at].get(at === 'vacancy' ? vacancy : book.rankers[l]!);
      if (row === undefined || row.filled < row.capacity) continue;
      if (row.cutOff === null) return (row.locked ?? 0) > 0 ? { kind: 'locked', locks: names(at, p) } : { kind: `${at}-full`, lastRank: null, yourRank };
      if (result.mode === 'score' || yourRank > row.cutOff.rank) return { kind: `${at}-full`, lastRank: row.cutOff.rank, yourRank };
      if (yourRank < row.cutOff.rank) continue;
      if (!result.certificate.lottery.decides) return { kind: 'tie', at, tiedRank: yourRank };
      const yourNumber = number(l, s);
      if (row.cutOff.lottery !== null && yourNumber >= row.cutOff.lottery) return { kind: 'lottery', at, tiedRank: yourRank, lastNumber: row.cutOff.lottery, yourNumber };
    }
    return { kind: 'objective' };
  };
  const given = new Map(Object.entries(result.reasons ?? {}));
  for (const id of given.keys()) if (!book.learnerAt.has(id)) report(`reasons[${text(id)}]`, 'unknown-learner', 'is not a learner of the instance');
  for (const { id, preferences } of instance.learners) {
    const outcome = result.matching?.[id] ?? null;
    const got = outcome === null ? -1 : preferences.findIndex((g) => g.includes(outcome));
    const expected = (got < 0 ? preferences : preferences.slice(0, got)).flatMap((group, g) => [...group].sort().map((vacancy) => ({ vacancy, rank: g + 1, ...why(id, vacancy) })));
    const told: readonly Reason[] = given.get(id) ?? [];
    if (told.length !== expected.length) report(`reasons[${text(id)}]`, 'reason', `has ${told.length} reasons for ${expected.length} preferred entries`);
    expected.forEach((reason, i) => { if (i < told.length && !same(told[i], reason)) report(`reasons[${text(id)}][${i}]`, 'reason', `is ${text(told[i])}, recomputed ${text(reason)}`); });
  }
}
