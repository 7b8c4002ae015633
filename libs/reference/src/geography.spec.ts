import fc from 'fast-check';
import { referenceData } from '../../../test/support/reference-data.js';
import { checkLocation, distanceMetres, districtAt, type Location } from './geography.js';
import { estimateTravel, quickestTravel, TRAVEL_MODES } from './travel.js';

const { geography, campuses, providers } = referenceData();
const anyPoint = fc.record({ lat: fc.double({ min: 50, max: 55, noNaN: true }), lon: fc.double({ min: -5, max: 1, noNaN: true }) });
const anyLocation = fc.tuple(anyPoint, fc.constantFrom('SITE', 'OUTCODE', 'APPROXIMATE')).map(([p, precision]): Location => ({ ...p, precision: precision as Location['precision'] }));

describe('distance', () => {
  it('is a whole number, symmetric, zero to itself, and about 111 km a degree of latitude', () => {
    expect(distanceMetres({ lat: 52, lon: -2 }, { lat: 53, lon: -2 })).toBe(111_195);
    fc.assert(
      fc.property(anyPoint, anyPoint, (a, b) => {
        expect(Number.isInteger(distanceMetres(a, b))).toBe(true);
        expect(distanceMetres(a, b)).toBe(distanceMetres(b, a));
        expect(distanceMetres(a, a)).toBe(0);
      }),
    );
  });
});

describe('coordinates against the outcode', () => {
  it('refuses the register that puts Coventry University in Milton Keynes', () => {
    expect(checkLocation(geography.outcodes, 'CV1 5FB', { lat: 52.027, lon: -0.773 })).toMatchObject({ ok: false, code: 'location-far-from-outcode' });
    expect(checkLocation(geography.outcodes, 'CV1 5FB', { lat: 52.4075, lon: -1.5046 })).toMatchObject({ ok: true, outcode: 'CV1' });
  });

  it('passes an outcode we do not hold without a distance, and refuses what is no postcode', () => {
    expect(checkLocation(geography.outcodes, 'EC1A 1BB', { lat: 51.52, lon: -0.1 })).toEqual({ ok: true, outcode: 'EC1A', metresFromCentroid: null });
    expect(checkLocation(geography.outcodes, 'nowhere', { lat: 51.52, lon: -0.1 })).toMatchObject({ ok: false, code: 'outcode-format' });
  });
});

describe('outcodes and districts', () => {
  it('ships no coordinate finer than 0.01 degree and never calls a centroid a fact', () => {
    for (const row of geography.outcodes.values()) {
      expect(Math.abs(row.lat * 100 - Math.round(row.lat * 100))).toBeLessThan(1e-6);
      expect(row.certainty).toBe('approximate');
    }
  });

  it('counts the seven boroughs of the combined authority, and no other area', () => {
    const areas = new Set([...geography.outcodes.values()].filter((o) => o.inCombinedAuthority).map((o) => o.area));
    expect([...areas].sort()).toEqual(['Birmingham', 'Coventry', 'Dudley', 'Sandwell', 'Solihull', 'Walsall', 'Wolverhampton']);
    expect(geography.outcodes.get('LE1')).toMatchObject({ inRegion: false, inCombinedAuthority: false });
  });

  it('finds the district of a point, and none outside the region', () => {
    expect(districtAt(geography.boundaries, { lat: 52.48, lon: -1.9 })?.name).toBe('Birmingham');
    expect(districtAt(geography.boundaries, { lat: 52.408, lon: -1.51 })?.name).toBe('Coventry');
    expect(districtAt(geography.boundaries, { lat: 51.5, lon: -0.12 })).toBeNull();
  });

  it('agrees with the areas of the outcode list for nearly all centroids in the boroughs', () => {
    const inBoroughs = [...geography.outcodes.values()].filter((o) => o.inCombinedAuthority);
    const agree = inBoroughs.filter((o) => districtAt(geography.boundaries, o)?.name === o.area);
    expect(agree.length / inBoroughs.length).toBeGreaterThan(0.85);
  });
});

describe('journey estimates', () => {
  const from = geography.outcodes.get('CV1') as Location;
  const ardenCross = campuses.byId.get('arden-cross')?.location as Location;

  it('work out as access + distance x 1.3 / speed, rounded up, and say that they are estimates', () => {
    const a: Location = { lat: 52, lon: -2, precision: 'SITE' };
    const b: Location = { lat: 52.1, lon: -2, precision: 'SITE' };
    // 11,120 m straight, 14,456 m by road (rounded up).
    expect(TRAVEL_MODES.map((mode) => estimateTravel(geography.travelSpeeds, a, b, mode).minutes)).toEqual([181, 58, 75, 34, 29]);
    expect(estimateTravel(geography.travelSpeeds, from, ardenCross, 'BUS')).toMatchObject({ kind: 'estimate', precision: 'APPROXIMATE' });
  });

  it('are whole numbers, never zero between centroids, and the same both ways', () => {
    fc.assert(
      fc.property(anyLocation, anyLocation, fc.constantFrom(...TRAVEL_MODES), (a, b, mode) => {
        const there = estimateTravel(geography.travelSpeeds, a, b, mode);
        expect(Number.isInteger(there.minutes) && Number.isInteger(there.metres)).toBe(true);
        expect(estimateTravel(geography.travelSpeeds, b, a, mode)).toEqual(there);
      }),
    );
    expect(estimateTravel(geography.travelSpeeds, from, from, 'WALK')).toMatchObject({ minutes: 17, metres: 1300 });
  });

  it('pick the quickest of the modes a learner uses', () => {
    const quickest = quickestTravel(geography.travelSpeeds, from, ardenCross, ['WALK', 'BUS', 'RAIL']);
    expect(quickest?.mode).toBe('RAIL');
    expect(quickestTravel(geography.travelSpeeds, from, ardenCross, [])).toBeNull();
  });
});

describe('providers on the map', () => {
  it('stand in Coventry when they are in Coventry', () => {
    expect(districtAt(geography.boundaries, providers.byId.get('10001726')?.location as Location)?.name).toBe('Coventry');
  });
});
