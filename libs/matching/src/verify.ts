// The independent checker, whole. Shares no module with the solvers (types are erased): own reading, hash text, lottery, definitions, replay.
import type { Digest, InstanceLearner, MatchingInstance } from './instance.js';
import type { BoundProof, CertificateRow, LockBlockingPair, Reason, SolveResult, Stability, Verdict, Violation } from './result.js';

/**
 * Pairs as rows of learners, best first: those of learner s are start[s] .. start[s+1]-1. Smaller `level` (hers) and `rank` (at whoever ranks) are
 * better, equal is a tie. Owners of openings are the vacancies, then whoever ranks: the employers, or each vacancy once more as its own employer.
 * `ranker` is the owner who ranks for a vacancy; `capacity` is of owners.
 */
export type CheckRows = Readonly<Record<'start' | 'entry' | 'level' | 'rank' | 'ranker' | 'capacity', Int32Array>>;
type Report = (place: string, code: string, message: string) => void;
type Draw = (kind: 'e' | 'l', ranker: string, ranked: string) => number;

const WORST = 0x7fff_ffff; // no place, or a place off the lists
const own = <T>(of: Readonly<Record<string, T>> | undefined, id: string): T | undefined => (of && Object.hasOwn(of, id) ? of[id] : undefined);
const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);
const sortedBy = <T>(list: readonly T[], key: (item: T) => string): T[] => {
  const keyed = list.map((item) => ({ item, key: key(item) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ item }) => item);
};
const byId = <T extends { id: string }>(list: readonly T[] = []): T[] => sortedBy(list, ({ id }) => id);
const indexOf = (list: readonly { id: string }[]): Map<string, number> => new Map(list.map(({ id }, i) => [id, i]));

/** Compact JSON with sorted keys. With `sets`, lists (not lists of lists) are sorted too: objects by id, or by their own text. */
function text(value: unknown, sets = false): string {
  if (Array.isArray(value)) {
    const key = (item: unknown): string => (typeof item === 'string' ? item : ((item as { id?: string }).id ?? text(item)));
    return `[${(sets && !value.some(Array.isArray) ? sortedBy(value, key) : value).map((item) => text(item, sets)).join(',')}]`;
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, v]) => v !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([k, v]) => `${JSON.stringify(k)}:${text(v, sets)}`).join(',')}}`;
}

/** The owners of an opening at vacancy p; nobody for no vacancy (-1). */
const ownersOf = (ranker: Int32Array, p: number): number[] => (p < 0 ? [] : [p, ranker[p]!]);

/**
 * Mutually acceptable pairs in integers. Locked learners list their place alone and stand first there; or, in the market as if nothing were
 * `locked`, where they are ranked, off the lists last. Beside the rows: the learner of each pair, ids, locks, ranks as listed, rules.
 */
function read(instance: MatchingInstance, locked = true) {
  const { family, locks = [], ineligible = [] } = instance, off = locked ? 0 : WORST;
  const [learners, vacancies] = [byId(instance.learners), byId(instance.vacancies)];
  const employersRank = family.startsWith('SPA') || (family === 'RERUN' && vacancies.length > 0 && vacancies.every((v) => !v.preferences));
  const rankers = employersRank ? byId(instance.employers) : vacancies, owners = [...vacancies, ...rankers];
  const [vacancyAt, rankerAt] = [indexOf(vacancies), indexOf(rankers)];
  const ranker = Int32Array.from(vacancies, ({ id, employer = '' }) => vacancies.length + rankerAt.get(employersRank ? employer : id)!);
  const lists = owners.map(({ preferences = [] }) => new Map(preferences.flatMap((tie, g) => tie.map((id) => [id, g + 1] as const))));
  const rules = new Map(ineligible.map((v) => [text([v.learner, v.vacancy]), v.rule]));
  const ruleOf = (learner: string, vacancy: string): string | undefined => (rules.size === 0 ? undefined : rules.get(text([learner, vacancy])));
  const rankAt = (vacancy: string, learner: string): number | undefined => {
    const list = lists[ranker[vacancyAt.get(vacancy) ?? -1] ?? -1];
    if (list === undefined || ruleOf(learner, vacancy) !== undefined) return undefined;
    return family === 'SPA-LQ-one-sided' && list.size === 0 ? 1 : list.get(learner);
  };
  const lockOf = new Map(locks.map((lock) => [lock.learner, lock]));
  const locksAt = owners.map((): string[] => []);
  for (const lock of sortedBy(locks, ({ name }) => name)) for (const o of ownersOf(ranker, vacancyAt.get(lock.vacancy)!)) locksAt[o]!.push(lock.name);
  const start = new Int32Array(learners.length + 1), pairs: { s: number; p: number; level: number; rank: number }[] = [];
  learners.forEach(({ id, preferences }, s) => {
    const place = vacancyAt.get(lockOf.get(id)?.vacancy ?? '');
    if (place === undefined || !locked) preferences.forEach((tie, g) => [...tie].sort().forEach((vacancy) => {
      const rank = rankAt(vacancy, id);
      if (rank !== undefined) pairs.push({ s, p: vacancyAt.get(vacancy)!, level: g + 1, rank });
    }));
    if (place !== undefined && !pairs.slice(start[s]).some(({ p }) => p === place)) pairs.push({ s, p: place, level: off, rank: off });
    start[s + 1] = pairs.length;
  });
  const column = (of: 's' | 'p' | 'level' | 'rank'): Int32Array => Int32Array.from(pairs, (pair) => pair[of]);
  return {
    start, entry: column('p'), level: column('level'), rank: column('rank'), ranker, capacity: Int32Array.from(owners, ({ capacity }) => capacity),
    learner: column('s'), learners: learners.map(({ id }) => id), owners, employersRank, vacancyAt, lockOf, locksAt, rankAt, ruleOf,
  };
}
type Book = ReturnType<typeof read>;

/** Blocking pairs [learner, pair] of an assignment (pair held by each learner, -1 none), at most `limit`. O(total length of the lists). */
export function checkStable(rows: CheckRows, held: Int32Array, notion: Stability, limit: number): [number, number][] {
  const { start, entry, level, rank, ranker, capacity } = rows;
  const filled = new Int32Array(capacity.length), worst = new Int32Array(capacity.length);
  const take = (o: number, r: number): void => { filled[o]!++; if (r > worst[o]!) worst[o] = r; };
  for (let s = 0; s < held.length; s++) {
    const k = held[s]!;
    if (k < 0) continue;
    take(entry[k]!, rank[k]!);
    take(ranker[entry[k]!]!, rank[k]!);
  }
  // What a newcomer at p must beat: nobody where there is room at both, else the worst she could replace; none where there is no opening.
  const least = (o: number, room: number): number => (filled[o]! < capacity[o]! ? room : capacity[o]! > 0 ? worst[o]! : -1);
  const bar = ranker.map((l, p) => least(p, least(l, WORST))), roomOf = ranker.map((l, p) => (filled[p]! < capacity[p]! ? l : -2));
  const found: [number, number][] = [], weak = notion === 'weak', strong = notion === 'strong';
  for (let s = 0; s < held.length; s++) {
    const own = held[s]!, end = start[s + 1]!;
    const mine = own < 0 ? WORST : level[own]!, boss = own < 0 ? -1 : ranker[entry[own]!]!;
    for (let k = start[s]!; k < end; k++) {
      const wish = level[k]!, p = entry[k]!;
      if (wish > mine || (weak && wish === mine)) break;
      const indifferent = strong && wish === mine, moves = roomOf[p] === boss;
      const beats = weak || indifferent ? rank[k]! < bar[p]! : rank[k]! <= bar[p]!;
      if ((indifferent ? beats && !moves : beats || moves) && k !== own && found.push([s, k]) >= limit) return found;
    }
  }
  return found;
}

/** The pair of her row by which each learner has her place; -1 where she has none, or it is not on the row. */
const pairsHeld = ({ entry, start }: CheckRows, places: readonly number[]): Int32Array =>
  Int32Array.from(places, (p, s) => entry.subarray(0, start[s + 1]).indexOf(p, start[s]));

/** The same rows with ties broken by numbers, drawn for actual ties only, then by id: levels and ranks are places in one order of all. */
function strictRows(book: Book, draw: Draw): Book {
  const { entry, rank, level, learner, learners, owners, ranker } = book, place = new Int32Array(rank.length);
  const inOrder = (group: Int32Array, tie: Int32Array, member: Int32Array, number: (k: number) => number): Int32Array =>
    Int32Array.from(group.keys()).sort((a, b) => group[a]! - group[b]! || tie[a]! - tie[b]! ||
      (member[a] === member[b] ? 0 : number(a) - number(b) || member[a]! - member[b]!));
  const atRanker = inOrder(entry.map((p) => ranker[p]!), rank, learner, (k) => draw('e', owners[ranker[entry[k]!]!]!.id, learners[learner[k]!]!));
  const atLearner = inOrder(learner, level, entry, (k) => draw('l', learners[learner[k]!]!, owners[entry[k]!]!.id));
  atRanker.forEach((k, i) => { place[k] = i + 1; });
  return { ...book, entry: atLearner.map((k) => entry[k]!), rank: atLearner.map((k) => place[k]!), level: atLearner.map((_, i) => i + 1) };
}

/** Learner-proposing deferred acceptance on strict rows, written for reading: who has an opening stands on each owner's list, worst last. */
function replay({ start, entry, rank, ranker, capacity, learner }: Book): Int32Array {
  const next = start.slice(0, -1), held = new Int32Array(next.length).fill(-1);
  const seated = Array.from(capacity, (): number[] => []), free = [...next.keys()];
  for (let s = free.pop(); s !== undefined; s = free.pop()) {
    const k = next[s]!++;
    if (k >= start[s + 1]!) continue;
    held[s] = k;
    for (const o of ownersOf(ranker, entry[k]!)) seated[o]!.splice(seated[o]!.findLastIndex((j) => rank[j]! < rank[k]!) + 1, 0, k);
    const out = ownersOf(ranker, entry[k]!).map((o) => (seated[o]!.length > capacity[o]! ? seated[o]!.at(-1)! : -1)).find((j) => j >= 0);
    if (out === undefined) continue;
    for (const o of ownersOf(ranker, entry[out]!)) seated[o]!.splice(seated[o]!.lastIndexOf(out), 1);
    held[learner[out]!] = -1;
    free.push(learner[out]!);
  }
  return held;
}

/** Pairs some stable matching might hold, by the two rules of the guide ("Pairs that cannot matter"), repeated to the end. */
function possible({ entry, level, rank, ranker, capacity, learner, learners }: Book, open: (k: number) => boolean): Set<number> {
  const owners = (k: number): number[] => ownersOf(ranker, entry[k]!);
  let rows = learners.map((): number[] => []), before = Infinity;
  entry.forEach((_, k) => { if (rank[k] === 0 || open(k)) rows[learner[k]!]!.push(k); });
  for (let left = rows.flat().length; left < before; [before, left] = [left, rows.flat().length]) {
    const comers = Array.from(capacity, (): number[] => []), firsts = Array.from(ranker, (): number[] => []);
    for (const row of rows) {
      for (const [o, r] of new Map(row.flatMap((k) => owners(k).map((owner) => [owner, rank[k]!])))) comers[o]!.push(r);
      const [best, second] = row;
      if (best !== undefined && (second === undefined || level[second]! > level[best]!)) firsts[entry[best]!]!.push(rank[best]!);
    }
    for (const list of [...comers, ...firsts]) list.sort((a, b) => a - b);
    const fits = (k: number): boolean => owners(k).every((o) => (comers[o]![capacity[o]!] ?? Infinity) > rank[k]!);
    rows = rows.map((row) => {
      const sure = row.find(fits), worst = sure === undefined ? Infinity : level[sure]!;
      return row.filter((k) => level[k]! <= worst && rank[k]! <= (firsts[entry[k]!]![capacity[entry[k]!]! - 1] ?? Infinity));
    });
  }
  return new Set(rows.flat());
}

/** Prices prove their bound if every pair that can matter costs at least 1: then the placed pay no less than their number. */
function checkProof(book: Book, proof: BoundProof, report: (message: string) => void): void {
  if (proof.kind === 'solver') return;
  const { owners, learners, ranker, entry, learner, lockOf, locksAt } = book;
  const ids = owners.map(({ id }) => id), hers = Float64Array.from(learners, (id) => own(proof.learners, id) ?? 0);
  const theirs = Float64Array.from(ids, (id, o) => own(o < ranker.length ? proof.vacancies : proof.employers, id) ?? 0);
  const openings = (y: number, o: number): number => Math.max(0, (y > 0 ? owners[o]!.capacity : (owners[o]!.lowerQuota ?? 0)) - locksAt[o]!.length);
  const bound = sum(hers) + sum(theirs.map((y, o) => y * openings(y, o))) + lockOf.size;
  if (hers.some((y) => y < 0)) report('a learner has a negative price');
  if (bound !== proof.bound) report(`the prices are worth ${bound}, not ${proof.bound}`);
  const matters = proof.reduced ? possible(book, (k) => ownersOf(ranker, entry[k]!).every((o) => openings(1, o) > 0)) : null;
  const cost = (k: number): number => hers[learner[k]!]! + sum(ownersOf(ranker, entry[k]!).map((o) => theirs[o]!));
  const missed = entry.findIndex((_, k) => book.rank[k] !== 0 && matters?.has(k) !== false && !(cost(k) >= 1));
  if (missed >= 0) report(`the prices miss ${text(learners[learner[missed]!])} at ${text(ids[entry[missed]!])}`);
}

/** Openings taken at each owner, and the last one in among those not locked, with her number where one was drawn. */
function certificateRows(book: Book, places: readonly number[], order: Book, drawn: ReadonlyMap<string, number>): CertificateRow[] {
  const held = pairsHeld(order, places), seated = book.owners.map((): number[] => []);
  places.forEach((p, s) => ownersOf(book.ranker, p).forEach((o) => seated[o]!.push(held[s]!)));
  return book.owners.map(({ id, capacity, lowerQuota }, o) => {
    const last = seated[o]!.reduce((a, b) => (a < 0 || (b >= 0 && order.rank[b]! > order.rank[a]!) ? b : a), -1);
    const name = book.learners[order.learner[last] ?? -1] ?? '', p = order.entry[last] ?? -1;
    const lottery = drawn.get(text(['e', book.owners[book.ranker[p] ?? -1]?.id, name])) ?? null;
    const cutOff = last < 0 || book.lockOf.has(name) ? null : { rank: book.rankAt(book.owners[p]!.id, name)!, lottery };
    return { id, capacity, filled: seated[o]!.length, locked: book.locksAt[o]!.length || undefined, lowerQuota, cutOff };
  });
}

/** The pairs that would rather have each other but for locks, in the market as if nothing were locked. */
function keptApart(free: Book, places: readonly number[]): LockBlockingPair[] {
  const held = pairsHeld(free, places), locked = free.learners.flatMap((id, t) => (free.lockOf.has(id) ? [{ t, ...free.lockOf.get(id)! }] : []));
  return checkStable(free, held, 'weak', Infinity).map(([s, k]) => {
    const p = free.entry[k]!, own = free.lockOf.get(free.learners[s]!);
    const worse = locked.filter(({ t }) => free.ranker[places[t]!] === free.ranker[p] && free.rank[held[t]!]! > free.rank[k]!);
    return { learner: free.learners[s]!, vacancy: free.owners[p]!.id, locks: (own ? [own] : worse).map(({ name }) => name).sort() };
  });
}

const rankIn = ({ preferences }: InstanceLearner, place?: string | null): number => (place ? preferences.findIndex((tie) => tie.includes(place)) + 1 : 0);
/** One reason for each entry strictly preferred to the outcome, from lists and certificate rows; learners without any are left out. */
function reasonsDue(instance: MatchingInstance, result: SolveResult, book: Book, rows: CertificateRow[], draw: Draw): Record<string, Reason[]> {
  const why = (learner: string, vacancy: string): object => {
    const p = book.vacancyAt.get(vacancy), rule = book.ruleOf(learner, vacancy), lock = book.lockOf.get(learner);
    if (p === undefined) return { kind: 'not-declared' };
    if (rule !== undefined) return { kind: 'not-eligible', rule };
    if (lock !== undefined) return { kind: 'locked', locks: [lock.name] };
    const yourRank = book.rankAt(vacancy, learner);
    if (yourRank === undefined) return { kind: 'not-listed' };
    for (const o of ownersOf(book.ranker, p)) {
      const { filled, capacity, cutOff } = rows[o]!, at = o === p ? 'vacancy' : 'employer';
      if (filled < capacity) continue;
      if (cutOff === null && book.locksAt[o]!.length > 0) return { kind: 'locked', locks: book.locksAt[o] };
      if (cutOff === null || result.mode === 'score' || yourRank > cutOff.rank) return { kind: `${at}-full`, lastRank: cutOff?.rank ?? null, yourRank };
      if (yourRank < cutOff.rank) continue;
      if (!result.certificate.lottery.decides) return { kind: 'tie', at, tiedRank: yourRank };
      const yourNumber = draw('e', book.owners[book.ranker[p]!]!.id, learner), lastNumber = cutOff.lottery;
      if (lastNumber !== null && yourNumber >= lastNumber) return { kind: 'lottery', at, tiedRank: yourRank, lastNumber, yourNumber };
    }
    return { kind: 'objective' };
  };
  const all = instance.learners.map((one) => {
    const rank = rankIn(one, result.matching?.[one.id]), preferred = one.preferences.slice(0, rank === 0 ? undefined : rank - 1);
    return [one.id, preferred.flatMap((tie, g) => [...tie].sort().map((vacancy) => ({ vacancy, rank: g + 1, ...why(one.id, vacancy) }) as Reason))] as const;
  });
  return Object.fromEntries(all.filter(([, reasons]) => reasons.length > 0));
}

/** What the result must be, given what it leaves open: mode, seed, and where no theorem names the outcome, the outcome. */
function due(instance: MatchingInstance, result: SolveResult, digest: Digest, report: Report): SolveResult {
  const { mode, objective, certificate: cert } = result, { seed = cert.lottery.seed, commitment } = instance.lottery ?? {};
  const { title: _title, tags: _tags, notes: _notes, source: _source, change: _change, ...deciding } = instance, { proofs = [] } = cert;
  const placed = result.status === 'solved' || result.matching !== null;
  const decides = mode === 'learner-optimal' || mode === 'employer-optimal' || (placed && cert.lottery.decides);
  const stability = !placed ? result.stability : mode === 'score' ? null : decides ? 'weak' : (result.stability ?? 'weak');
  const certificate = { ...cert, instanceHash: digest(text(deciding, true)), mode, stability, objective, lottery: { seed, commitment, decides } };
  if (!placed) return { ...result, id: instance.id, certificate };
  const book = read(instance), given = new Map(Object.entries(result.matching ?? {})), drawn = new Map<string, number>();
  const places = book.learners.map((id) => book.vacancyAt.get(book.lockOf.get(id)?.vacancy ?? given.get(id) ?? '') ?? -1);
  const [name, id] = [(s: number): string => text(book.learners[s]), (o: number): string => book.owners[o]!.id];
  const draw: Draw = (...parts) => {
    const key = text(parts);
    if (!drawn.has(key)) drawn.set(key, Number(BigInt(`0x${digest(`${cert.lottery.seed}|${parts.join('|')}`).slice(0, 14)}`) >> 3n));
    return drawn.get(key)!;
  };
  const order = decides ? strictRows(book, draw) : book, held = pairsHeld(order, places), outcome = mode === 'learner-optimal' ? replay(order) : held;
  for (const [s, k] of stability === null ? [] : checkStable(order, held, stability, 20))
    report(`matching[${name(s)}]`, 'blocking-pair', `${name(s)} and ${text(id(order.entry[k]!))} would both rather have each other (${stability})`);
  const rows = certificateRows(book, places, order, drawn), vacancies = rows.slice(0, book.ranker.length);
  const employers = book.employersRank ? rows.slice(book.ranker.length) : undefined;
  for (const [level, list = []] of Object.entries({ vacancies, employers })) list.forEach(({ filled, capacity, lowerQuota = 0 }, i) => {
    if (filled > capacity) report(`certificate.${level}[${i}]`, 'over-capacity', `${filled} are placed in ${capacity} openings`);
    if (mode === 'score' && filled < lowerQuota) report(`certificate.${level}[${i}]`, 'below-quota', `${filled} are placed, the lower quota is ${lowerQuota}`);
  });
  const provenOf = (of: string): number[] => proofs.filter((proof) => (proof.kind === 'solver' ? proof.of : 'size') === of).map(({ bound }) => bound);
  proofs.forEach((proof, i) => checkProof(book, proof, (message) => report(`certificate.proofs[${i}]`, 'bound', message)));
  const ranks = instance.learners.map((one) => rankIn(one, given.get(one.id)));
  const profile = new Array<number>(ranks.reduce((a, b) => Math.max(a, b), 0)).fill(0);
  for (const rank of ranks) if (rank > 0) profile[rank - 1]!++;
  const size = places.filter((p) => p >= 0).length;
  const changed = book.learners.filter((learner) => (given.get(learner) ?? null) !== (own(instance.previousMatching, learner) ?? null)).length;
  if (Math.min(...provenOf('size')) < size || Math.max(...provenOf('changed')) > changed) report('certificate.proofs', 'bound', 'the matching itself refutes a bound');
  return {
    ...result, id: instance.id, stability, size, cost: sum(ranks), profile, changed: mode === 'rerun' ? changed : undefined,
    bound: result.bound === null ? null : Math.min(...provenOf('size')),
    changedBound: result.changedBound === undefined ? undefined : Math.max(...provenOf('changed')),
    matching: Object.fromEntries(book.learners.map((learner, s) => [learner, outcome[s]! < 0 ? null : id(order.entry[outcome[s]!]!)])),
    reasons: result.reasons && reasonsDue(instance, result, book, rows, draw),
    certificate: { ...certificate, vacancies, employers, lockBlocking: book.lockOf.size > 0 ? keptApart(read(instance, false), places) : undefined },
  };
}

/** How many steps down a difference is traced to its place; what lies deeper is compared whole. */
const DEPTH: Readonly<Record<string, number>> = { '': 1, matching: 1, certificate: 3, reasons: 2 };
function compare(told: unknown, must: unknown, place: string, report: Report, depth = DEPTH[place] ?? 0): void {
  if (text(told) === text(must)) return;
  const shapes = [told, must].map((value) => (Array.isArray(value) ? value.length : value !== null && typeof value === 'object' ? 'object' : null));
  if (depth === 0 || shapes[0] === null || shapes[0] !== shapes[1]) return report(place, 'differs', `is ${text(told)}, must be ${text(must)}`);
  const [a, b] = [told, must] as [Record<string, unknown>, Record<string, unknown>];
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const step = Array.isArray(must) ? `[${key}]` : place === 'matching' || place === 'reasons' ? `[${text(key)}]` : place === '' ? key : `.${key}`;
    compare(a[key], b[key], place + step, report, place === '' ? undefined : depth - 1);
  }
}

/**
 * Recomputes all that a result claims, down to each reason. Never throws: what is malformed is a violation too. The instance must have passed parseInstance.
 */
export function verifyResult(instance: MatchingInstance, result: SolveResult, digest: Digest): Verdict {
  const violations: Violation[] = [];
  const report: Report = (place, code, message) => { if (violations.length < 100) violations.push({ place, code, message }); };
  try {
    compare(result, due(instance, result, digest, report), '', report);
  } catch (error) {
    report('result', 'malformed', `the result could not be read: ${(error as Error).message}`);
  }
  return { ok: violations.length === 0, violations };
}
