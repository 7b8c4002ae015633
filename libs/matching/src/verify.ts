// The independent checker, whole. Shares no module with the solvers (types are erased): own reading, hash text, lottery, definitions, replay.
import type { Digest, InstanceGroup, InstanceLearner, MatchingInstance } from './instance.js';
import type { BoundProof, CertificateRow, LockBlockingPair, Objective, Reason, SolveResult, Stability, Verdict, Violation } from './result.js';

/** Pairs as rows of learners, best first: those of learner s are start[s] .. start[s+1]-1. Smaller `level` (hers) and `rank` (at whoever ranks) are better,
 * equal is a tie. Owners of openings, with a `capacity`: the vacancies, then the employers, or each vacancy once more. `ranker`: the owner who ranks for a vacancy. */
export type CheckRows = Readonly<Record<'start' | 'entry' | 'level' | 'rank' | 'ranker' | 'capacity', Int32Array>>;
type Report = (place: string, code: string, message: string) => void;
type PriceProof = Extract<BoundProof, { kind: 'prices' }>;
type Draw = (kind: 'e' | 'l', ranker: string, ranked: string) => number;

const WORST = 0x7fff_ffff, FORMAT = 'placement-matching-certificate/1' as const; // the rank of a place off the lists; of what is checked
const own = <T>(of: Readonly<Record<string, T>> | undefined, id: string): T | undefined => (of && Object.hasOwn(of, id) ? of[id] : undefined);
const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);
const greatest = (values: Iterable<number>): number => [...values].reduce((a, b) => Math.max(a, b), 0);
const sortedBy = <T>(list: readonly T[], key: (item: T) => string): T[] =>
  list.map((item) => [key(item), item] as const).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, item]) => item);
const byId = <T extends { id: string }>(list: readonly T[] = []): T[] => sortedBy(list, ({ id }) => id);
const indexOf = (list: readonly { id: string }[]): Map<string, number> => new Map(list.map(({ id }, i) => [id, i]));

/** Compact JSON with sorted keys. With `sets`, lists (not lists of lists) are sorted too: objects by id, or by their own text. */
function text(value: unknown, sets = false): string {
  const key = (item: unknown): string => (typeof item === 'string' ? item : ((item as { id?: string }).id ?? text(item)));
  if (Array.isArray(value)) return `[${(sets && !value.some(Array.isArray) ? sortedBy(value, key) : value).map((item) => text(item, sets)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return `{${sortedBy(Object.entries(value), ([k]) => k).filter(([, v]) => v !== undefined).map(([k, v]) => `${JSON.stringify(k)}:${text(v, sets)}`).join(',')}}`;
}

/** The owners of an opening at vacancy p; nobody for no vacancy (-1). */
const ownersOf = (ranker: Int32Array, p: number): number[] => (p < 0 ? [] : [p, ranker[p]!]);
/** The pair of her row by which each learner has her place; -1 where she has none, or it is not on the row. */
const pairsHeld = ({ entry, start }: CheckRows, places: readonly number[]): Int32Array =>
  Int32Array.from(places, (p, s) => entry.subarray(0, start[s + 1]).indexOf(p, start[s]));

/** Mutually acceptable pairs in integers. Locked learners list their place alone and stand first there; or, in the market as if nothing were `locked`,
 * where they are ranked, off the lists last. Beside the rows: the learner of each pair, ids, locks, ranks as listed, rules. */
function read(instance: MatchingInstance, locked = true) {
  const { family, locks = [], ineligible = [] } = instance, learners = byId(instance.learners), vacancies = byId(instance.vacancies);
  const employersRank = family.startsWith('SPA') || (family === 'RERUN' && vacancies.length > 0 && vacancies.every((v) => !v.preferences));
  const rankers = employersRank ? byId(instance.employers) : vacancies, owners = [...vacancies, ...rankers];
  const vacancyAt = indexOf(vacancies), rankerAt = indexOf(rankers), lockOf = new Map(locks.map((l) => [l.learner, l])), locksAt = owners.map((): string[] => []);
  const ranker = Int32Array.from(vacancies, ({ id, employer = '' }) => vacancies.length + rankerAt.get(employersRank ? employer : id)!);
  const lists = owners.map(({ preferences = [] }) => new Map(preferences.flatMap((tie, g) => tie.map((id) => [id, g + 1] as const))));
  const rules = new Map(ineligible.map((v) => [text([v.learner, v.vacancy]), v.rule]));
  const ruleOf = (learner: string, vacancy: string): string | undefined => (rules.size === 0 ? undefined : rules.get(text([learner, vacancy])));
  const rankAt = (vacancy: string, learner: string): number | undefined => {
    const list = ruleOf(learner, vacancy) === undefined ? lists[ranker[vacancyAt.get(vacancy) ?? -1] ?? -1] : undefined;
    return family === 'SPA-LQ-one-sided' && list?.size === 0 ? 1 : list?.get(learner);
  };
  for (const lock of sortedBy(locks, ({ name }) => name)) for (const o of ownersOf(ranker, vacancyAt.get(lock.vacancy)!)) locksAt[o]!.push(lock.name);
  const start = new Int32Array(learners.length + 1), pairs: { s: number; p: number; level: number; rank: number }[] = [];
  learners.forEach(({ id, preferences }, s) => {
    const place = vacancyAt.get(lockOf.get(id)?.vacancy ?? '');
    if (place === undefined || !locked) preferences.forEach((tie, g) => [...tie].sort().forEach((vacancy) => {
      const rank = rankAt(vacancy, id);
      if (rank !== undefined) pairs.push({ s, p: vacancyAt.get(vacancy)!, level: g + 1, rank });
    }));
    if (place !== undefined && !pairs.slice(start[s]).some(({ p }) => p === place)) pairs.push({ s, p: place, level: locked ? 0 : WORST, rank: locked ? 0 : WORST });
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
  const { start, entry, level, rank, ranker, capacity } = rows, filled = new Int32Array(capacity.length), worst = new Int32Array(capacity.length);
  for (let s = 0; s < held.length; s++) {
    const k = held[s]!;
    if (k < 0) continue;
    const p = entry[k]!, l = ranker[p]!, r = rank[k]!;
    filled[p]!++; filled[l]!++;
    worst[p] = Math.max(worst[p]!, r); worst[l] = Math.max(worst[l]!, r);
  }
  // The last rank that gets in at p: any where there is room at both, else that of the worst who could be replaced; none where there is no opening.
  const bar = new Int32Array(ranker.length), roomOf = new Int32Array(ranker.length), found: [number, number][] = [], weak = notion === 'weak';
  for (let p = 0; p < bar.length; p++) {
    const l = ranker[p]!, full = filled[p]! >= capacity[p]!, o = full ? p : l;
    bar[p] = !full && filled[l]! < capacity[l]! ? WORST : capacity[o]! > 0 ? worst[o]! - (weak ? 1 : 0) : -1;
    roomOf[p] = full ? -2 : l;
  }
  for (let s = 0; s < held.length; s++) {
    const own = held[s]!, boss = own < 0 ? -1 : ranker[entry[own]!]!, end = weak && own >= 0 ? own : start[s + 1]!;
    for (let k = start[s]!; k < end; k++) {
      const p = entry[k]!, moves = roomOf[p] === boss;
      if ((rank[k]! > bar[p]! && !moves) || k === own) continue;
      const wish = own < 0 ? -1 : level[k]! - level[own]!, wins = !moves && (rank[k]! < bar[p]! || bar[p] === WORST);
      if ((wish < 0 || (wish === 0 && (notion === 'super' || (notion === 'strong' && wins)))) && found.push([s, k]) >= limit) return found;
    }
  }
  return found;
}

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
  const next = start.slice(0, -1), held = new Int32Array(next.length).fill(-1), seated = Array.from(capacity, (): number[] => []), free = [...next.keys()];
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
function possible({ entry, level, rank, ranker, capacity, learner, learners, locksAt }: Book): Set<number> {
  const owners = (k: number): number[] => ownersOf(ranker, entry[k]!);
  let rows = learners.map((): number[] => []), before = Infinity;
  entry.forEach((_, k) => { if (rank[k] === 0 || owners(k).every((o) => capacity[o]! > locksAt[o]!.length)) rows[learner[k]!]!.push(k); });
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

/** Numbers compared at the first that differs: whole, of any size, so that sums are exact. */
type Terms = readonly bigint[];
const plus = (a: Terms, b: Terms, times: number): bigint[] => a.map((x, i) => x + BigInt(times) * b[i]!);
const sign = (a: Terms): number => Number(a.find((x) => x !== 0n) ?? 0n);

/** What a place of each rank (0: a locked one) is worth: nothing to the quotas, 1 to the size, then what the objective counts; `last`: the worst rank held. */
function gains(objective: Objective, ranks: number, last: number): Terms[] {
  const best = Array.from({ length: ranks }, (_, i) => i + 1), worst = best.slice(1).reverse(), greedy = objective.startsWith('greedy');
  const counted = greedy ? best : objective === 'generous' ? worst : objective === 'size-degree' ? worst.filter((r) => r >= last) : [];
  const cost = (level: number): number[] => (objective === 'size-cost' ? [level] : objective === 'size-squared' ? [level * level] : []);
  const at = (level: number): number[] => [...cost(level), ...counted.map((r) => (r === level ? 1 : 0))].map((x) => (greedy ? x : -x));
  return [0, ...best].map((level) => [0, ...(objective === 'greedy' ? [] : [Math.min(level, 1)]), ...at(level)].map(BigInt));
}

/** What no matching is worth more than, whatever the prices: the placed pay at most all learners' prices (what her dearest pair lacks, at least nothing) and
 * those of all openings, or where a price is negative, of as many as must be filled: the `quotas`, if they are kept; stability, which rules pairs out, is then not asked. */
function ceiling(book: Book, { vacancies, employers, reduced }: PriceProof, worth: Terms[], quotas: boolean): Terms {
  const { owners, learners, ranker, entry, learner, level, rank, locksAt } = book, hers = learners.map(() => worth[0]!), matters = reduced && !quotas ? possible(book) : null;
  const prices = owners.map(({ id }, o) => own(o < ranker.length ? vacancies : employers, id) ?? []).map((told) => worth[0]!.map((_, i) => BigInt(told[i] ?? 0)));
  entry.forEach((p, k) => {
    const s = learner[k]!, lacks = ownersOf(ranker, p).reduce((left, o) => plus(left, prices[o]!, -1), worth[level[k]!]!);
    if (rank[k] !== 0 && matters?.has(k) !== false && sign(plus(lacks, hers[s]!, -1)) > 0) hers[s] = lacks;
  });
  const filled = (y: Terms, o: number): number => (sign(y) > 0 ? owners[o]!.capacity : quotas ? (owners[o]!.lowerQuota ?? 0) : 0) - locksAt[o]!.length;
  return prices.reduce((all, y, o) => plus(all, y, Math.max(0, filled(y, o))), hers.reduce((all, y) => plus(all, y, 1), worth[0]!));
}

/** Openings taken at each owner, and the last one in among those not locked, with her number where one was drawn. */
function certificateRows(book: Book, places: readonly number[], order: Book, drawn: ReadonlyMap<string, number>): CertificateRow[] {
  const held = pairsHeld(order, places), seated = book.owners.map((): number[] => []);
  places.forEach((p, s) => ownersOf(book.ranker, p).forEach((o) => seated[o]!.push(held[s]!)));
  return book.owners.map(({ id, capacity, lowerQuota }, o) => {
    const last = seated[o]!.reduce((a, b) => (a < 0 || (b >= 0 && order.rank[b]! > order.rank[a]!) ? b : a), -1);
    const name = book.learners[order.learner[last] ?? -1] ?? '', p = order.entry[last] ?? -1;
    const drawnAt = text(['e', book.owners[book.ranker[p] ?? -1]?.id, name]), rank = book.rankAt(book.owners[p]?.id ?? '', name)!;
    const cutOff = last < 0 || book.lockOf.has(name) ? null : { rank, lottery: drawn.get(drawnAt) ?? null };
    return { id, capacity, filled: seated[o]!.length, locked: book.locksAt[o]!.length || undefined, lowerQuota, cutOff };
  });
}

/** The pairs that would rather have each other but for locks, in the market as if nothing were locked. */
function keptApart(free: Book, places: readonly number[]): LockBlockingPair[] {
  const held = pairsHeld(free, places), locked = free.learners.flatMap((id, t) => (free.lockOf.has(id) ? [{ t, ...free.lockOf.get(id)! }] : []));
  return checkStable(free, held, 'weak', Infinity).map(([s, k]) => {
    const p = free.entry[k]!, hers = locked.filter(({ t }) => t === s);
    const worse = locked.filter(({ t }) => free.ranker[places[t]!] === free.ranker[p] && free.rank[held[t]!]! > free.rank[k]!);
    return { learner: free.learners[s]!, vacancy: free.owners[p]!.id, locks: (hers.length > 0 ? hers : worse).map(({ name }) => name).sort() };
  });
}

const rankIn = ({ preferences }: InstanceLearner, place?: string | null): number => (place ? preferences.findIndex((tie) => tie.includes(place)) + 1 : 0);
/** One reason for each entry strictly preferred to the outcome, from lists and certificate rows; learners without any are left out. */
function reasonsDue(instance: MatchingInstance, result: SolveResult, book: Book, rows: CertificateRow[], draw: Draw): Record<string, Reason[]> {
  const why = (learner: string, vacancy: string): object => {
    const p = book.vacancyAt.get(vacancy), rule = book.ruleOf(learner, vacancy), lock = book.lockOf.get(learner), yourRank = book.rankAt(vacancy, learner);
    if (p === undefined || rule !== undefined) return p === undefined ? { kind: 'not-declared' } : { kind: 'not-eligible', rule };
    if (lock !== undefined || yourRank === undefined) return lock ? { kind: 'locked', locks: [lock.name] } : { kind: 'not-listed' };
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

/** Openings taken within each group and those below it, and learners of theirs who are placed. */
function groupRows(groups: readonly InstanceGroup[], taken: (vacancy: string) => number, seated: ReadonlySet<string>): { id: string; filled: number }[] {
  const count = ({ vacancies = [], learners = [] }: InstanceGroup): number => sum(vacancies.map(taken)) + learners.filter((s) => seated.has(s)).length;
  const below = (id: string): InstanceGroup[] => groups.filter(({ parent }) => parent === id).flatMap((group) => [group, ...below(group.id)]);
  return byId(groups).map((group) => ({ id: group.id, filled: sum([group, ...below(group.id)].map(count)) }));
}

/** What the result must be, given what it leaves open: mode, seed, the guarantee's words, and where no theorem names the outcome, the outcome. */
function due(instance: MatchingInstance, result: SolveResult, digest: Digest, report: Report): SolveResult {
  const { mode, status, objective, certificate: cert } = result, { seed = cert.lottery.seed, commitment } = instance.lottery ?? {}, { proofs = [] } = cert;
  const { title: _title, tags: _tags, notes: _notes, source: _source, change: _change, ...deciding } = instance;
  const placed = status === 'solved' || result.matching !== null, book = read(instance), locked = book.lockOf.size;
  const decides = mode === 'learner-optimal' || mode === 'employer-optimal' || (placed && mode !== 'score' && cert.lottery.decides);
  const stability = mode === 'score' ? null : decides ? 'weak' : placed ? (result.stability ?? 'weak') : result.stability;
  const base = { ...cert, format: FORMAT, instanceHash: digest(text(deciding, true)), mode, stability, objective, lottery: { seed, commitment, decides } };
  const ends = mode === 'score' ? ['infeasible'] : mode === 'robust' || mode === 'rerun' ? ['limit', stability === 'weak' ? '' : 'none'] : [];
  if (placed ? status !== 'solved' : !ends.includes(status)) report('status', 'status', `${mode} does not end as ${text(status)} here`);
  const given = new Map(Object.entries(result.matching ?? {})), drawn = new Map<string, number>();
  const places = book.learners.map((id) => book.vacancyAt.get(book.lockOf.get(id)?.vacancy ?? given.get(id) ?? '') ?? -1);
  const seated = new Set(book.learners.filter((_, s) => places[s]! >= 0)), size = seated.size, seats = pairsHeld(book, places).filter((k) => k >= 0);
  const worth = gains(objective ?? 'size', greatest(book.level), greatest(seats.map((k) => book.level[k]!)));
  const ceilings = proofs.flatMap((proof) => (proof.kind === 'prices' ? [ceiling(book, proof, worth, mode === 'score')] : []));
  const shown = (terms: Terms): string => terms.map((x) => (objective === 'size-degree' && x < 0n ? -1n : x)).join(); // at the worst rank, how many is not asked
  const value = shown(seats.reduce((all, k) => plus(all, worth[book.level[k]!]!, 1), worth[0]!));
  if (mode === 'score' && !ceilings.some((most) => (placed ? shown(most) === value : most[0]! < 0n)))
    report('certificate.proofs', 'objective', `${placed ? value : 'infeasible'} is claimed, the prices allow ${ceilings.map(shown).join(' or ') || 'anything'}`);
  if (!placed) return { ...result, id: instance.id, size: null, bound: null, cost: null, profile: null, certificate: base };
  const number = (parts: string[]): number => Number(BigInt(`0x${digest(`${cert.lottery.seed}|${parts.join('|')}`).slice(0, 14)}`) >> 3n);
  const draw: Draw = (...parts) => drawn.get(text(parts)) ?? drawn.set(text(parts), number(parts)).get(text(parts))!;
  const order = decides ? strictRows(book, draw) : book, held = pairsHeld(order, places), outcome = mode === 'learner-optimal' ? replay(order) : held;
  for (const [s, k] of stability === null ? [] : checkStable(order, held, stability, 20))
    report(`matching[${text(book.learners[s])}]`, 'blocking-pair', `she and ${text(book.owners[order.entry[k]!]!.id)} would both rather have each other (${stability})`);
  const rows = certificateRows(book, places, order, drawn), vacancies = rows.slice(0, book.ranker.length);
  const employers = book.employersRank ? rows.slice(book.ranker.length) : undefined, lockBlocking = locked ? keptApart(read(instance, false), places) : undefined;
  for (const [level, list = []] of Object.entries({ vacancies, employers }))
    list.forEach(({ filled, capacity }, i) => filled > capacity && report(`certificate.${level}[${i}]`, 'over-capacity', `${filled} in ${capacity} openings`));
  const unmet = [...vacancies, ...(employers ?? [])].filter(({ filled, lowerQuota = 0 }) => filled < lowerQuota).map((row) => row.id);
  if (mode === 'score' && unmet.length > 0) report('certificate.quotasUnmet', 'below-quota', `fewer than the lower quota are placed at ${text(unmet)}`);
  const solver = (of: string): number[] => proofs.flatMap((proof) => (proof.kind === 'solver' && proof.of === of ? [proof.bound] : []));
  const proven = ceilings.map(([pressed, size]) => (pressed === 0n ? Number(size) + locked : Infinity)), most = Math.min(...proven, ...solver('size'));
  const least = Math.max(...solver('changed')), groups = instance.groups && groupRows(instance.groups, (p) => rows[book.vacancyAt.get(p) ?? -1]?.filled ?? 0, seated);
  const ranks = instance.learners.map((one) => rankIn(one, given.get(one.id)));
  const changed = book.learners.filter((learner) => (given.get(learner) ?? null) !== (own(instance.previousMatching, learner) ?? null)).length;
  if ((mode !== 'score' && most < size) || least > changed) report('certificate.proofs', 'bound', 'the matching itself refutes a bound');
  return {
    ...result, id: instance.id, stability, size, cost: sum(ranks), profile: Array.from({ length: greatest(ranks) }, (_, i) => ranks.filter((r) => r === i + 1).length),
    changed: mode === 'rerun' ? changed : undefined, bound: mode === 'score' ? (objective === 'greedy' ? null : size) : result.bound === null ? null : most,
    changedBound: result.changedBound === undefined ? undefined : least, reasons: result.reasons && reasonsDue(instance, result, book, rows, draw),
    matching: Object.fromEntries(book.learners.map((learner, s) => [learner, outcome[s]! < 0 ? null : book.owners[order.entry[outcome[s]!]!]!.id])),
    certificate: { ...base, vacancies, employers, groups, lockBlocking, quotasUnmet: unmet.length ? unmet : undefined },
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

/** Recomputes all that a result claims, down to each reason. Never throws: what is malformed is a violation too. The instance must have passed parseInstance. */
export function verifyResult(instance: MatchingInstance, result: SolveResult, digest: Digest): Verdict {
  const violations: Violation[] = [], report: Report = (...[place, code, message]) => void (violations.length < 100 && violations.push({ place, code, message }));
  try {
    compare(result, due(instance, result, digest, report), '', report);
  } catch (error) {
    report('result', 'malformed', `the result could not be read: ${(error as Error).message}`);
  }
  return { ok: violations.length === 0, violations };
}
