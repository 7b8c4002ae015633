import { createHash } from 'node:crypto';
import { ageOn, checkUln, epochDay } from '@meriden/reference';
import { createScorer, toScorableLearner, toScorableVacancy } from '@meriden/scoring';
import { cohort } from '../../../../test/support/cohort.js';
import { referenceData } from '../../../../test/support/reference-data.js';
import { apportion } from './dice.js';
import { FICTIONAL_MARK } from './names.js';
import { DEFAULT_SIZE, demonstrationRegion, type Region } from './region.js';

const AS_OF = '2026-11-22';
const reference = referenceData();
const region = demonstrationRegion(DEFAULT_SIZE, AS_OF, reference);
const vacancies = region.hosts.flatMap((host) => host.vacancies);
const openings = (list: readonly { openings: number }[]): number => list.reduce((sum, v) => sum + v.openings, 0);
const digestOf = (value: Region): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

describe('the demonstration region', () => {
  it('has the announced size', () => {
    expect(region.learners).toHaveLength(1200);
    expect(vacancies).toHaveLength(160);
    expect(openings(vacancies)).toBe(1000);
    expect(region.hosts).toHaveLength(60);
  });

  it('is a function of size, seed and day', () => {
    expect(digestOf(demonstrationRegion(DEFAULT_SIZE, AS_OF, reference))).toBe(digestOf(region));
    expect(digestOf(demonstrationRegion({ ...DEFAULT_SIZE, seed: '2' }, AS_OF, reference))).not.toBe(digestOf(region));
  });

  it.each([
    [1, 1],
    [40, 7],
    [2500, 400],
  ])('comes in the size asked for: %i learners, %i vacancies', (learners, count) => {
    const other = demonstrationRegion({ learners, vacancies: count, seed: '9' }, AS_OF, reference);
    expect(other.learners).toHaveLength(learners);
    expect(other.hosts.flatMap((host) => host.vacancies)).toHaveLength(count);
    expect(other.hosts.every((host) => host.vacancies.length > 0)).toBe(true);
  });

  it('names every host and every learner as invented, and every provider as on the register', () => {
    expect(region.hosts.every(({ host }) => host.name.endsWith('(fictional)'))).toBe(true);
    expect(new Set(region.hosts.map(({ host }) => host.name)).size).toBe(60);
    expect(region.hosts.filter(({ host }) => host.name.includes('NHS Trust'))).toHaveLength(1);
    expect([...reference.fictionalEmployers.byId.values()].every((given) => region.hosts.some(({ host }) => host.name === given.name))).toBe(true);
    expect(region.learners.every((learner) => learner.familyName.endsWith(FICTIONAL_MARK))).toBe(true);
    expect(region.providers.every(({ ukprn, name }) => reference.providers.byId.get(ukprn)?.name === name)).toBe(true);
    expect(region.learners.every((learner) => reference.providers.byId.has(learner.ukprn))).toBe(true);
  });

  it('gives every learner a valid ULN and an address of their own, and is 16 or older', () => {
    expect(region.learners.every((learner) => checkUln(learner.uln).ok)).toBe(true);
    expect(new Set(region.learners.map((learner) => learner.uln)).size).toBe(1200);
    expect(new Set([...region.learners.map((l) => l.email), ...region.hosts.map((h) => h.email)]).size).toBe(1260);
    const today = epochDay(AS_OF) as number;
    expect(Math.min(...region.learners.map((learner) => ageOn(epochDay(learner.dateOfBirth) as number, today)))).toBeGreaterThanOrEqual(16);
  });

  it('holds all entry points and all five kinds of programme that have learners', () => {
    expect(new Set(region.learners.map((l) => l.profile.entryPointId))).toEqual(new Set(reference.entryPoints.byId.keys()));
    const kinds = new Set(region.learners.map((l) => reference.qualifications.byId.get(l.profile.qualificationId)?.programmeKind));
    expect(kinds).toEqual(new Set(['T_LEVEL', 'HTQ', 'HNC_HND', 'DEGREE', 'OTHER']));
  });

  it('names only skills, campuses and entry points of the reference data, each skill once', () => {
    for (const vacancy of vacancies) {
      const ids = vacancy.skills.map((skill) => skill.skillId);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.every((id) => reference.skills.byId.has(id))).toBe(true);
      expect(reference.campuses.byId.get(vacancy.campusId)?.holdsVacancies).toBe(true);
      expect(vacancy.entryPointIds.every((id) => reference.entryPoints.byId.has(id))).toBe(true);
    }
    expect(region.learners.every((l) => l.profile.skills.every((skill) => reference.skills.byId.has(skill.skillId)))).toBe(true);
  });

  it('gives larger hosts more openings, and a firm of one person one', () => {
    for (const a of region.hosts) for (const b of region.hosts) if (a.host.staff > b.host.staff) expect(a.host.openings).toBeGreaterThanOrEqual(b.host.openings);
    for (const { host, vacancies: own } of region.hosts) expect(openings(own)).toBe(host.openings);
    expect(region.hosts.find(({ host }) => host.staff === 1)?.host.openings).toBe(1);
  });

  it('has vacancies on every campus that holds them, and says at Arden Cross that the site is not open', () => {
    const used = new Set(vacancies.map((vacancy) => vacancy.campusId));
    for (const campus of reference.campuses.byId.values()) if (campus.holdsVacancies) expect(used).toContain(campus.id);
    const arden = vacancies.filter((vacancy) => vacancy.campusId === 'arden-cross');
    expect(openings(arden)).toBeGreaterThan(50);
    expect(arden.every((vacancy) => vacancy.description.includes('the site is not open'))).toBe(true);
  });

  it('pays lawfully: unpaid for a year at most, else above the minimum; hours fit into the dates', () => {
    for (const vacancy of vacancies) {
      const days = (epochDay(vacancy.endsOn) as number) - (epochDay(vacancy.startsOn) as number) + 1;
      if (vacancy.pay === 'UNPAID_REQUIRED_BY_COURSE') expect([vacancy.hourlyPence, days <= 366]).toEqual([null, true]);
      else expect(vacancy.hourlyPence).toBeGreaterThanOrEqual(1271);
      expect(vacancy.totalHours).toBeLessThanOrEqual(Math.ceil(days / 7) * vacancy.hoursPerWeek);
    }
  });

  it('leaves at least nine of ten learners with three or more vacancies that they are eligible for', () => {
    const scorer = createScorer(reference);
    const { learners, vacancies: live } = cohort();
    const places = live.map((vacancy) => toScorableVacancy(vacancy));
    const served = learners.map((learner) => {
      const scorable = toScorableLearner(learner, reference);
      return places.filter((place) => scorer.gateOnly(scorable, place, AS_OF)).length >= 3;
    });
    expect(served.filter(Boolean).length).toBeGreaterThanOrEqual(1080);
    // Both learners of the accounts are among them.
    expect(served.slice(0, 2)).toEqual([true, true]);
  });
});

describe('apportion', () => {
  it('adds up exactly and gives nobody less than the least', () => {
    expect(apportion(10, [1, 1, 1])).toEqual([4, 3, 3]);
    expect(apportion(10, [8, 1, 1], 2)).toEqual([5, 3, 2]);
    expect(apportion(0, [3, 4])).toEqual([0, 0]);
  });
});
