import { canonicalJson, type Learner } from '@meriden/domain';
import { scorableOver, scorerOver, toScorableVacancy } from '@meriden/scoring';
import { cohort, digest } from '../../../scoring/testing/cohort.js';
import { ReferenceService } from '../reference.service.js';
import { LEARNER_COLUMNS, mergedLearner, readLearner, type LearnerRow } from './learner-rows.js';
import { readFile } from './read-file.js';

const reference = new ReferenceService();
const { data } = reference;
const TODAY = '2026-11-24';
const { learners, vacancies } = cohort(data, 1999, 60, 150, 0);
const offered = vacancies.map((vacancy) => toScorableVacancy(vacancy));
// As the service scores: over the taxonomy and ESCO.
const scorer = scorerOver(reference.scoring);

/** Who a person is, in every place where a stored profile or a provider's file may say so. Both halves of the postcode's second part are of one outcode: equal travel. */
const sarah = { given: 'Sarah', family: 'Whitfield', she: 'she', her: 'her', woman: 'girl guide', school: "St Mary's Girls' School", inward: '1AA', mail: 'sarah.whitfield' };
const iqbal = { given: 'Mohammed Iqbal', family: 'Hussain', she: 'he', her: 'his', woman: 'boy scout', school: 'Small Heath Academy', inward: '9ZY', mail: 'm.i.hussain' };
type Person = typeof sarah;

const HEADER = ['givenName', 'familyName', 'dateOfBirth', 'academicYear', 'email', 'qualification', 'level', 'entryPoint', 'outcode', 'travelModes', 'skills', 'interests', 'consentToMatching'];
const once = (items: readonly string[]): string => [...new Set(items)].join('|');
const labelOf = (skillId: string): string => data.skills.byId.get(skillId)?.label ?? '';

function rowOf(learner: Learner, who: Person, at: number): string {
  const skills = learner.skills.slice(0, 2).map((skill) => skill.skillId);
  const cells = [who.given, who.family, learner.dateOfBirth ?? '', '2026/27', `${who.mail}.${at}@learners.example`, learner.qualificationId, String(learner.level), learner.entryPointId, `${learner.outcode} ${who.inward}`, once(learner.travelModes), skills.join('|'), once(learner.interests), 'yes'];
  return cells.map((cell) => `"${cell}"`).join(',');
}

/** The profile as the learner wrote it, in the person's own words. */
const storedOf = (learner: Learner, who: Person): Learner => ({
  ...learner,
  givenName: who.given,
  familyName: who.family,
  personId: `p-${who.mail}`,
  skills: learner.skills.slice(1).map((skill) => ({ ...skill, evidence: `As a ${who.woman} at ${who.school} ${who.given} showed ${who.her} class how ${who.she} used ${labelOf(skill.skillId)}.` })),
});

async function imported(who: Person): Promise<readonly LearnerRow[]> {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield Buffer.from([HEADER.join(','), ...learners.map((learner, at) => rowOf(learner, who, at))].join('\n'));
  }
  const reading = await readFile(bytes(), LEARNER_COLUMNS, (cells) => readLearner(cells, reference, TODAY));
  expect(reading.errors).toEqual([]);
  return reading.good;
}

describe('a stored profile and a file of the provider, through import, linker and scorer', () => {
  it('give the same bytes when name, pronouns, sex-coded words, school, address and postcode at equal travel are swapped', async () => {
    const [ones, others] = [await imported(sarah), await imported(iqbal)];
    let suggestions = 0;
    let quoted = 0;
    learners.forEach((learner, at) => {
      const fitsOf = (who: Person, row: LearnerRow) => {
        const scorable = scorableOver(mergedLearner(storedOf(learner, who), row), reference.scoring);
        quoted += scorable.skills.filter((skill) => skill.words !== '').length;
        return scorer.suggest(scorable, offered, { top: 20, asOf: TODAY, digest });
      };
      const one = fitsOf(sarah, ones[at] as LearnerRow);
      expect(canonicalJson(fitsOf(iqbal, others[at] as LearnerRow))).toBe(canonicalJson(one));
      suggestions += one.length;
    });
    // The words were read and the lists are not empty, so that equality says something.
    expect(suggestions).toBeGreaterThan(100);
    expect(quoted).toBeGreaterThan(100);
  });

  it('would show a difference that the swap must not make: a skill more changes the bytes', async () => {
    const [first] = await imported(sarah);
    const learner = learners[0] as Learner;
    const held = scorableOver(mergedLearner(storedOf(learner, sarah), first as LearnerRow), reference.scoring);
    const fewer = { ...held, skills: held.skills.slice(1) };
    const bytes = (of: typeof held): string => canonicalJson(offered.map((vacancy) => scorer.score(of, vacancy, TODAY)));
    expect(bytes(fewer)).not.toBe(bytes(held));
  });
});
