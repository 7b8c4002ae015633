import { canonicalJson, type Learner, type ScoringInput } from '@meriden/domain';
import { sha256 } from '@meriden/platform';
import { POLICY, scoringReference } from '@meriden/scoring';
import { cohort } from '../../../scoring/testing/cohort.js';
import { ReferenceService } from '../reference.service.js';
import { Scoring } from './scoring.js';

const { data } = new ReferenceService();
const { learners, vacancies } = cohort(data, 78, 40, 60, 4);
const when = { asOf: '2026-11-22', scoredAt: '2026-11-22T09:00:00Z', cause: 'PROFILE', crowded: new Map() } as const;
const another = (): Scoring => new Scoring(scoringReference(data), POLICY);

/** Everything that comes out for one learner: the rows, and the texts they were computed from. */
function told(scoring: Scoring, learner: Learner): string {
  const inputs = new Map<string, ScoringInput>();
  const rows = scoring.suggestions(learner, vacancies.map((vacancy) => scoring.vacancy(vacancy)), when, inputs);
  for (const { hash, body } of inputs.values()) expect(sha256(body)).toBe(hash);
  return canonicalJson({ rows, inputs: [...inputs.values()].map(({ hash, kind, body }) => ({ hash, kind, body })) });
}

describe('a scoring that met a learner before', () => {
  it('tells the same of the same version, text by text', () => {
    const scoring = another();
    let spans = 0;
    for (const learner of learners) {
      const first = told(scoring, learner);
      spans += scoring.learner(learner).skills.filter(({ words }) => words !== '').length;
      expect(told(scoring, learner)).toBe(first);
      expect(told(another(), learner)).toBe(first);
    }
    expect(spans).toBeGreaterThan(learners.length);
  });

  it('reads a newer version anew: other words, other skills', () => {
    const scoring = another();
    for (const learner of learners) {
      told(scoring, learner);
      const revised = { ...learner, version: learner.version + 1, skills: learner.skills.slice(1).map((skill) => ({ ...skill, evidence: 'Told in other words.' })) };
      expect(scoring.learner(revised).skills.every(({ words }) => words === '')).toBe(true);
      expect(told(scoring, revised)).toBe(told(another(), revised));
    }
  });
});
