import { randomUUID } from 'node:crypto';
import type { LearnerId } from '@meriden/domain';
import { LearnerStore, SuggestionStore, type Tx, VacancyStore } from '@meriden/persistence';
import { aLearner, aVacancy } from '../support/builders.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { aSuggestion, twoColleges, type TwoColleges } from '../support/two-colleges.js';

let database: TestDatabase;
let world: TwoColleges;

beforeAll(async () => {
  database = await startTestDatabase();
  world = await database.asOwner(twoColleges);
});
afterAll(() => database.end());

describe('suggestions', () => {
  const suggestions = new SuggestionStore();
  const asWorker = <T>(work: (tx: Tx) => Promise<T>) => database.uow.asSystem({ name: 'score' }, work);

  async function setting(learnerCount: number, vacancyCount: number) {
    const learners = Array.from({ length: learnerCount }, () => aLearner({ id: randomUUID(), organisationId: world.a.provider.id, uln: null }));
    const vacancies = Array.from({ length: vacancyCount }, () => aVacancy({ id: randomUUID(), organisationId: world.a.employer.id }));
    await database.asOwner(async (tx) => {
      await new LearnerStore().insertMany(tx, learners);
      await new VacancyStore().insertMany(tx, vacancies);
    });
    return { learners, vacancies };
  }
  const list = (learnerId: string) =>
    database.asOwner(async (tx) => (await suggestions.forLearner(tx, learnerId)).map(({ vacancyId, rank, orderKey }) => ({ vacancyId, rank, orderKey })));

  /** Of all lists there are: counted, and as it was noted beside them. */
  afterEach(async () => {
    const counted = await database.sql('select learner_id, count(*) as length, min(fit_key) as lowest_fit from suggestion group by 1 order by 1');
    expect(await database.sql('select learner_id, length, lowest_fit from suggestion_list order by 1')).toEqual(counted);
    expect(counted.length).toBeGreaterThan(0);
  });

  it('replace a learner’s list, and a second run of the same leaves the very same rows', async () => {
    const { learners, vacancies } = await setting(1, 3);
    const [learner] = learners as [(typeof learners)[0]];
    const best = vacancies.map((vacancy, n) => aSuggestion(learner, vacancy, { rank: n + 1, orderKey: 9_000 - n }));
    await asWorker((tx) => suggestions.replaceForLearner(tx, learner.id, best));
    const stamp = () => database.sql('select xmin::text, vacancy_id, scored_at from suggestion where learner_id = $1 order by rank', [learner.id]);
    const before = await stamp();
    await asWorker((tx) => suggestions.replaceForLearner(tx, learner.id, best.map((row) => ({ ...row, scoredAt: '2026-11-23T00:00:00.000Z' }))));
    expect(await stamp()).toEqual(before);
    await asWorker((tx) => suggestions.replaceForLearner(tx, learner.id, [{ ...(best[2] as (typeof best)[0]), rank: 1, inputHash: 'hash-2' }]));
    expect(await list(learner.id)).toEqual([{ vacancyId: vacancies[2]?.id, rank: 1, orderKey: 8_998 }]);
    await asWorker((tx) => suggestions.replaceForLearner(tx, learner.id, []));
    expect(await list(learner.id)).toEqual([]);
  });

  it('one vacancy’s edit is slotted into every list; whoever may have lost a place is named', async () => {
    const { learners, vacancies } = await setting(4, 4);
    const [rises, falls, gains, drops] = learners as [(typeof learners)[0], (typeof learners)[0], (typeof learners)[0], (typeof learners)[0]];
    const [edited, ...rest] = vacancies as [(typeof vacancies)[0], ...typeof vacancies];
    const keys = (learner: typeof rises, with_: Record<string, number>) =>
      Object.entries(with_).map(([vacancyId, orderKey], n) =>
        aSuggestion(learner, vacancies.find((vacancy) => vacancy.id === vacancyId) as typeof edited, { orderKey, rank: n + 1 }),
      );
    const [x, y, z] = rest.map((vacancy) => vacancy.id) as [string, string, string];
    await asWorker((tx) =>
      suggestions.replaceForLearners(tx, learners.map((learner) => learner.id), [
        ...keys(rises, { [x]: 900, [y]: 800, [edited.id]: 700 }),
        ...keys(falls, { [edited.id]: 900, [x]: 800, [y]: 700 }),
        ...keys(gains, { [x]: 900, [y]: 800, [z]: 700 }),
        ...keys(drops, { [edited.id]: 900, [x]: 800, [y]: 700 }),
      ], 'REGION'),
    );
    const now = (learner: typeof rises, orderKey: number) => aSuggestion(learner, edited, { orderKey, inputHash: 'edited' });
    const rescore = await asWorker((tx) => suggestions.replaceForVacancy(tx, edited.id, [now(rises, 950), now(falls, 100), now(gains, 850)], 3));
    const ids = async (learner: typeof rises) => (await list(learner.id)).map((row) => row.vacancyId);
    expect(await ids(rises)).toEqual([edited.id, x, y]);
    expect(await ids(falls)).toEqual([x, y, edited.id]);
    expect(await ids(gains)).toEqual([x, edited.id, y]);
    expect(await ids(drops)).toEqual([x, y]);
    expect(rescore.sort()).toEqual([falls.id, drops.id].sort());
    for (const learner of learners) expect((await list(learner.id)).map((row) => row.rank)).toEqual((await list(learner.id)).map((_, n) => n + 1));
  });

  it('of the full lists the lowest fit is known, and of no other', async () => {
    const { learners, vacancies } = await setting(3, 4);
    const [full, short, empty] = learners.map(({ id }) => id) as [LearnerId, LearnerId, LearnerId];
    const rows = (learner: (typeof learners)[number] | undefined, fits: readonly number[]) =>
      fits.map((fitKey, n) => aSuggestion(learner as (typeof learners)[number], vacancies[n] as (typeof vacancies)[number], { rank: n + 1, fitKey }));
    await asWorker((tx) => suggestions.replaceForLearners(tx, [full, short], [...rows(learners[0], [700, 900, 800]), ...rows(learners[1], [600, 500])], 'REGION'));
    const floors = () => asWorker(async (tx) => Object.fromEntries(await suggestions.floors(tx, 3, [full, short, empty])));
    expect(await floors()).toEqual({ [full]: 700 });
    // A better one pushes the last one out; one that leaves makes the list short.
    const [, , , fourth] = vacancies as [unknown, unknown, unknown, (typeof vacancies)[number]];
    await asWorker((tx) => suggestions.replaceForVacancy(tx, fourth.id, [...rows(learners[0], [0, 0, 0, 950]), ...rows(learners[1], [0, 0, 0, 300])].filter((row) => row.vacancyId === fourth.id), 3));
    expect(await floors()).toEqual({ [full]: 800, [short]: 300 });
    await asWorker((tx) => suggestions.replaceForVacancy(tx, fourth.id, [], 3));
    expect(await floors()).toEqual({});
  });

  it('several writers at once leave whole numbered lists', async () => {
    const { learners, vacancies } = await setting(3, 8);
    await Promise.all(
      vacancies.map((vacancy, n) =>
        asWorker((tx) => suggestions.replaceForVacancy(tx, vacancy.id, learners.map((learner, m) => aSuggestion(learner, vacancy, { orderKey: 1_000 * ((n + m) % 8) })), 6)),
      ),
    );
    for (const learner of learners) {
      const rows = await list(learner.id);
      expect(rows.map((row) => row.rank)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(rows.map((row) => row.orderKey)).toEqual([7_000, 6_000, 5_000, 4_000, 3_000, 2_000]);
    }
  });
});
