import { referenceData } from '../../../test/support/reference-data.js';
import { campusAndWithin, campusNotice, findCampus, type Campus } from './campuses.js';
import { findFundingSource } from './funding.js';
import { findProvider } from './providers.js';

const { campuses, providers, fundingSources, figures } = referenceData();
const campus = (id: string): Campus => {
  const found = campuses.byId.get(id);
  if (found === undefined) throw new Error(`no campus ${id}`);
  return found;
};

describe('the named things of the launch', () => {
  it('are all here, each of its kind', () => {
    const kinds = { bhic: 'CAMPUS', phta: 'FACILITY', makerspace: 'FACILITY', cis: 'SERVICE', bkq: 'DISTRICT', 'arden-cross': 'CAMPUS', wmhtia: 'PROGRAMME', 'hs2-interchange': 'TRANSPORT' };
    expect(Object.fromEntries(Object.keys(kinds).map((id) => [id, campus(id).kind]))).toEqual(kinds);
  });

  it('answer to their other names', () => {
    for (const name of ['WMHTA', 'wmhtia', 'West Midlands Health Tech Accelerator', 'West Midlands Health Tech Innovation Accelerator']) {
      expect(findCampus(campuses, name)?.id).toBe('wmhtia');
    }
    expect(findCampus(campuses, "birmingham's HEALTH and life-sciences district")?.id).toBe('birmingham-health-district');
    expect(findCampus(campuses, 'Atlantis')).toBeNull();
    expect(findProvider(providers, 'university of birmingham')?.ukprn).toBe('10006840');
    expect(findProvider(providers, '10007163')?.name).toBe('University of Warwick');
    expect(findFundingSource(fundingSources, 'Investment Zone')?.id).toBe('wm-investment-zone');
    expect(findFundingSource(fundingSources, 'pilot')?.id).toBe('medtech-htq-pilot');
  });

  it('roll up: the health district contains BHIC, which contains PHTA, which contains the Makerspace', () => {
    const ids = campusAndWithin(campuses, 'birmingham-health-district').map((c) => c.id);
    expect(ids).toEqual(expect.arrayContaining(['bhic', 'phta', 'makerspace', 'cis', 'uob-edgbaston', 'qe-birmingham']));
    expect(new Set(ids).size).toBe(ids.length);
    expect(campusAndWithin(campuses, 'nowhere')).toEqual([]);
  });
});

describe('Arden Cross', () => {
  it('holds vacancies now, and says that it is not open and that its place on the map is approximate', () => {
    const ardenCross = campus('arden-cross');
    expect(ardenCross).toMatchObject({ holdsVacancies: true, status: 'PLANNED', opensOn: null, certainty: 'approximate' });
    expect(campusNotice(ardenCross, '2027-03-01')).toBe(
      'Arden Cross is not open on 2027-03-01: it has no published opening date. Agree before the start where the placement is held. Its location, and so every journey time, is approximate.',
    );
  });

  it('would be open from a published date on', () => {
    const dated: Campus = { ...campus('arden-cross'), opensOn: '2030-01-01' };
    expect(campusNotice(dated, '2029-12-31')).toContain('it opens on 2030-01-01');
    expect(campusNotice(dated, '2030-01-01')).toBe('Its location, and so every journey time, is approximate.');
  });

  it('needs no notice at an open site', () => {
    expect(campusNotice(campus('qe-birmingham'), '2027-03-01')).toBeNull();
  });
});

describe('the figures of the launch', () => {
  it('add up, and the one with a disputed scope says so', () => {
    const value = (id: string) => figures.byId.get(id)?.value;
    expect(value('medtech-jobs-2035')).toBe(145_000);
    expect([value('medtech-jobs-2035-extra'), value('medtech-jobs-2035-replacement')]).toEqual([70_000, 75_000]);
    expect(figures.byId.get('medtech-workforce-now')).toMatchObject({ value: 14_000, certainty: 'disputed' });
    expect([value('bhic-jobs'), value('bhic-gva')]).toEqual([10_000, 400_000_000]);
  });
});
