import { join } from 'node:path';
import { canonicalJson, type Learner, type Vacancy } from '@meriden/domain';
import { cohort, Dice, digest, readReference } from '../testing/cohort.js';
import { createScorer, GATE_CODES, POLICY, policyFaults, TERM_CODES, EMPLOYER_TERM_CODES, joinHashes, partHash, toScorableLearner, toScorableVacancy } from './index.js';

const data = readReference(join(import.meta.dirname, '../../..'));
const asOf = '2026-11-22';
const options = { top: 10, asOf, digest };

/** A T Level learner and a vacancy made for each other: every gate passes. */
const learner: Learner = {
  ...(cohort(data, 1, 1, 0).learners[0] as Learner),
  qualificationId: 'tl-6037083x',
  level: 3,
  entryPointId: 'school-leaver-t-level',
  dateOfBirth: '2009-05-01',
  outcode: 'B29',
  travelModes: ['BUS'],
  maxTravelMinutes: 60,
  availability: { from: '2027-01-01', to: '2027-12-31', weekdays: ['MON', 'TUE', 'WED', 'THU', 'FRI'], hoursPerWeek: 35 },
  requiredHours: null,
  skills: [{ skillId: 'python', evidence: 'Sarah wrote Python at school', source: 'STATED' }],
  interests: ['ai-data'],
  checks: [],
  adjustmentsNeeded: [],
  consentToMatching: true,
  fundingSourceIds: [],
};
const vacancy: Vacancy = {
  ...(cohort(data, 1, 0, 1).vacancies[0] as Vacancy),
  state: 'LIVE',
  campusId: 'bhic',
  skills: [{ skillId: 'python', need: 'ESSENTIAL' }],
  levelFrom: 3,
  levelTo: 4,
  programmeKinds: ['T_LEVEL'],
  entryPointIds: ['school-leaver-t-level'],
  startsOn: '2027-02-01',
  endsOn: '2027-07-31',
  weekdays: ['MON', 'TUE', 'WED'],
  hoursPerWeek: 21,
  totalHours: 350,
  remoteShare: 0,
  openings: 2,
  pay: 'UNPAID_REQUIRED_BY_COURSE',
  hourlyPence: null,
  checksNeeded: [],
  deliveryApproach: 'ON_SITE',
  hazards: [],
  adjustmentsOffered: [],
  fundingSourceIds: [],
  fundingRequired: false,
};

const scorer = createScorer(data);
const fitOf = (l: Partial<Learner>, v: Partial<Vacancy>, on = asOf) =>
  scorer.score(toScorableLearner({ ...learner, ...l }, data), toScorableVacancy({ ...vacancy, ...v }), on);
const stateOf = (code: string, l: Partial<Learner>, v: Partial<Vacancy>, on = asOf) => fitOf(l, v, on).gates.find((g) => g.code === code)?.state;

describe('the policy', () => {
  it('has integer weights that add to 10,000 on both sides', () => {
    expect(policyFaults(POLICY)).toEqual([]);
    expect(policyFaults({ ...POLICY, weights: { ...POLICY.weights, TEXT: 401 } })).toHaveLength(1);
    expect(() => createScorer(data, { ...POLICY, neighbourCap: 6000 })).toThrow(RangeError);
  });
});

describe('gates', () => {
  it('pass for a pair made for each other, and every gate is told', () => {
    const fit = fitOf({}, {});
    expect(fit.gates.map((g) => g.code)).toEqual([...GATE_CODES]);
    expect(fit.gates.filter((g) => g.state !== 'PASS')).toEqual([]);
    expect(fit.eligible).toBe(true);
  });

  const refusals: [string, string, Partial<Learner>, Partial<Vacancy>][] = [
    ['no consent', 'CONSENT', { consentToMatching: false }, {}],
    ['a draft', 'OPEN', {}, { state: 'DRAFT' }],
    ['no opening', 'OPEN', {}, { openings: 0 }],
    ['another programme', 'PROGRAMME', {}, { programmeKinds: ['DEGREE'] }],
    ['another level', 'LEVEL', {}, { levelFrom: 4 }],
    ['another entry point', 'ENTRY_POINT', {}, { entryPointIds: ['career-changer'] }],
    ['a funder’s rule', 'FUNDING', {}, { fundingRequired: true, fundingSourceIds: ['wm-investment-zone'] }],
    ['an unpaid placement of over a year', 'PAY', {}, { endsOn: '2028-07-31' }],
    ['no shared day', 'DATES', { availability: { from: '2027-01-01', to: '2027-12-31', weekdays: ['SUN'], hoursPerWeek: 35 } }, {}],
    ['too few hours for a T Level', 'HOURS', {}, { totalHours: 300 }],
    ['a work taster alone', 'HOURS', {}, { deliveryApproach: 'WORK_TASTER' }],
    ['a third at most by small team project', 'HOURS', {}, { deliveryApproach: 'SMALL_TEAM_PROJECT' }],
    ['too much remote work', 'REMOTE', {}, { remoteShare: 5000 }],
    ['over 8 hours a day under 18', 'YOUNG_HOURS', { dateOfBirth: '2009-05-01' }, { hoursPerWeek: 27 }],
    ['night work under 18', 'NIGHT_WORK', { dateOfBirth: '2009-05-01' }, { hazards: ['NIGHT_WORK'] }],
    ['radiation under 18', 'HAZARDS', { dateOfBirth: '2009-05-01' }, { hazards: ['IONISING_RADIATION'] }],
    ['a check that cannot come in time', 'CHECKS', {}, { checksNeeded: ['OCCUPATIONAL_HEALTH'], startsOn: '2026-12-01' }],
    ['a DBS check under 16', 'CHECKS', { dateOfBirth: '2011-05-01' }, { checksNeeded: ['DBS_BASIC'] }],
    ['a journey over the limit', 'TRAVEL', { outcode: 'CV1', travelModes: ['WALK'] }, {}],
  ];
  it.each(refusals)('refuse %s, with the rule and what would change it', (_, code, l, v) => {
    const fit = fitOf(l, v);
    const gate = fit.gates.find((g) => g.code === code);
    expect(gate?.state).toBe('FAIL');
    expect(gate?.rule).not.toBe('');
    expect(gate?.remedy).not.toBe('');
    expect(fit.eligible).toBe(false);
    expect(scorer.gateOnly(toScorableLearner({ ...learner, ...l }, data), toScorableVacancy({ ...vacancy, ...v }), asOf)).toBe(false);
  });

  const questions: [string, string, Partial<Learner>, Partial<Vacancy>][] = [
    ['no availability', 'DATES', { availability: null }, {}],
    ['no outcode', 'TRAVEL', { outcode: null }, {}],
    ['an unknown outcode', 'TRAVEL', { outcode: 'ZZ99' }, {}],
    ['no birth date and night work', 'NIGHT_WORK', { dateOfBirth: null }, { hazards: ['NIGHT_WORK'] }],
    ['biological agents from 16', 'HAZARDS', {}, { hazards: ['BIOLOGICAL_AGENTS'] }],
    ['a check still to come in time', 'CHECKS', {}, { checksNeeded: ['DBS_BASIC'] }],
    ['an adjustment not yet offered', 'ADJUSTMENTS', { adjustmentsNeeded: ['STEP_FREE'] }, {}],
    ['a site not open yet', 'SITE', { outcode: 'B37' }, { campusId: 'arden-cross' }],
    ['dates reversed', 'DATES', {}, { startsOn: '2027-07-31', endsOn: '2027-02-01' }],
    ['levels reversed', 'LEVEL', {}, { levelFrom: 5, levelTo: 2 }],
    ['no programme named', 'PROGRAMME', {}, { programmeKinds: [] }],
    ['a funder’s rule that names no fund', 'FUNDING', {}, { fundingRequired: true, fundingSourceIds: [] }],
  ];
  it.each(questions)('ask about %s and hide nothing', (_, code, l, v) => {
    expect(stateOf(code, l, v)).toBe('UNKNOWN');
  });

  it('let the Digital route work half its hours remotely', () => {
    expect(stateOf('REMOTE', { qualificationId: 'tl-60358324' }, { remoteShare: 5000 })).toBe('PASS');
    expect(stateOf('REMOTE', { qualificationId: 'tl-60358324' }, { remoteShare: 5001 })).toBe('FAIL');
  });

  it('add the hours promised elsewhere to the young worker’s week', () => {
    const young = toScorableLearner(learner, data, { committedHoursPerWeek: 20 });
    const gate = scorer.score(young, toScorableVacancy(vacancy), asOf).gates.find((g) => g.code === 'YOUNG_HOURS');
    expect(gate?.state).toBe('FAIL');
  });

  it('do not apply the limits for young workers from the 18th birthday', () => {
    expect(stateOf('NIGHT_WORK', { dateOfBirth: '2009-02-01' }, { hazards: ['NIGHT_WORK'] })).toBe('PASS');
    expect(stateOf('NIGHT_WORK', { dateOfBirth: '2009-02-02' }, { hazards: ['NIGHT_WORK'] })).toBe('FAIL');
  });
});

describe('scores', () => {
  const { learners, vacancies } = cohort(data, 7, 120, 80, 10);
  const ls = learners.map((l) => toScorableLearner(l, data));
  const vs = vacancies.map((v) => toScorableVacancy(v));

  it('are the exact sum of their contributions on both sides', () => {
    for (const l of ls) {
      for (const v of vs.slice(0, 40)) {
        const fit = scorer.score(l, v, asOf);
        expect(fit.terms.reduce((a, t) => a + t.contribution, 0)).toBe(fit.score);
        expect(fit.employerTerms.reduce((a, t) => a + t.contribution, 0)).toBe(fit.employerScore);
        expect(fit.terms.map((t) => t.code)).toEqual([...TERM_CODES]);
        expect(fit.employerTerms.map((t) => t.code)).toEqual([...EMPLOYER_TERM_CODES]);
        expect(fit.terms.every((t) => t.value >= 0 && t.value <= 10_000 && Number.isInteger(t.value))).toBe(true);
        expect(fit.eligible).toBe(scorer.gateOnly(l, v, asOf));
      }
    }
  });

  it('do not depend on the order of what was compared before or of the input', () => {
    const dice = new Dice(3);
    const shuffled = [...vs].sort(() => dice.below(3) - 1);
    const fresh = createScorer(data);
    for (const l of ls.slice(0, 30).reverse()) {
      expect(canonicalJson(fresh.suggest(l, shuffled, options))).toBe(canonicalJson(scorer.suggest(l, vs, options)));
    }
  });

  it('replay to the same bytes from equal input, with the same hash', () => {
    const again = JSON.parse(JSON.stringify(ls[3])) as (typeof ls)[number];
    const fit = scorer.suggest(ls[3] as (typeof ls)[number], vs, options);
    expect(canonicalJson(createScorer(data).suggest(again, vs, options))).toBe(canonicalJson(fit));
    expect(partHash(again, digest)).toBe(partHash(ls[3] as (typeof ls)[number], digest));
    const hashes = vs.map((v) => joinHashes(partHash(again, digest), partHash(v, digest), partHash(scorer.policy, digest), scorer.referenceVersion, asOf, digest));
    expect(new Set(hashes).size).toBe(vs.length);
  });

  it('never fall when the learner gains a skill, time or reach', () => {
    for (let i = 0; i < 60; i++) {
      const l = ls[i] as (typeof ls)[number];
      const v = vs[i] as (typeof vs)[number];
      const before = scorer.score(l, v, asOf);
      const wanted = v.skills[0];
      const more = {
        ...l,
        skills: wanted ? [...l.skills, { skillId: wanted.skillId, source: 'ASSESSED' as const, words: '' }] : l.skills,
        travel: { ...l.travel, maxMinutes: l.travel.maxMinutes + 10 },
        availability: l.availability === null ? null : { ...l.availability, hoursPerWeek: l.availability.hoursPerWeek + 4 },
      };
      const after = scorer.score(more, v, asOf);
      before.terms.forEach((t, at) => expect(after.terms[at]?.value).toBeGreaterThanOrEqual(t.value));
      before.employerTerms.forEach((t, at) => expect(after.employerTerms[at]?.value).toBeGreaterThanOrEqual(t.value));
    }
  });

  it('leave no trace of name, birth date, outcode or free text in what the scorer sees', () => {
    const seen = toScorableLearner(learner, data);
    const text = JSON.stringify(seen);
    for (const hidden of [learner.givenName, learner.familyName, 'B29', '2009-05-01', 'Sarah', 'school"']) expect(text).not.toContain(hidden);
    expect(seen.skills).toEqual([{ skillId: 'python', source: 'STATED', words: 'Python' }]);
    expect(fitOf({}, {}).terms[0]?.evidence[0]).toBe('Python (essential): you wrote "Python"');
  });

  it('give both lists from the same numbers', () => {
    const v = vs[2] as (typeof vs)[number];
    for (const fit of scorer.topForVacancy(v, ls, options)) {
      const l = ls.find((x) => x.id === fit.learnerId) as (typeof ls)[number];
      expect(scorer.scoreOnly(l, v, asOf)).toEqual({ score: fit.score, employerScore: fit.employerScore });
    }
  });

  it('survive anything: empty profiles, 5,000 skills, a 1 MB advert, nonsense dates', () => {
    const skills = Array.from({ length: 5000 }, (_, n) => ({ skillId: `s${n}`, evidence: 'x', source: 'STATED' as const }));
    const odd: Partial<Learner>[] = [
      { skills: [], interests: [], checks: [], travelModes: [], fundingSourceIds: [] },
      { skills },
      { availability: { from: 'soon', to: '', weekdays: [], hoursPerWeek: Number.NaN } },
      { qualificationId: 'none', level: Number.NaN, entryPointId: '', maxTravelMinutes: -1 },
    ];
    for (const l of odd) {
      for (const v of [{}, { description: 'word '.repeat(200_000) }, { startsOn: '2027-02-30' }, { skills: skills.map((s) => ({ skillId: s.skillId, need: 'ESSENTIAL' as const })) }, { weekdays: [], hoursPerWeek: -5 }]) {
        const fit = fitOf(l, v);
        expect(fit.score).toBe(fit.terms.reduce((a, t) => a + t.contribution, 0));
        expect(fit.score).toBeGreaterThanOrEqual(0);
        expect(fit.score).toBeLessThanOrEqual(10_000);
        const sides = [toScorableLearner({ ...learner, ...l }, data), toScorableVacancy({ ...vacancy, ...v })] as const;
        for (const side of sides) expect(partHash(side, digest)).toHaveLength(64);
      }
    }
  });
});
