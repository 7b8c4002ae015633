import { join } from 'node:path';
import { cohort, Dice, digest, readReference } from '../testing/cohort.js';
import { createScorer, Engine, LearnerPool, scoringReference, toScorableLearner, toScorableVacancy } from './index.js';

const data = readReference(join(import.meta.dirname, '../../..'));
const asOf = '2026-11-22';
const scorer = createScorer(data);

describe.each([11, 12, 13])('the engine, seed %i', (seed) => {
  const { learners, vacancies } = cohort(data, seed, 150, 200, 8);
  const ls = learners.map((l) => toScorableLearner(l, data));
  const vs = vacancies.map((v) => toScorableVacancy(v));
  const top = 12;

  it('keeps for every learner what scoring everything keeps', () => {
    const engine = new Engine(scoringReference(data), vs, { top, asOf, digest });
    for (const l of ls) {
      const kept = engine.bestFor(l).map(({ at, orderKey }) => [vs[at]?.id, orderKey]);
      expect(kept).toEqual(scorer.suggest(l, vs, { top, asOf, digest }).map((fit) => [fit.vacancyId, fit.orderKey]));
    }
    expect(engine.counts.pairs).toBe(ls.length * vs.length);
    expect(engine.counts.shut + engine.counts.bounded + engine.counts.scored).toBe(engine.counts.pairs);
  });

  it('keeps for every vacancy what scoring everything keeps, in whatever order learners come', () => {
    const dice = new Dice(seed);
    const order = ls.map((_, at) => at).sort(() => dice.below(3) - 1);
    const engine = new Engine(scoringReference(data), vs, { top, asOf, digest });
    const lists = engine.vacancyLists((at) => (ls[at] as (typeof ls)[number]).id);
    for (const at of order) engine.bestFor(ls[at] as (typeof ls)[number], lists, at);
    vs.forEach((v, at) => {
      const kept = lists.best(at).map(({ item, key }) => [ls[item]?.id, key]);
      expect(kept).toEqual(scorer.topForVacancy(v, ls, { top, asOf, digest }).map((fit) => [fit.learnerId, fit.orderKey]));
    });
  });

  it('asks a pool of learners and hears the same', () => {
    const pool = new LearnerPool(scoringReference(data), ls);
    const changed = { ...(ls[0] as (typeof ls)[number]), consentToMatching: false };
    for (const v of vs.slice(0, 60)) {
      expect(pool.bestFor(v, { top, asOf, digest }).map(({ at }) => ls[at]?.id)).toEqual(scorer.topForVacancy(v, ls, { top, asOf, digest }).map((fit) => fit.learnerId));
    }
    pool.replaceLearner(0, changed);
    for (const v of vs) expect(pool.bestFor(v, { top, asOf, digest }).map(({ at }) => at)).not.toContain(0);
  });

  it('tells everybody who is open to a vacancy with what orders the pair, empty places left out', () => {
    const pool = new LearnerPool(scoringReference(data), [null, ...ls, null]);
    pool.replaceLearner(0, ls[1] as (typeof ls)[number]);
    pool.replaceLearner(2, null);
    const places = [ls[1], ls[0], null, ...ls.slice(2), null];
    for (const v of vs.slice(0, 60)) {
      const open = pool.openTo(v, asOf).map(({ at, orderKey }) => [places[at]?.id, orderKey]);
      const all = scorer.topForVacancy(v, ls, { top: ls.length, asOf, digest }).map((fit) => [fit.learnerId, fit.orderKey]);
      const byId = (a: unknown[], b: unknown[]): number => (String(a[0]) < String(b[0]) ? -1 : 1);
      expect([...open].sort(byId)).toEqual([...all].sort(byId));
    }
  });

  it('made by a scorer keeps what one by itself keeps', () => {
    const [shared, alone] = [scorer.engine(vs, { top, asOf, digest }), new Engine(scoringReference(data), vs, { top, asOf, digest })];
    for (const l of ls) expect(shared.bestFor(l)).toEqual(alone.bestFor(l));
  });

  it('sees an edited vacancy with the next question', () => {
    const engine = new Engine(scoringReference(data), vs, { top, asOf, digest });
    const l = ls.find((learner) => engine.bestFor(learner).length > 1) as (typeof ls)[number];
    const first = engine.bestFor(l)[0]?.at as number;
    engine.replaceVacancy(first, { ...(vs[first] as (typeof vs)[number]), openingsLeft: 0 });
    expect(engine.bestFor(l).map(({ at }) => at)).not.toContain(first);
  });
});
