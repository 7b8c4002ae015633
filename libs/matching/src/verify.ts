// The independent checker. It shares no module with the solvers (types are erased): own reading, own hash text, own lottery,
// own definitions, and for learner-optimal its own slow deferred acceptance. At most 300 lines, so that a stranger can read it.
import type { Digest, MatchingInstance } from './instance.js';
import type { BoundProof, CertificateRow, Reason, SolveResult, Stability } from './result.js';

export type Violation = Readonly<{ place: string; code: string; message: string }>;
export type Verdict = Readonly<{ ok: boolean; violations: readonly Violation[] }>;

/** Pairs as rows of learners: what checkStable needs, in integers. Smaller `level` and `rank` are better, equal is a tie. */
export type CheckRows = Readonly<{
  start: Int32Array; entry: Int32Array; level: Int32Array; rank: Int32Array;
  ranker: Int32Array; capacity: Int32Array; rankerCapacity: Int32Array;
}>;

const WORST = 0x7fff_ffff;
const text = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(text).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, v]) => v !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([k, v]) => `${JSON.stringify(k)}:${text(v)}`).join(',')}}`;
};
const same = (a: unknown, b: unknown): boolean => text(a ?? null) === text(b ?? null);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

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
 * O(total length of the lists). Pairs outside a learner's row never block.
 */
export function checkStable(rows: CheckRows, at: Int32Array, level: Int32Array, rank: Int32Array, notion: Stability, limit: number): [number, number][] {
  const filled = new Int32Array(rows.capacity.length);
  const worst = new Int32Array(rows.capacity.length);
  const whoFilled = new Int32Array(rows.rankerCapacity.length);
  const whoWorst = new Int32Array(rows.rankerCapacity.length);
  for (let s = 0; s < at.length; s++) {
    const p = at[s]!;
    if (p < 0) continue;
    const l = rows.ranker[p]!;
    filled[p]!++;
    whoFilled[l]!++;
    if (rank[s]! > worst[p]!) worst[p] = rank[s]!;
    if (rank[s]! > whoWorst[l]!) whoWorst[l] = rank[s]!;
  }
  const found: [number, number][] = [];
  const { start, entry, ranker, capacity, rankerCapacity } = rows;
  for (let s = 0; s < at.length; s++) {
    const own = at[s]!;
    const mine = own < 0 ? WORST : level[s]!;
    const boss = own < 0 ? -1 : ranker[own]!;
    const end = start[s + 1]!;
    for (let k = start[s]!; k < end; k++) {
      const wish = rows.level[k]!;
      if (wish > mine || (wish === mine && notion === 'weak')) continue;
      const p = entry[k]!;
      if (p === own) continue;
      const l = ranker[p]!;
      const r = rows.rank[k]!;
      const tied = wish === mine;
      const room = filled[p]! < capacity[p]!;
      const last = room ? whoWorst[l]! : worst[p]!;
      const nobody = !room && capacity[p]! <= 0;
      const beats = !nobody && (notion === 'weak' || (notion === 'strong' && tied) ? r < last : r <= last);
      const roomAtBoth = room && whoFilled[l]! < rankerCapacity[l]!;
      const blocks = notion === 'strong' && tied ? (room ? boss !== l && (roomAtBoth || beats) : beats) : roomAtBoth || (room && boss === l) || beats;
      if (blocks && found.push([s, k]) >= limit) return found;
    }
  }
  return found;
}

type Book = CheckRows & { learners: string[]; vacancies: string[]; rankers: string[]; learnerAt: Map<string, number>; vacancyAt: Map<string, number>; twoLevel: boolean; lists: Map<number, number>[]; open: boolean[]; lockOf: Map<number, string>; locked: Int32Array; refused: Map<string, string> };

/** Reads the instance into rows of mutually acceptable pairs; locks leave their openings in place unless `subtract`. */
function read(instance: MatchingInstance, subtract: boolean): Book {
  const twoLevel = instance.family.startsWith('SPA') || (instance.family === 'RERUN' && instance.vacancies.length > 0 && instance.vacancies.every((v) => !v.preferences));
  const owners = twoLevel ? [...(instance.employers ?? [])] : [...instance.vacancies];
  const learnersInOrder = [...instance.learners].sort((a, b) => compare(a.id, b.id));
  const vacanciesInOrder = [...instance.vacancies].sort((a, b) => compare(a.id, b.id));
  owners.sort((a, b) => compare(a.id, b.id));
  const learnerAt = new Map(learnersInOrder.map((l, i) => [l.id, i]));
  const vacancyAt = new Map(vacanciesInOrder.map((v, i) => [v.id, i]));
  const ownerAt = new Map(owners.map((o, i) => [o.id, i]));
  const open = owners.map((o) => instance.family === 'SPA-LQ-one-sided' && !(o.preferences ?? []).some((g) => g.length > 0));
  const lists = owners.map((o) => {
    const list = new Map<number, number>();
    (o.preferences ?? []).forEach((group, g) => { for (const id of group) { const s = learnerAt.get(id); if (s !== undefined) list.set(s, g + 1); } });
    return list;
  });
  const refused = new Map((instance.ineligible ?? []).map((v) => [text([v.learner, v.vacancy]), v.rule]));
  const lockOf = new Map((instance.locks ?? []).map((l) => [learnerAt.get(l.learner)!, l.vacancy]));
  const capacity = Int32Array.from(vacanciesInOrder, (v) => v.capacity);
  const ranker = Int32Array.from(vacanciesInOrder, (v, i) => (twoLevel ? ownerAt.get(v.employer!)! : i));
  const rankerCapacity = Int32Array.from(owners, (o) => o.capacity);
  const locked = new Int32Array(capacity.length);
  for (const id of lockOf.values()) {
    const p = vacancyAt.get(id)!;
    locked[p]!++;
    if (subtract) { capacity[p]!--; rankerCapacity[ranker[p]!]!--; }
  }
  const start = new Int32Array(learnersInOrder.length + 1);
  const entry: number[] = [], level: number[] = [], rank: number[] = [];
  learnersInOrder.forEach((learner, s) => {
    if (!(subtract && lockOf.has(s))) learner.preferences.forEach((group, g) => {
      for (const id of group) {
        const p = vacancyAt.get(id);
        if (p === undefined) continue;
        const r = open[ranker[p]!] ? 1 : lists[ranker[p]!]!.get(s);
        if (r === undefined || (refused.size > 0 && refused.has(text([learner.id, id])))) continue;
        entry.push(p); level.push(g + 1); rank.push(r);
      }
    });
    start[s + 1] = entry.length;
  });
  return {
    start, entry: Int32Array.from(entry), level: Int32Array.from(level), rank: Int32Array.from(rank), ranker, capacity, rankerCapacity, twoLevel, lists, open, lockOf, locked, refused,
    learners: learnersInOrder.map((l) => l.id), vacancies: vacanciesInOrder.map((v) => v.id), rankers: owners.map((o) => o.id), learnerAt, vacancyAt,
  };
}

type Numbers = (ranker: number, learner: number) => number;
const bits53 = (hex: string): number => Number(BigInt(`0x${hex.slice(0, 14)}`) >> 3n);

/** Breaks every tie by the committed numbers: strict levels and ranks for the same rows. */
function strictRows(book: Book, number: Numbers, own: (learner: number, vacancy: number) => number): CheckRows {
  const level = book.level.slice();
  const rank = book.rank.slice();
  const byRanker = new Map<number, Map<number, { s: number; rank: number; at: number[] }>>();
  const orderOf = <T>(items: T[], primary: (t: T) => number, draw: (t: T) => number, id: (t: T) => number): T[] => {
    const size = new Map<number, number>();
    for (const t of items) size.set(primary(t), (size.get(primary(t)) ?? 0) + 1);
    const drawn = new Map(items.map((t) => [t, size.get(primary(t))! > 1 ? draw(t) : 0]));
    return items.sort((a, b) => primary(a) - primary(b) || drawn.get(a)! - drawn.get(b)! || id(a) - id(b));
  };
  for (let s = 0; s < book.learners.length; s++) {
    const row: number[] = [];
    for (let k = book.start[s]!; k < book.start[s + 1]!; k++) {
      row.push(k);
      const l = book.ranker[book.entry[k]!]!;
      const list = byRanker.get(l) ?? byRanker.set(l, new Map()).get(l)!;
      (list.get(s) ?? list.set(s, { s, rank: book.rank[k]!, at: [] }).get(s)!).at.push(k);
    }
    orderOf(row, (k) => book.level[k]!, (k) => own(s, book.entry[k]!), (k) => book.entry[k]!).forEach((k, i) => { level[k] = i + 1; });
  }
  for (const [l, list] of byRanker)
    orderOf([...list.values()], (x) => x.rank, (x) => number(l, x.s), (x) => x.s).forEach((x, i) => { for (const k of x.at) rank[k] = i + 1; });
  return { ...book, level, rank };
}

/** Learner-proposing deferred acceptance written for reading: sorted lists, worst last. Returns the vacancy of each learner. */
function replay(rows: CheckRows): Int32Array {
  const learners = rows.start.length - 1;
  const queue = Array.from({ length: learners }, (_, s) => Array.from({ length: rows.start[s + 1]! - rows.start[s]! }, (_x, i) => rows.start[s]! + i).sort((a, b) => rows.level[b]! - rows.level[a]!));
  const at = new Int32Array(learners).fill(-1);
  type Seat = { s: number; rank: number };
  const in_ = Array.from(rows.capacity, (): Seat[] => []);
  const whoIn = Array.from(rows.rankerCapacity, (): Seat[] => []);
  const insert = (list: Seat[], seat: Seat): void => { let i = list.length; while (i > 0 && list[i - 1]!.rank > seat.rank) i--; list.splice(i, 0, seat); };
  const free = queue.map((_, s) => s);
  while (free.length > 0) {
    const s = free.pop()!;
    const k = queue[s]!.pop();
    if (k === undefined) continue;
    const p = rows.entry[k]!;
    const l = rows.ranker[p]!;
    insert(in_[p]!, { s, rank: rows.rank[k]! });
    insert(whoIn[l]!, { s, rank: rows.rank[k]! });
    at[s] = p;
    const out = in_[p]!.length > Math.max(0, rows.capacity[p]!) ? in_[p]!.at(-1)! : whoIn[l]!.length > Math.max(0, rows.rankerCapacity[l]!) ? whoIn[l]!.at(-1)! : null;
    if (out === null) continue;
    in_[at[out.s]!]!.splice(in_[at[out.s]!]!.findIndex((x) => x.s === out.s), 1);
    whoIn[l]!.splice(whoIn[l]!.findIndex((x) => x.s === out.s), 1);
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

type Report = (place: string, code: string, message: string) => void;

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

  const book = read(instance, true);
  const whole = book.lockOf.size > 0 ? read(instance, false) : book;
  const n = book.learners.length;
  const at = new Int32Array(n).fill(-1), level = new Int32Array(n).fill(WORST), rank = new Int32Array(n).fill(WORST), pair = new Int32Array(n).fill(-1);
  const allAt = at.slice(), allLevel = level.slice(), allRank = rank.slice();
  const matching = new Map(Object.entries(result.matching ?? {}));
  for (const id of matching.keys()) if (!book.learnerAt.has(id)) report(`matching[${text(id)}]`, 'unknown-learner', 'is not a learner of the instance');
  for (let s = 0; s < n; s++) {
    const id = book.learners[s]!;
    const place = matching.get(id);
    const here = `matching[${text(id)}]`;
    if (place === undefined) { report(here, 'missing', 'has no outcome, not even null'); continue; }
    const lock = book.lockOf.get(s);
    if (lock !== undefined && place !== lock) report(here, 'lock-broken', `is locked into ${lock}`);
    if (place === null) continue;
    const p = book.vacancyAt.get(place);
    if (p === undefined) { report(here, 'unknown-vacancy', `${text(place)} is not a vacancy of the instance`); continue; }
    allAt[s] = p;
    for (let k = whole.start[s]!; k < whole.start[s + 1]!; k++) if (whole.entry[k] === p) { allLevel[s] = whole.level[k]!; allRank[s] = whole.rank[k]!; }
    if (lock !== undefined) continue;
    for (let k = book.start[s]!; k < book.start[s + 1]!; k++) if (book.entry[k] === p) pair[s] = k;
    if (pair[s]! < 0) { report(here, 'not-acceptable', `learner and ${text(place)} do not both list each other`); continue; }
    at[s] = p; level[s] = book.level[pair[s]!]!; rank[s] = book.rank[pair[s]!]!;
  }

  // Stability is judged in the market the locks leave; what locks block is listed apart.
  const pairName = (rows: CheckRows, s: number, k: number): string => `${text(book.learners[s])} and ${text(book.vacancies[rows.entry[k]!])}`;
  if (result.stability !== null) for (const [s, k] of checkStable(book, at, level, rank, result.stability, 20)) report(`matching[${text(book.learners[s])}]`, 'blocking-pair', `${pairName(book, s, k)} would both rather have each other (${result.stability})`);
  const seed = cert.lottery.seed;
  const number: Numbers = (l, s) => bits53(digest(`${seed}|e|${book.rankers[l]}|${book.learners[s]}`));
  let order: CheckRows = book;
  if (byLottery) {
    const strict = (order = strictRows(book, number, (s, p) => bits53(digest(`${seed}|l|${book.learners[s]}|${book.vacancies[p]}`))));
    const of = (values: Int32Array): Int32Array => Int32Array.from(pair, (k) => (k < 0 ? WORST : values[k]!));
    for (const [s, k] of checkStable(strict, at, of(strict.level), of(strict.rank), 'weak', 20)) report(`matching[${text(book.learners[s])}]`, 'blocking-pair', `${pairName(book, s, k)} would both rather have each other under the lottery`);
    if (result.mode === 'learner-optimal') replay(strict).forEach((p, s) => { if (!book.lockOf.has(s) && p !== at[s]) report(`matching[${text(book.learners[s])}]`, 'not-optimal', `learner-optimal gives ${text(p < 0 ? null : book.vacancies[p])}`); });
  }

  checkFigures(instance, result, allAt, book, report);
  checkRows(instance, result, book, allAt, pair, order, byLottery ? number : null, report);
  if (book.lockOf.size > 0) {
    const nameOf = new Map((instance.locks ?? []).map((l) => [book.learnerAt.get(l.learner)!, l.name]));
    const blocked = checkStable(whole, allAt, allLevel, allRank, 'weak', Infinity).map(([s, k]) => ({
      learner: book.learners[s], vacancy: book.vacancies[whole.entry[k]!],
      locks: nameOf.has(s) ? [nameOf.get(s)] : [...nameOf].filter(([t]) => book.ranker[allAt[t]!] === book.ranker[whole.entry[k]!] && allRank[t]! > whole.rank[k]!).map(([, name]) => name).sort(),
    }));
    const sorted = (list: readonly unknown[]): unknown => [...list].sort((a, b) => compare(text(a), text(b)));
    if (!same(sorted(blocked), sorted(cert.lockBlocking ?? []))) report('certificate.lockBlocking', 'lock-blocking', 'does not list exactly the pairs that locks keep apart');
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
function checkRows(instance: MatchingInstance, result: SolveResult, book: Book, at: Int32Array, pair: Int32Array, order: CheckRows, number: Numbers | null, report: Report): void {
  const alike = new Map<string, Set<number>>();
  for (let s = 0; s < book.learners.length; s++) for (let k = book.start[s]!; k < book.start[s + 1]!; k++) {
    const key = `${book.ranker[book.entry[k]!]} ${book.rank[k]}`;
    (alike.get(key) ?? alike.set(key, new Set()).get(key)!).add(s);
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
      else if (pair[s]! >= 0 && (last[of(p)]! < 0 || order.rank[pair[s]!]! > order.rank[pair[last[of(p)]!]!]!)) last[of(p)] = s;
    });
    ids.forEach((id, i) => {
      const owner = ownerOf.get(id)!;
      const here = `certificate.${name}[${i}]`;
      if (filled[i]! > owner.capacity) report(here, 'over-capacity', `${text(id)} has ${filled[i]} placed in ${owner.capacity} openings`);
      if (result.mode === 'score' && filled[i]! < (owner.lowerQuota ?? 0)) report(here, 'below-quota', `${text(id)} has ${filled[i]} placed, its lower quota is ${owner.lowerQuota}`);
      const k = last[i]! < 0 ? -1 : pair[last[i]!]!;
      const l = k < 0 ? -1 : book.ranker[book.entry[k]!]!;
      const cutOff = k < 0 ? null : { rank: book.rank[k], lottery: number !== null && alike.get(`${l} ${book.rank[k]}`)!.size > 1 ? number(l, last[i]!) : null };
      const row = { id, capacity: owner.capacity, filled: filled[i], locked: locked[i]! > 0 ? locked[i] : undefined, lowerQuota: owner.lowerQuota, cutOff };
      if (!same(given[i], row)) report(same(given[i]?.cutOff, cutOff) ? here : `${here}.cutOff`, 'row', `is ${text(given[i] ?? null)}, recomputed ${text(row)}`);
    });
  }
}

/** Pairs some stable matching might hold, by the two rules of the guide ("Pairs that cannot matter"), repeated to the end. */
function possible(book: Book): Uint8Array {
  const keep = Uint8Array.from(book.entry, (p) => (book.capacity[p]! > 0 && book.rankerCapacity[book.ranker[p]!]! > 0 ? 1 : 0));
  const push = (lists: number[][], i: number, value: number): void => void (lists[i] ??= []).push(value);
  const ascending = (list: number[] | undefined): number[] => (list ?? []).sort((a, b) => a - b);
  for (let changed = true; changed; ) {
    changed = false;
    const atVacancy: number[][] = [], atRanker: number[][] = [], firsts: number[][] = [];
    for (let s = 0; s < book.learners.length; s++) {
      const row = Array.from({ length: book.start[s + 1]! - book.start[s]! }, (_, i) => book.start[s]! + i).filter((k) => keep[k] === 1);
      const met = new Map(row.map((k) => [book.ranker[book.entry[k]!]!, book.rank[k]!]));
      for (const k of row) push(atVacancy, book.entry[k]!, book.rank[k]!);
      for (const [l, r] of met) push(atRanker, l, r);
      const best = row.filter((k) => !row.some((j) => book.level[j]! < book.level[k]!));
      if (best.length === 1) push(firsts, book.entry[best[0]!]!, book.rank[best[0]!]!);
    }
    for (const lists of [atVacancy, atRanker, firsts]) lists.forEach(ascending);
    const fits = (list: number[] | undefined, room: number, rank: number): boolean => (list?.[room] ?? Infinity) > rank;
    for (let s = 0; s < book.learners.length; s++) {
      let sure = Infinity;
      for (let k = book.start[s]!; k < book.start[s + 1]!; k++) {
        const p = book.entry[k]!, l = book.ranker[p]!;
        if (keep[k] === 1 && fits(atVacancy[p], book.capacity[p]!, book.rank[k]!) && fits(atRanker[l], book.rankerCapacity[l]!, book.rank[k]!)) sure = Math.min(sure, book.level[k]!);
      }
      for (let k = book.start[s]!; k < book.start[s + 1]!; k++) {
        const p = book.entry[k]!;
        if (keep[k] === 0 || !(book.level[k]! > sure || book.rank[k]! > (firsts[p]?.[book.capacity[p]! - 1] ?? Infinity))) continue;
        keep[k] = 0;
        changed = true;
      }
    }
  }
  return keep;
}

/** Prices prove their bound if every pair that can matter costs at least 1: then the placed pay no less than their number. */
function checkProof(instance: MatchingInstance, book: Book, proof: BoundProof, place: string, report: Report): void {
  if (proof.kind === 'solver') return;
  const quota = new Map([...instance.vacancies, ...(book.twoLevel ? (instance.employers ?? []) : [])].map((o) => [o.id, o.lowerQuota ?? 0]));
  const lockedAt = (l: number): number => book.locked.reduce((n, count, p) => n + (book.ranker[p] === l ? count : 0), 0);
  const price = (of: Readonly<Record<string, number>>, ids: readonly string[]): Float64Array => { const given = new Map(Object.entries(of)); return Float64Array.from(ids, (id) => given.get(id) ?? 0); };
  const [learner, vacancy, employer] = [price(proof.learners, book.learners), price(proof.vacancies, book.vacancies), price(proof.employers, book.twoLevel ? book.rankers : [])];
  const worth = (prices: Float64Array, ids: readonly string[], capacity: Int32Array, locked: (i: number) => number): number =>
    prices.reduce((sum, y, i) => sum + (y > 0 ? y * Math.max(0, capacity[i]!) : y < 0 ? y * Math.max(0, quota.get(ids[i]!)! - locked(i)) : 0), 0);
  if (learner.some((y) => y < 0)) report(place, 'bound', 'a learner has a negative price');
  const bound = learner.reduce((a, b) => a + b, 0) + worth(vacancy, book.vacancies, book.capacity, (p) => book.locked[p]!) + worth(employer, book.rankers, book.rankerCapacity, lockedAt) + book.lockOf.size;
  if (bound !== proof.bound) report(place, 'bound', `the prices are worth ${bound}, not ${proof.bound}`);
  const matters = proof.reduced ? possible(book) : null;
  for (let s = 0; s < book.learners.length; s++) for (let k = book.start[s]!; k < book.start[s + 1]!; k++) {
    const p = book.entry[k]!;
    if (matters?.[k] === 0 || learner[s]! + vacancy[p]! + (employer[book.ranker[p]!] ?? 0) >= 1) continue;
    return report(place, 'bound', `the prices miss ${text(book.learners[s])} at ${text(book.vacancies[p])}`);
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
