import { setImmediate as turn } from 'node:timers/promises';
import type { IsoDate, Learner, ShadowReport, Vacancy } from '@meriden/domain';
import type { Scoring } from './scoring.js';

/** As many of a list as a learner sees first. */
const SHOWN = 10;
/** Programmes of fewer learners than this are not told apart. */
const LEAST_GROUP = 10;

/** Compares every order of these learners under two sets of weights. Gates read no weights, so both have the same pairs. */
export async function shadowReport(now: Scoring, then: Scoring, learners: readonly Learner[], vacancies: readonly Vacancy[], asOf: IsoDate): Promise<ShadowReport> {
  const before = vacancies.map((vacancy) => now.vacancy(vacancy));
  const after = vacancies.map((vacancy) => then.vacancy(vacancy));
  let pairs = 0;
  let change = 0;
  let newBest = 0;
  const correlations: number[] = [];
  const kept: { qualificationId: string; share: number }[] = [];
  for (const learner of learners) {
    const [person, again] = [now.learner(learner), then.learner(learner)];
    const scores: { at: number; old: number; fresh: number }[] = [];
    before.forEach((vacancy, at) => {
      const old = now.scorer.scoreOnly(person, vacancy, asOf);
      const fresh = then.scorer.scoreOnly(again, after[at] as typeof vacancy, asOf);
      if (old === null || fresh === null) return;
      scores.push({ at, old: old.score, fresh: fresh.score });
      change += fresh.score - old.score;
    });
    pairs += scores.length;
    if (scores.length > 0) {
      const oldOrder = orderBy(scores, 'old');
      const newOrder = orderBy(scores, 'fresh');
      if (oldOrder[0] !== newOrder[0]) newBest++;
      if (scores.length > 1) correlations.push(spearman(scores));
      const first = new Set(newOrder.slice(0, SHOWN));
      kept.push({ qualificationId: learner.qualificationId, share: oldOrder.slice(0, SHOWN).filter((at) => first.has(at)).length / Math.min(SHOWN, oldOrder.length) });
    }
    await turn();
  }
  const groups = new Map<string, { share: number }[]>();
  for (const row of kept) groups.set(row.qualificationId, [...(groups.get(row.qualificationId) ?? []), row]);
  return {
    learners: kept.length,
    pairs,
    rankCorrelation: Math.round(mean(correlations) * 10_000),
    topTenKept: Math.round(mean(kept.map((row) => row.share)) * 10_000),
    newBest,
    meanChange: pairs === 0 ? 0 : Math.round(change / pairs),
    byQualification: [...groups]
      .filter(([, rows]) => rows.length >= LEAST_GROUP)
      .map(([qualificationId, rows]) => ({ qualificationId, learners: rows.length, topTenKept: Math.round(mean(rows.map((row) => row.share)) * 10_000) }))
      .sort((a, b) => a.topTenKept - b.topTenKept || (a.qualificationId < b.qualificationId ? -1 : 1)),
  };
}

const mean = (values: readonly number[]): number => (values.length === 0 ? 1 : values.reduce((sum, value) => sum + value, 0) / values.length);

type Scored = Readonly<{ at: number; old: number; fresh: number }>;
const orderBy = (scores: readonly Scored[], key: 'old' | 'fresh'): number[] => [...scores].sort((a, b) => b[key] - a[key] || a.at - b.at).map((row) => row.at);

/** Pearson's correlation of the ranks, ties at their mean rank; 1 where one side is all alike. */
function spearman(scores: readonly Scored[]): number {
  const [x, y] = [ranks(scores.map((row) => row.old)), ranks(scores.map((row) => row.fresh))];
  const middle = (scores.length + 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  x.forEach((rank, at) => {
    const [dx, dy] = [rank - middle, (y[at] as number) - middle];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  });
  return xx === 0 || yy === 0 ? 1 : xy / Math.sqrt(xx * yy);
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((_, at) => at).sort((a, b) => (values[a] as number) - (values[b] as number));
  const out = new Array<number>(values.length).fill(0);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && values[order[to] as number] === values[order[from] as number]) to++;
    for (let at = from; at < to; at++) out[order[at] as number] = (from + to + 1) / 2;
    from = to;
  }
  return out;
}
