import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { withoutSolver } from '@meriden/matching';
import { LearnerPreferenceStore, RoundStore, VacancyStore } from '@meriden/persistence';
import { sha256 } from '@meriden/platform';
import { planRound, publicLearnerId, type RoundPlan, type RoundSnapshot } from '@meriden/rounds';
import { RoundService } from '@meriden/services';
import type { Round } from '@meriden/domain';
import { aVacancy } from '../support/builders.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { startServices, type TestServices } from '../support/services.js';
import { aRound, twoColleges, type TwoColleges } from '../support/two-colleges.js';

jest.setTimeout(60_000);

let database: TestDatabase;
let services: TestServices;
let world: TwoColleges;

beforeAll(async () => {
  database = await startTestDatabase();
  services = await startServices(database);
  world = await database.asOwner(twoColleges);
});
afterAll(async () => {
  await services.end();
  await database.end();
});

type Frozen = Readonly<{ snapshot: RoundSnapshot; secret: string }>;

/** Freezes and plans a re-run of a round, in which these lists are given anew. */
async function reRunOf(previousRoundId: string, lists: Readonly<Record<string, readonly string[]>> = {}): Promise<Readonly<{ round: Round; plan: RoundPlan; placeOf(learnerId: string): string | null; why(learnerId: string, vacancyId: string): string | undefined }>> {
  const secret = randomUUID();
  const round = aRound(world.operator.organisationId, { mode: 'RERUN', previousRoundId, state: 'FROZEN', lotteryCommitment: sha256(secret) });
  await database.asOwner(async (tx) => {
    await new RoundStore().insert(tx, round, secret);
    for (const [learnerId, groups] of Object.entries(lists)) {
      const [given] = await database.sql<{ organisation: string }>('select organisation_id as organisation from learner where id = $1', [learnerId]);
      const list = { id: randomUUID(), roundId: round.id, organisationId: given?.organisation ?? '', learnerId, groups: groups.map((id) => [id]), submittedAt: '2026-12-01T10:00:00.000Z', submittedBy: randomUUID(), receipt: randomUUID(), version: 1 };
      await new LearnerPreferenceStore().upsert(tx, list);
    }
  });
  const { snapshots } = services.get(RoundService) as unknown as { snapshots: { frozen(round: Round): Promise<Frozen> } };
  const frozen = await snapshots.frozen(round);
  const plan = withoutSolver(planRound(frozen.snapshot, frozen.secret, sha256));
  const of = (learnerId: string) => plan.outcomes.find(({ learner }) => learner === publicLearnerId(round.id, learnerId, sha256));
  return {
    round,
    plan,
    placeOf: (learnerId) => of(learnerId)?.vacancyId ?? null,
    why: (learnerId, vacancyId) => of(learnerId)?.reasons.find((reason) => reason.vacancyId === vacancyId)?.code,
  };
}

it('what a learner declined and what an operator withheld is not proposed again by a re-run, nor by its own; the reason says so and the file passes its check', async () => {
  const { a, b, round } = world;
  const other = aVacancy({ id: randomUUID(), organisationId: a.employer.id });
  await database.asOwner((tx) => new VacancyStore().insertMany(tx, [other]));
  await database.sql('delete from placement');
  await database.sql(`update proposal set state = 'EXPIRED', answered_at = null`);
  // The control: who let the time run out is given the place again.
  const control = await reRunOf(round.id);
  expect(control.plan.violations).toEqual([]);
  expect([control.placeOf(a.learner.id), control.placeOf(b.learner.id)]).toEqual([a.vacancy.id, b.vacancy.id]);

  await database.sql(`update proposal set state = 'DECLINED', answered_at = now(), decline_reason = 'The journey is too long.' where id = $1`, [a.proposal.id]);
  await database.sql(`update outcome set withheld = true, withheld_reason = 'To be talked over first.' where id = $1`, [b.outcome.id]);
  const again = await reRunOf(round.id, { [a.learner.id]: [a.vacancy.id, other.id] });
  expect(again.plan.violations).toEqual([]);
  expect([again.placeOf(a.learner.id), again.placeOf(b.learner.id)]).toEqual([other.id, null]);
  expect([again.why(a.learner.id, a.vacancy.id), again.why(b.learner.id, b.vacancy.id)]).toEqual(['DECLINED_BEFORE', 'WITHHELD_BEFORE']);
  const third = await reRunOf(again.round.id);
  expect(third.plan.violations).toEqual([]);
  expect([third.placeOf(a.learner.id), third.placeOf(b.learner.id)]).toEqual([other.id, null]);
});
