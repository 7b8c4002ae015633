import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { drawScoringReference, Engine, exposureGini, LearnerPool, scorableOver, scorerOver, spread, toScorableVacancy, widerGraph, type ScorableLearner, type ScorableVacancy, type ScoringReference } from '@meriden/scoring';
import type { ReferenceData } from '@meriden/reference';
import { cohort, digest, readReference } from '../../libs/scoring/testing/cohort.js';
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { atLeast, atMost } from './verdict.js';

/**
 * `npm run bench -- scoring [LEARNERS] [VACANCIES]`: the numbers of docs/guide-scoring.md, one JSON line a case and one a goal; exit 1 where a goal that must be
 * met is missed. What is worked off by the million is judged in CPU time, which others' work does not stretch; a single answer is judged by the wall that whoever
 * waits for it sees (its CPU time, told besides, holds the collector's and the compiler's own threads too). `load` says how busy the machine was.
 */
const ASOF = '2026-11-22';
const SEED = 20_261_122;
const TOP = 50;
const WORKERS = 2;
/** Of what is told as a median. */
const REPEATS = 5;

type Line = Readonly<{ case: string; n: number; cpuMs: number; wallMs: number; repeats: number }> & Readonly<Record<string, unknown>>;

function tell(line: Line): void {
  const rssMB = Math.round(process.memoryUsage().rss / 1_048_576);
  process.stdout.write(`${JSON.stringify({ bench: 'scoring', rssMB, ...line, cpuMs: Math.round(line.cpuMs), wallMs: Math.round(line.wallMs) })}\n`);
}

/** Tells how a goal stands; one that must be met and is not ends the run with 1. */
function judge({ missed, ...verdict }: ReturnType<typeof atMost>): void {
  process.stdout.write(`${JSON.stringify({ bench: 'scoring', case: 'goal', ...verdict, load: Math.round((loadavg()[0] as number) * 10) / 10 })}\n`);
  if (missed) process.exitCode = 1;
}

function timed<T>(work: () => T): { value: T; cpuMs: number; wallMs: number } {
  const cpu = process.cpuUsage();
  const wall = performance.now();
  const value = work();
  const used = process.cpuUsage(cpu);
  return { value, cpuMs: (used.user + used.system) / 1000, wallMs: performance.now() - wall };
}

const percentile = (values: number[], p: number): number => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor((p / 100) * values.length))] as number;

/** Sums and percentiles of single questions; CPU is told besides, since others' work stretches a wall. */
function spent(questions: readonly { cpuMs: number; wallMs: number }[]) {
  const wall = questions.map((one) => one.wallMs);
  const cpu = questions.map((one) => one.cpuMs);
  const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);
  return { cpuMs: sum(cpu), wallMs: sum(wall), p50Ms: percentile(wall, 50), p95Ms: percentile(wall, 95), p50CpuMs: percentile(cpu, 50), p95CpuMs: percentile(cpu, 95) };
}

const drawn = new WeakMap<ReferenceData, ScoringReference>();
/** As the service scores: over the taxonomy widened by ESCO. */
function reference(data: ReferenceData): ScoringReference {
  let found = drawn.get(data);
  if (found === undefined) drawn.set(data, (found = drawScoringReference(data, widerGraph(data, readFileSync('libs/scoring/data/skill-graph.tsv', 'utf8')), null)));
  return found;
}

function people(data: ReferenceData, seed: number, count: number): ScorableLearner[] {
  return cohort(data, seed, count, 0, 3).learners.map((learner) => scorableOver(learner, reference(data)));
}
function places(data: ReferenceData, count: number): ScorableVacancy[] {
  return cohort(data, SEED, 0, count, 3).vacancies.map((vacancy) => toScorableVacancy(vacancy));
}

/** Pairs in which no gate shuts, so that every one of them is scored. */
function openPairs(data: ReferenceData, learners: number, vacancies: number): { ls: ScorableLearner[]; vs: ScorableVacancy[] } {
  const ls = people(data, SEED, learners).map((l): ScorableLearner => ({ ...l, programmeKind: 'OTHER', level: 3, requiredHours: null, consentToMatching: true, eighteenOn: '2020-01-01', availability: null, travel: { ...l.travel, maxMinutes: 32_000 } }));
  const entryPointIds = [...new Set(ls.map((l) => l.entryPointId))];
  const vs = places(data, vacancies).map((v): ScorableVacancy => ({
    ...v, programmeKinds: ['OTHER'], levelFrom: 1, levelTo: 8, entryPointIds, fundingRequired: false, pay: 'PAID', startsOn: '2027-03-01', endsOn: '2027-09-30', checksNeeded: [], remoteShare: 0,
  }));
  return { ls, vs };
}

type Share = Readonly<{ counts: { pairs: number; shut: number; bounded: number; scored: number }; kept: number }>;

/** One worker's share of the full product, its people made up beforehand. */
function prepareShare(data: ReferenceData, vacancies: number, learners: number, seed: number): () => Share {
  const vs = places(data, vacancies);
  const ls: ScorableLearner[] = [];
  for (let done = 0; done < learners; done += 5000) for (const learner of people(data, seed + done, Math.min(5000, learners - done))) ls.push({ ...learner, id: `${seed}-${ls.length}` });
  return () => {
    const engine = new Engine(reference(data), vs, { top: TOP, asOf: ASOF, digest });
    const lists = engine.vacancyLists((at) => (ls[at] as ScorableLearner).id);
    let kept = 0;
    ls.forEach((learner, at) => (kept += engine.bestFor(learner, lists, at).length));
    vs.forEach((_, at) => (kept += lists.best(at).length));
    return { counts: engine.counts, kept };
  };
}

async function fullProduct(learners: number, vacancies: number): Promise<void> {
  const workers = Array.from({ length: WORKERS }, (_, i) => new Worker(new URL(import.meta.url), { workerData: { learners: Math.floor(learners / WORKERS), vacancies, seed: SEED + 1_000_000 * (i + 1) } }));
  const heard = () => Promise.all(workers.map((worker) => new Promise<Share>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  })));
  await heard();
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 100);
  const cpu = process.cpuUsage();
  const wall = performance.now();
  for (const worker of workers) worker.postMessage('go');
  const shares = await heard();
  const used = process.cpuUsage(cpu);
  const wallMs = performance.now() - wall;
  clearInterval(watch);
  await Promise.all(workers.map((worker) => worker.terminate()));
  const sum = (name: keyof Share['counts']): number => shares.reduce((total, s) => total + s.counts[name], 0);
  tell({
    case: `full product ${learners}x${vacancies}, top ${TOP} both ways, ${WORKERS} workers`,
    n: sum('pairs'),
    cpuMs: (used.user + used.system) / 1000,
    wallMs,
    rssMB: Math.round(peak / 1_048_576),
    repeats: 1,
    shut: sum('shut'),
    bounded: sum('bounded'),
    scored: sum('scored'),
    kept: shares.reduce((total, s) => total + s.kept, 0),
  });
  // Set for this size; a smaller product says nothing about it.
  if (learners < 100_000 || vacancies < 10_000) return;
  judge(atMost('full product, CPU-s', sum('pairs'), (used.user + used.system) / 1_000_000, { must: 90, ahead: 60 }));
  judge(atMost('full product, s wall with 2 workers', sum('pairs'), wallMs / 1000, { must: 60, ahead: 40 }));
  judge(atMost('full product, peak memory in MB', sum('pairs'), peak / 1_048_576, { must: 1_536, ahead: 1_024 }));
}

async function main(): Promise<void> {
  const learners = Number(process.argv[2] ?? 100_000);
  const vacancies = Number(process.argv[3] ?? 10_000);
  const data = readReference(process.cwd());
  const scorer = scorerOver(reference(data));

  const { ls, vs } = openPairs(data, 2000, 1000);
  const exact = new Engine(reference(data), vs, { top: 1, asOf: ASOF, digest });
  const row = new Int32Array(vs.length);
  const compiled = ls.map((l) => exact.compile(l));
  const speeds: number[] = [];
  // The first compiles the code of the others and is not counted.
  for (let repeat = 0; repeat <= REPEATS; repeat++) {
    const scored = timed(() => {
      let open = 0;
      compiled.forEach((l, i) => {
        exact.row(ls[i] as ScorableLearner, row, l);
        for (let at = 0; at < row.length; at++) if ((row[at] as number) >= 0) open++;
      });
      return open;
    });
    if (repeat === 0) continue;
    tell({ case: 'exact pairs, every gate open, none bounded', n: ls.length * vs.length, ...scored, value: undefined, open: scored.value, repeats: REPEATS, pairsPerCpuSecond: Math.round((ls.length * vs.length * 1000) / scored.cpuMs) });
    speeds.push((ls.length * vs.length * 1000) / scored.cpuMs);
  }
  judge(atLeast(`exact pairs a CPU-second, median of ${REPEATS}`, ls.length * vs.length, percentile(speeds, 50), { must: 2_500_000, ahead: 4_000_000 }));

  // As in a process that has run for a while: code compiled, both sides known.
  for (const l of ls.slice(0, 50)) for (const v of vs.slice(0, 300)) scorer.score(l, v, ASOF);
  const explained = timed(() => {
    let sum = 0;
    for (const l of ls.slice(0, 100)) for (const v of vs.slice(0, 300)) sum += scorer.score(l, v, ASOF).score;
    return sum;
  });
  tell({ case: 'explained pairs, warm', n: 30_000, ...explained, value: undefined, checksum: explained.value, repeats: 1, pairsPerSecond: Math.round(30_000_000 / explained.wallMs), pairsPerCpuSecond: Math.round(30_000_000 / explained.cpuMs) });
  judge(atLeast('explained pairs a CPU-second', 30_000, 30_000_000 / explained.cpuMs, { must: 40_000, ahead: 80_000 }));

  const offered = places(data, vacancies);
  const engine = new Engine(reference(data), offered, { top: 20, asOf: ASOF, digest });
  const some = people(data, SEED + 5, 600);
  const ask = (l: ScorableLearner): number => scorer.suggest(l, engine.bestFor(l).map(({ at }) => offered[at] as ScorableVacancy), { top: 20, asOf: ASOF, digest }).length;
  some.slice(0, 100).forEach(ask);
  for (const v of offered) scorer.gateOnly(some[0] as ScorableLearner, v, ASOF);
  const times = some.slice(100).map((l) => timed(() => ask(l)));
  tell({ case: `one learner of ${vacancies} vacancies, top 20 explained, vacancies known to the scorer`, n: times.length, repeats: times.length, ...spent(times) });
  judge(atMost('one learner, top 20 explained, p95 ms', times.length, spent(times).p95Ms, { must: 5, ahead: 2 }));

  const pool = new LearnerPool(reference(data), people(data, SEED + 9, learners));
  offered.slice(0, 30).forEach((v) => pool.bestFor(v, { top: TOP, asOf: ASOF, digest }));
  const back = offered.slice(30, 330).map((v) => timed(() => pool.bestFor(v, { top: TOP, asOf: ASOF, digest })));
  tell({ case: `one vacancy of ${learners} learners, top ${TOP}`, n: back.length, repeats: back.length, ...spent(back) });
  judge(atMost('one vacancy, top 50, p95 ms', back.length, spent(back).p95Ms, { must: 25, ahead: 15 }));
}

/** Top lists of 1,000 learners and 1,000 vacancies against every pair scored in full, and the sum of contributions against the score. */
function checks(data: ReferenceData, vacancies: number): void {
  const ls = people(data, SEED + 17, 1000);
  const vs = places(data, vacancies);
  const engine = new Engine(reference(data), vs, { top: TOP, asOf: ASOF, digest });
  const pool = new LearnerPool(reference(data), ls);
  const rows = ls.map((l) => {
    const row = new Int32Array(vs.length);
    engine.row(l, row);
    return row;
  });
  const best = (keys: Int32Array): string => keys.filter((key) => key >= 0).sort().reverse().slice(0, TOP).join();
  const same = (keys: Int32Array, kept: readonly { at: number; orderKey: number }[]): boolean => best(keys) === kept.map((pair) => pair.orderKey).join() && kept.every((pair) => keys[pair.at] === pair.orderKey);
  const equal = timed(() => ({
    learners: ls.filter((l, i) => same(rows[i] as Int32Array, engine.bestFor(l))).length,
    vacancies: vs.slice(0, 1000).filter((v, at) => same(Int32Array.from(rows, (row) => row[at] as number), pool.bestFor(v, { top: TOP, asOf: ASOF, digest }))).length,
  }));
  tell({ case: `top ${TOP} equal those of the full product`, n: 2000, ...equal, value: undefined, repeats: 1, equal: equal.value, ...engine.counts });
  judge(atMost('top lists unlike those of the full product', 2000, ls.length + Math.min(1000, vs.length) - equal.value.learners - equal.value.vacancies, { must: 0, ahead: 0 }));

  const scorer = scorerOver(reference(data));
  const total = (terms: readonly { contribution: number }[]): number => terms.reduce((sum, term) => sum + term.contribution, 0);
  const sums = timed(() => {
    let unequal = 0;
    for (const l of ls) for (const v of vs.slice(0, 1000)) {
      const fit = scorer.score(l, v, ASOF);
      if (total(fit.terms) !== fit.score || total(fit.employerTerms) !== fit.employerScore) unequal++;
    }
    return unequal;
  });
  tell({ case: 'scores that are not the sum of their contributions', n: ls.length * Math.min(1000, vs.length), ...sums, value: undefined, repeats: 1, unequal: sums.value });
  judge(atMost('scores that are not the sum of their contributions', ls.length * Math.min(1000, vs.length), sums.value, { must: 0, ahead: 0 }));
}

/** Exposure of vacancies when every learner is shown 20: by the order key alone, and spread at a loss of at most 2%. */
function market(data: ReferenceData, learners: number, vacancies: number): void {
  const vs = places(data, vacancies);
  const engine = new Engine(reference(data), vs, { top: 400, asOf: ASOF, digest });
  const ls = people(data, SEED + 13, learners);
  const lists = ls.map((l) => engine.bestFor(l).map(({ at, orderKey }) => ({ vacancy: at, orderKey })));
  const openings = vs.map((v) => v.openingsLeft);
  const reachable = [...new Set(lists.flatMap((list) => list.map((entry) => entry.vacancy)))];
  const first = lists.map((list) => list.slice(0, 20).map((_, at) => at));
  const spreading = timed(() => spread(lists, openings, 20));
  const figures = (chosen: readonly (readonly number[])[]) => {
    const shown = vs.map(() => 0);
    let keys = 0;
    let count = 0;
    chosen.forEach((positions, l) => positions.forEach((at) => {
      const entry = lists[l]?.[at];
      if (entry === undefined) return;
      shown[entry.vacancy]!++;
      keys += entry.orderKey;
      count++;
    }));
      return { gini: Number(exposureGini(reachable.map((at) => shown[at] as number)).toFixed(3)), meanKey: Math.round(keys / Math.max(1, count)) };
  };
  const eligible = lists.filter((list) => list.length > 0).length;
  tell({ case: `market ${learners}x${vacancies}: congestion`, n: lists.length, ...spreading, value: undefined, repeats: 1, plain: figures(first), spread: figures(spreading.value), withThree: Number((lists.filter((list) => list.length >= 3).length / Math.max(1, eligible)).toFixed(3)) });
}

if (isMainThread) {
  // First in a fresh process, so that its memory is its own.
  await fullProduct(Number(process.argv[2] ?? 100_000), Number(process.argv[3] ?? 10_000));
  await main();
  checks(readReference(process.cwd()), Number(process.argv[3] ?? 10_000));
  market(readReference(process.cwd()), 10_000, 2000);
} else {
  const { learners, vacancies, seed } = workerData as { learners: number; vacancies: number; seed: number };
  const work = prepareShare(readReference(process.cwd()), vacancies, learners, seed);
  parentPort?.once('message', () => parentPort?.postMessage(work()));
  parentPort?.postMessage('ready');
}
