import type { Learner, LearnerId } from '@meriden/domain';
import { createScorer, POLICY, scorableOver, scoringReference, toScorableVacancy } from '@meriden/scoring';
import { cohort, digest } from '../../../scoring/testing/cohort.js';
import { Behind, Everyone, READ_MEANWHILE } from './everyone.js';
import { ReferenceService } from '../reference.service.js';

const { data } = new ReferenceService();
const reference = scoringReference(data);
const scorer = createScorer(data);
const AS_OF = '2026-11-22';
const { learners, vacancies } = cohort(data, 77, 90, 40, 4);
const offered = vacancies.map((vacancy) => toScorableVacancy(vacancy));

/** A region as a transaction sees it, which counts what is read of it. */
function region(rows: readonly Learner[]) {
  const byId = new Map(rows.map((learner) => [learner.id, learner]));
  const read: LearnerId[] = [];
  const load = async (ids: readonly LearnerId[]): Promise<Learner[]> => {
    read.push(...ids);
    return ids.map((id) => byId.get(id) as Learner);
  };
  const wanted = rows.filter((learner) => learner.consentToMatching);
  return { read, wanted, roll: wanted.map(({ id, version }) => `${id} ${version}`).join('\n'), load, rows };
}
/** What scoring everybody one by one finds. */
const expected = ({ rows }: ReturnType<typeof region>, at: number) =>
  scorer.topForVacancy(offered[at] as (typeof offered)[number], rows.map((learner) => scorableOver(learner, reference)), { top: rows.length, asOf: AS_OF, digest }).map((fit) => ({ id: fit.learnerId, orderKey: fit.orderKey })).sort(byId);
const everybody = (): Everyone => new Everyone(reference, POLICY, (learner) => scorableOver(learner, reference));
const byId = (a: Readonly<{ id: string }>, b: Readonly<{ id: string }>): number => (a.id < b.id ? -1 : 1);
const ask = async (everyone: Everyone, { roll, load }: ReturnType<typeof region>, at: number) => [...(await everyone.openTo(offered[at] as (typeof offered)[number], AS_OF, roll, load))].sort(byId);

describe('everyone', () => {
  it('answers as scoring everybody does, and reads only who is new or changed', async () => {
    const everyone = everybody();
    const first = region(learners.slice(0, 60));
    let found = 0;
    for (let at = 0; at < offered.length; at++) {
      const open = await ask(everyone, first, at);
      expect(open).toEqual(expected(first, at));
      found += open.length;
    }
    expect(found).toBeGreaterThan(20);
    expect(new Set(first.read).size).toBe(first.read.length);
    // One leaves, one changes, thirty join.
    const changed = { ...(learners[1] as Learner), version: 2, maxTravelMinutes: 180, consentToMatching: true };
    const next = region([changed, ...learners.slice(2)]);
    for (let at = 0; at < offered.length; at++) expect(await ask(everyone, next, at)).toEqual(expected(next, at));
    const joined = learners.slice(60).filter((learner) => learner.consentToMatching).map(({ id }) => id);
    expect([...next.read].sort()).toEqual([changed.id, ...joined].sort());
  });

  it('answers each of two questions at once for the learners of its own transaction', async () => {
    const everyone = everybody();
    const [before, after] = [region(learners.slice(0, 40)), region(learners.slice(20, 80).map((learner) => ({ ...learner, version: 2, maxTravelMinutes: 180 })))];
    const answers = await Promise.all(offered.flatMap((_, at) => [ask(everyone, before, at), ask(everyone, after, at)]));
    offered.forEach((_, at) => {
      expect(answers[2 * at]).toEqual(expected(before, at));
      expect(answers[2 * at + 1]).toEqual(expected(after, at));
    });
  });

  it('reads everybody once before the first question, whoever waits for it, and again after a reading that failed', async () => {
    const everyone = everybody();
    const all = region(learners);
    const ready = (load = all.load): Promise<void> => everyone.ready(async () => all.roll, load);
    await expect(ready(() => Promise.reject(new Error('the database is away')))).rejects.toThrow('away');
    await Promise.all([ready(), ready(), ready()]);
    expect([...all.read].sort()).toEqual(all.wanted.map(({ id }) => id).sort());
    expect(await ask(everyone, all, 0)).toEqual(expected(all, 0));
    expect(all.read.length).toBe(all.wanted.length);
  });

  it('is in step with no roll that is older than the profiles read after it', async () => {
    const everyone = everybody();
    const [older, newer] = [region(learners), region(learners.map((learner) => ({ ...learner, version: 2, maxTravelMinutes: 180 })))];
    await everyone.ready(async () => older.roll, newer.load);
    for (let at = 0; at < offered.length; at++) expect(await ask(everyone, older, at)).toEqual(expected(older, at));
    expect(older.read.length).toBe(older.wanted.length);
  });

  it('reads no more within a question than it may: what is beyond that is read first, without one', async () => {
    const everyone = everybody();
    const some = region(learners.slice(0, 5));
    await everyone.ready(async () => some.roll, some.load);
    const many = region(Array.from({ length: READ_MEANWHILE + 1 }, (_, n) => ({ ...(learners[n % learners.length] as Learner), id: `many-${n}`, consentToMatching: true })));
    await expect(ask(everyone, many, 0)).rejects.toThrow(Behind);
    expect(many.read).toEqual([]);
    await everyone.ready(async () => many.roll, many.load);
    expect(await ask(everyone, many, 0)).toEqual(expected(many, 0));
    expect(many.read.length).toBe(many.wanted.length);
  });

  it('makes room for more than it had places for, and goes on after a reading that failed', async () => {
    const everyone = everybody();
    const few = region(learners.slice(0, 2));
    await ask(everyone, few, 0);
    const many = region(Array.from({ length: 700 }, (_, n) => ({ ...(learners[n % learners.length] as Learner), id: `many-${n}` })));
    await expect(everyone.openTo(offered[0] as (typeof offered)[number], AS_OF, many.roll, () => Promise.reject(new Error('the database is away')))).rejects.toThrow('away');
    expect(await ask(everyone, many, 3)).toEqual(expected(many, 3));
  });
});
