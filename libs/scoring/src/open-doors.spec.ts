import { join } from 'node:path';
import { cohort, readReference } from '../testing/cohort.js';
import { createScorer, openDoors, toScorableLearner, toScorableVacancy, willTrain } from './index.js';

const data = readReference(join(import.meta.dirname, '../../..'));
const asOf = '2026-11-22';
const { learners, vacancies } = cohort(data, 5, 80, 60, 4);
const ls = learners.map((l) => toScorableLearner(l, data));
const vs = vacancies.map((v) => toScorableVacancy(v));
const scorer = createScorer(data);

describe('what would open this door', () => {
  it('offers at most 12 edits, each of which does something, and every number can be had again', () => {
    let doors = 0;
    for (const l of ls.slice(0, 25)) {
      for (const v of vs.slice(0, 4)) {
        const found = openDoors(scorer, l, v, vs, asOf);
        expect(found.length).toBeLessThanOrEqual(12);
        for (const door of found) {
          doors++;
          expect(door.scoreChange > 0 || door.opens.length > 0 || door.newlyOpen.length > 0).toBe(true);
          if (door.kind !== 'ADD_SKILL') continue;
          const edited = { ...l, skills: [...l.skills, { skillId: door.value, source: 'STATED' as const, words: '' }] };
          expect(scorer.score(edited, v, asOf).score - scorer.score(l, v, asOf).score).toBe(door.scoreChange);
        }
      }
    }
    expect(doors).toBeGreaterThan(100);
  });

  it('opens a journey that is too long by raising the limit to it', () => {
    const l = ls.find((x) => x.travel.journeys !== null && x.consentToMatching);
    const v = vs.find((x) => x.remoteShare === 0 && l?.travel.journeys?.[x.campusId]?.BUS !== undefined);
    if (!l || !v) throw new Error('the cohort has no such pair');
    const near = { ...l, travel: { ...l.travel, modes: ['BUS' as const], maxMinutes: 5 } };
    const door = openDoors(scorer, near, v, vs, asOf).find((found) => found.opens.includes('TRAVEL'));
    expect(['TRAVEL_FURTHER', 'ADD_TRAVEL_MODE']).toContain(door?.kind);
  });

  it('tells an employer what training a skill would add, and never a loss', () => {
    const v = vs.find((x) => x.skills.filter((s) => s.need === 'ESSENTIAL').length > 2);
    if (!v) throw new Error('the cohort has no such vacancy');
    const everyone = ls.map((l) => ({ ...l, programmeKind: 'OTHER' as const, requiredHours: null, level: v.levelFrom }));
    const found = willTrain(scorer, { ...v, programmeKinds: ['OTHER'] }, everyone, asOf, 3000);
    expect(found).toHaveLength(v.skills.filter((s) => s.need === 'ESSENTIAL').length);
    expect(found.map((f) => f.reachThen)).toEqual([...found.map((f) => f.reachThen)].sort((a, b) => b - a));
  });
});
