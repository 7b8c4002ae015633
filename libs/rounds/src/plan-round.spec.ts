import { createHash } from 'node:crypto';
import { withoutSolver } from '@meriden/matching';
import type { RoundMode } from '@meriden/domain';
import { planRound, type RoundPlan } from './plan-round.js';
import { DECLINED_BEFORE, WITHHELD_BEFORE } from './reasons.js';
import { verifyRound, type RoundFile } from './round-file.js';
import { freezeInput, publicLearnerId, type RoundPeople } from './snapshot.js';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const secret = 'the secret of a test round';

/** Two employers; Ash and Birch want the one opening at v1, where the employer ties them; Cedar is not listed; Dogwood is barred by a gate. */
const people: RoundPeople = {
  roundId: 'a3b8c1d2-0000-4000-8000-000000000001',
  name: 'Autumn round (demonstration)',
  mode: 'LEARNER_OPTIMAL',
  frozenAt: '2026-11-01T12:00:00.000Z',
  asOf: '2026-11-01',
  policyVersion: 'fit-1',
  commitment: sha256(secret),
  learners: [
    { id: 'ash', groups: [['v1'], ['v2']] },
    { id: 'birch', groups: [['v1'], ['v3']] },
    { id: 'cedar', groups: [['v2', 'v1'], ['v3']] },
    { id: 'dogwood', groups: [['v3']] },
    { id: 'elm', groups: [] },
  ],
  vacancies: [
    { id: 'v1', employerId: 'e1', openings: 1 },
    { id: 'v2', employerId: 'e1', openings: 2 },
    { id: 'v3', employerId: 'e2', openings: 1 },
  ],
  employers: [
    { id: 'e1', capacity: 2, groups: [['ash', 'birch'], ['cedar']] },
    { id: 'e2', capacity: 1, groups: [['birch'], ['dogwood', 'cedar']] },
  ],
  refused: [{ learnerId: 'dogwood', vacancyId: 'v3', gate: 'TRAVEL' }],
};

const plan = (): RoundPlan => withoutSolver(planRound(freezeInput(people, sha256), secret, sha256));
const parsed = (): RoundFile => JSON.parse(plan().file) as RoundFile;
const named = (id: string): string => publicLearnerId(people.roundId, id, sha256);

describe('planRound', () => {
  it('gives the same bytes whatever the order of the people', () => {
    const turned: RoundPeople = {
      ...people,
      learners: [...people.learners].reverse(),
      vacancies: [...people.vacancies].reverse(),
      employers: [...people.employers].reverse(),
    };
    expect(withoutSolver(planRound(freezeInput(turned, sha256), secret, sha256)).file).toBe(plan().file);
  });

  it('places everyone once and says why a better choice was not got', () => {
    const result = plan();
    expect(result.violations).toEqual([]);
    expect(result.matched + result.unmatched).toBe(people.learners.length);
    const dogwood = result.outcomes.find((outcome) => outcome.learner === named('dogwood'));
    expect(dogwood?.vacancyId).toBeNull();
    expect(dogwood?.reasons.map((reason) => reason.code)).toEqual(['NOT_ELIGIBLE']);
    const loser = result.outcomes.find((o) => ['ash', 'birch'].map(named).includes(o.learner) && o.vacancyId !== 'v1');
    expect(loser?.reasons.map((reason) => reason.code)).toEqual(['LOTTERY']);
  });

  it('names learners by digests only', () => {
    const text = plan().file;
    for (const { id } of people.learners) expect(text).not.toContain(`"${id}"`);
  });
});

describe('every mode that rules can name', () => {
  const inMode = (mode: RoundMode, more: Partial<RoundPeople> = {}): RoundPlan => withoutSolver(planRound(freezeInput({ ...people, mode, ...more }, sha256), secret, sha256));
  const places = (of: RoundPlan): object => Object.fromEntries(of.outcomes.map(({ learner, vacancyId }) => [learner, vacancyId]));

  it.each(['LEARNER_OPTIMAL', 'EMPLOYER_OPTIMAL', 'LARGEST'] as const)('%s gives a round that passes its check', (mode) => {
    const result = inMode(mode);
    expect(result.violations).toEqual([]);
    expect((JSON.parse(result.file) as RoundFile).mode).toBe(mode);
  });

  it('SCORE is solved for the objective that was named, and for no other', () => {
    const result = inMode('SCORE', { objective: 'GENEROUS' });
    expect(result.violations).toEqual([]);
    expect(result.matched).toBe(3);
    const file = JSON.parse(result.file) as RoundFile;
    expect(file.result).toMatchObject({ mode: 'score', objective: 'generous', stability: null });
    const { violations } = verifyRound({ ...file, objective: 'GREEDY' }, sha256);
    expect(violations.map(({ place }) => place)).toEqual(expect.arrayContaining(['inputHash', 'result.objective']));
  });

  it('RERUN leaves everybody where they were when nothing changed, and says how many moved when something did', () => {
    const before = plan();
    const vacancyOf = new Map(before.outcomes.map(({ learner, vacancyId }) => [learner, vacancyId]));
    const previous = people.learners.map(({ id }) => ({ learnerId: id, vacancyId: vacancyOf.get(named(id)) ?? null }));
    const again = inMode('RERUN', { previous });
    expect(again.violations).toEqual([]);
    expect(places(again)).toEqual(places(before));
    expect((JSON.parse(again.file) as RoundFile).result.changed).toBe(0);
    const fewer = inMode('RERUN', { previous, vacancies: people.vacancies.map((v) => (v.id === 'v3' ? { ...v, openings: 0 } : v)) });
    expect(fewer.violations).toEqual([]);
    expect((JSON.parse(fewer.file) as RoundFile).result.changed).toBe(1);
  });
});

it.each([DECLINED_BEFORE, WITHHELD_BEFORE])('a re-run does not bring a pair up again that is spent (%s): it leaves the lists, the reason says so, and the file passes its check', (gate) => {
  const vacancyOf = new Map(plan().outcomes.map(({ learner, vacancyId }) => [learner, vacancyId]));
  const previous = people.learners.map(({ id }) => ({ learnerId: id, vacancyId: vacancyOf.get(named(id)) ?? null }));
  const first = previous.find(({ vacancyId }) => vacancyId === 'v1')?.learnerId ?? '';
  const refused = [...people.refused, { learnerId: first, vacancyId: 'v1', gate }];
  const again = withoutSolver(planRound(freezeInput({ ...people, mode: 'RERUN', previous, refused }, sha256), secret, sha256));
  expect(again.violations).toEqual([]);
  const outcome = again.outcomes.find(({ learner }) => learner === named(first));
  expect(outcome?.vacancyId).not.toBe('v1');
  expect(outcome?.reasons.map(({ vacancyId, code }) => [vacancyId, code])).toContainEqual(['v1', gate]);
});

describe('verifyRound', () => {
  it('accepts the published file', () => {
    expect(verifyRound(parsed(), sha256)).toEqual({ ok: true, violations: [] });
  });

  type Draft = { -readonly [K in keyof RoundFile]: RoundFile[K] };
  // oxlint-disable-next-line typescript/no-explicit-any -- a forger respects no types
  type Loose = any;
  const forgeries: Record<string, (file: Loose) => void> = {
    'two learners swapped': (f) => {
      const [a, b] = Object.keys(f.result.matching).filter((id) => f.result.matching[id] !== null) as [string, string];
      [f.result.matching[a], f.result.matching[b]] = [f.result.matching[b], f.result.matching[a]];
    },
    'a vacancy overfilled': (f) => {
      const idle = Object.keys(f.result.matching).find((id) => f.result.matching[id] === null) as string;
      f.result.matching[idle] = 'v1';
    },
    'a learner unplaced': (f) => {
      const placed = Object.keys(f.result.matching).find((id) => f.result.matching[id] !== null) as string;
      f.result.matching[placed] = null;
    },
    'a preference changed': (f) => f.instance.learners.find((l: Loose) => l.preferences.length > 1).preferences.reverse(),
    'the seed changed': (f) => (f.lottery.seed = sha256('another')),
    'the secret changed': (f) => (f.lottery.secret = 'another'),
    'a cut-off changed': (f) => (f.result.certificate.vacancies.find((row: Loose) => row.cutOff !== null).cutOff.rank += 1),
    'a reason changed': (f) => (Object.values(f.result.reasons as Record<string, Loose[]>).flat()[0].kind = 'not-listed'),
    'a reason removed': (f) => (f.result.reasons[Object.keys(f.result.reasons)[0] as string] = []),
    'all reasons removed': (f) => delete f.result.reasons,
    'the result of another mode': (f) => (f.result.mode = 'employer-optimal'),
    'every outcome erased': (f) => Object.assign(f.result, { status: 'infeasible', matching: null, reasons: {} }),
    'no stability claimed': (f) => Object.assign(f.result, { stability: null }),
    'a capacity raised': (f) => (f.instance.vacancies[0].capacity += 1),
  };
  it('tells a round made anew under another secret by the commitment noted down beforehand', () => {
    const other = 'a secret that gives friends better numbers';
    const again = JSON.parse(withoutSolver(planRound(freezeInput({ ...people, commitment: sha256(other) }, sha256), other, sha256)).file) as RoundFile;
    expect(verifyRound(again, sha256).ok).toBe(true);
    expect(verifyRound(again, sha256, people.commitment).violations.map((violation) => violation.place)).toEqual(['lottery.commitment']);
  });

  it.each(Object.keys(forgeries))('refuses a file with %s, naming the place', (name) => {
    const file = parsed() as Draft;
    forgeries[name]?.(file);
    const verdict = verifyRound(file, sha256);
    expect(verdict.ok).toBe(false);
    expect(verdict.violations[0]?.place).toMatch(/\w/);
  });
});
