import type { Learner, Vacancy } from '@meriden/domain';
import { DEFAULT_SIZE, demonstrationRegion, type Region, type RegionSize } from '../../apps/cli/src/demonstration/region.js';
import { id } from './builders.js';
import { referenceData } from './reference-data.js';

export type Cohort = Readonly<{ region: Region; learners: readonly Learner[]; vacancies: readonly Vacancy[] }>;

/** The seeded demonstration region as domain objects with counted ids, as if it had been written and read again. */
export function cohort(size: Partial<RegionSize> = {}, asOf = '2026-11-22'): Cohort {
  const region = demonstrationRegion({ ...DEFAULT_SIZE, ...size }, asOf, referenceData());
  const providers = new Map(region.providers.map(({ ukprn }, i) => [ukprn, id('organisation', i + 1)]));
  const learners = region.learners.map(({ ukprn, email: _email, profile, ...person }, i): Learner => ({
    ...person,
    ...profile,
    id: id('learner', i + 1),
    organisationId: providers.get(ukprn) as string,
    personId: id('person', i + 1),
    version: 1,
  }));
  let count = 0;
  const vacancies = region.hosts.flatMap(({ vacancies: own }, host) =>
    own.map((details): Vacancy => ({ ...details, id: id('vacancy', ++count), organisationId: id('organisation', 0x1000 + host), state: 'LIVE', version: 1 })),
  );
  return { region, learners, vacancies };
}
