import { createHash } from 'node:crypto';
import { withoutSolver } from '@meriden/matching';
import { planRound } from './plan-round.js';
import { freezeInput, publicLearnerId, type RoundPeople } from './snapshot.js';
import { tryRound } from './try-round.js';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const secret = 'the secret of a test round';

/** Each learner likes best the place whose employer likes the other best: two stable outcomes, one for each side. */
const people: RoundPeople = {
  roundId: 'a3b8c1d2-0000-4000-8000-000000000002',
  name: 'Crossed wishes (demonstration)',
  mode: 'LEARNER_OPTIMAL',
  frozenAt: '2026-11-01T12:00:00.000Z',
  asOf: '2026-11-01',
  policyVersion: 'fit-1',
  commitment: sha256(secret),
  learners: [
    { id: 'ash', groups: [['v1'], ['v2']] },
    { id: 'birch', groups: [['v2'], ['v1']] },
    { id: 'cedar', groups: [] },
  ],
  vacancies: [
    { id: 'v1', employerId: 'e1', openings: 1 },
    { id: 'v2', employerId: 'e2', openings: 1 },
  ],
  employers: [
    { id: 'e1', capacity: 1, groups: [['birch'], ['ash']] },
    { id: 'e2', capacity: 1, groups: [['ash'], ['birch']] },
  ],
  refused: [],
};
const snapshot = freezeInput(people, sha256);
const named = (id: string): string => publicLearnerId(people.roundId, id, sha256);

describe('a trial of a frozen round', () => {
  it('in the promised mode gives what the round will give', () => {
    const trial = withoutSolver(tryRound(snapshot, secret, 'LEARNER_OPTIMAL', sha256));
    const plan = withoutSolver(planRound(snapshot, secret, sha256));
    expect(trial).toMatchObject({ learners: 3, vacancies: 2, matched: plan.matched, rankCounts: [2], violations: [] });
    expect(trial.places).toEqual(plan.outcomes.filter(({ vacancyId }) => vacancyId !== null).map(({ learner, vacancyId, rank }) => ({ learner, vacancyId, rank })));
  });

  it('in the other mode gives the same people the places that employers like best', () => {
    const trial = withoutSolver(tryRound(snapshot, secret, 'EMPLOYER_OPTIMAL', sha256));
    expect(trial).toMatchObject({ matched: 2, rankCounts: [0, 2], violations: [] });
    expect(Object.fromEntries(trial.places.map(({ learner, vacancyId }) => [learner, vacancyId]))).toEqual({ [named('ash')]: 'v2', [named('birch')]: 'v1' });
  });
});
