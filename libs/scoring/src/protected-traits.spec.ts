import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, type Learner } from '@meriden/domain';
import { cohort, digest, readReference } from '../testing/cohort.js';
import { createScorer, drawScoringReference, scorableOver, scorerOver, toScorableLearner, toScorableVacancy, widerGraph } from './index.js';

const data = readReference(join(import.meta.dirname, '../../..'));
const { learners, vacancies } = cohort(data, 99, 60, 120, 5);
const options = { top: 20, asOf: '2026-11-22', digest };
const vs = vacancies.map((v) => toScorableVacancy(v));

/** What a profile may say about the person, before and after the swap. */
const before = { name: 'Sarah Whitfield', she: 'she', her: 'her', school: "St Mary's Girls' School", town: 'Solihull' };
const after = { name: 'Mohammed Iqbal Hussain', she: 'he', her: 'his', school: 'Small Heath Academy', town: 'Bordesley Green' };

const evidenceBy = (who: typeof before, label: string): string =>
  `${who.name} says ${who.she} used ${label} in ${who.her} project at ${who.school} in ${who.town}; ${who.she} was proud of it.`;

const profileOf = (learner: Learner, who: typeof before): Learner => ({
  ...learner,
  givenName: who.name.split(' ')[0] as string,
  familyName: who.name.split(' ').slice(1).join(' '),
  uln: who === before ? '9276308686' : '1000000000',
  organisationId: who === before ? 'a' : 'b',
  personId: who === before ? 'p1' : 'p2',
  skills: learner.skills.map((skill) => ({ ...skill, evidence: evidenceBy(who, data.skills.byId.get(skill.skillId)?.label ?? '') })),
});

/** Outcodes from which every journey takes as long as from this one. */
function twinOutcodes(outcode: string): string[] {
  const place = data.geography.outcodes.get(outcode);
  return [...data.geography.outcodes.values()].filter((o) => o.outcode !== outcode && o.lat === place?.lat && o.lon === place?.lon).map((o) => o.outcode);
}

describe('who a learner is leaves no trace in a score', () => {
  it('every byte stays when name, pronouns, school, town and numbers are swapped in the stored profile', () => {
    const scorer = createScorer(data);
    let suggestions = 0;
    for (const learner of learners) {
      const one = scorer.suggest(toScorableLearner(profileOf(learner, before), data), vs, options);
      const other = scorer.suggest(toScorableLearner(profileOf(learner, after), data), vs, options);
      expect(canonicalJson(other)).toBe(canonicalJson(one));
      suggestions += one.length;
    }
    expect(suggestions).toBeGreaterThan(100);
  });

  it('nor when the new name is one of ESCO’s skills, and the skills held are ESCO’s too', () => {
    const reference = drawScoringReference(data, widerGraph(data, readFileSync(join(import.meta.dirname, '../data/skill-graph.tsv'), 'utf8')), null);
    const scorer = scorerOver(reference);
    const beyond = reference.graph.nodes.filter((node) => ['customer service', 'operate forklift', 'Ruby (computer programming)'].includes(node.label));
    expect(beyond).toHaveLength(3);
    const wanted = vs.map((vacancy, at) => ({ ...vacancy, skills: [...vacancy.skills, { skillId: beyond[at % 3]?.id ?? '', need: 'OPTIONAL' as const }] }));
    const named = { ...after, name: 'Ruby Swift Erwin' };
    let held = 0;
    for (const learner of learners) {
      const holder = { ...learner, skills: [...learner.skills, ...beyond.slice(0, 2).map(({ id }) => ({ skillId: id, evidence: '', source: 'STATED' as const }))] };
      const fits = (who: typeof before): string => {
        const profile = profileOf(holder, who);
        return canonicalJson(scorer.suggest(scorableOver({ ...profile, skills: profile.skills.map((skill, at) => ({ ...skill, evidence: evidenceBy(who, reference.graph.nodes[reference.graph.position(holder.skills[at]?.skillId ?? '')]?.label ?? '') })) }, reference), wanted, options));
      };
      const one = fits(before);
      expect(fits(named)).toBe(one);
      if (one.includes('customer service')) held++;
    }
    expect(held).toBeGreaterThan(0);
  });

  it('every byte stays when the outcode is swapped for one of equal journeys', () => {
    const scorer = createScorer(data);
    let swapped = 0;
    for (const outcode of [...data.geography.outcodes.keys()]) {
      const [twin] = twinOutcodes(outcode);
      if (twin === undefined) continue;
      swapped++;
      const learner = { ...(learners[swapped % learners.length] as Learner) };
      const one = scorer.suggest(toScorableLearner({ ...learner, outcode }, data), vs, options);
      expect(canonicalJson(scorer.suggest(toScorableLearner({ ...learner, outcode: twin }, data), vs, options))).toBe(canonicalJson(one));
    }
    expect(swapped).toBeGreaterThan(0);
  });

  it('a birth date changes nothing for two adults', () => {
    const scorer = createScorer(data);
    for (const learner of learners.slice(0, 20)) {
      const strip = (dateOfBirth: string) => scorer.suggest(toScorableLearner({ ...learner, dateOfBirth }, data), vs, options);
      expect(canonicalJson(strip('1968-03-02'))).toBe(canonicalJson(strip('2001-11-30')));
    }
  });

  it('the type that scores are computed from has no field to put them in', () => {
    const fields = Object.keys(toScorableLearner(learners[0] as Learner, data)).sort();
    expect(fields).toEqual([
      'adjustmentsNeeded', 'availability', 'checks', 'committedHoursPerWeek', 'consentToMatching', 'eighteenOn', 'entryPointId', 'fundingSourceIds', 'id',
      'interests', 'level', 'programmeKind', 'requiredHours', 'route', 'skills', 'travel',
    ]);
  });
});
