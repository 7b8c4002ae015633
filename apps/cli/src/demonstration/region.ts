import type { IsoDate, IsoInstant } from '@meriden/domain';
import { epochDay, isoDate, type ReferenceData } from '@meriden/reference';
import { Dice } from './dice.js';
import { demonstrationHosts } from './hosts.js';
import { accountLearner, demonstrationLearners, type DemonstrationLearner } from './learners.js';
import { demonstrationVacancies, type HostVacancies } from './vacancies.js';

export type RegionSize = Readonly<{ learners: number; vacancies: number; seed: string }>;
export const DEFAULT_SIZE: RegionSize = { learners: 1200, vacancies: 160, seed: '1' };
/** Openings for every 160 vacancies. */
const OPENINGS_PER_160 = 1000;

/** A host and the account of the person who acts for it. */
export type RegionHost = HostVacancies & Readonly<{ email: string; contact: string }>;

export type Region = Readonly<{
  size: RegionSize;
  asOf: IsoDate;
  operator: Readonly<{ name: string }>;
  funder: Readonly<{ name: string }>;
  /** Real providers, names as on the register. Those of the two college accounts come first. */
  providers: readonly Readonly<{ ukprn: string; name: string }>[];
  hosts: readonly RegionHost[];
  /** The learners of the accounts learner@ and learner2@ come first. */
  learners: readonly DemonstrationLearner[];
  round: Readonly<{ name: string; preferencesCloseAt: IsoInstant; replyBy: IsoInstant }>;
}>;

/** The addresses of the demonstration accounts; the passwords are made when the region is written. */
const ACCOUNT_DOMAIN = 'demo.example';
export const account = (name: string): string => `${name}@${ACCOUNT_DOMAIN}`;

/** learner@ belongs to college@ and fits adverts of employer@ at Arden Cross; the second of each belongs together too. */
const COLLEGE = { ukprn: '10005946', qualificationId: 'tl-61005162', cluster: 'device-engineering', outcode: 'B37', skillIds: ['cad', 'technical-drawings', 'prototyping', 'additive-manufacturing', 'manufacturing-processes'] };
const COLLEGE_2 = { ukprn: '10006442', qualificationId: 'tl-6037083x', cluster: 'diagnostics-lab', outcode: 'B29', skillIds: ['laboratory-techniques', 'sample-handling', 'pipetting', 'pcr'] };
const EMPLOYER = 'Lickey Orthopaedic Devices plc (fictional)';
const EMPLOYER_2 = 'Selly Oak Diagnostics Ltd (fictional)';

const PREFERENCE_DAYS = 42;
const REPLY_DAYS = 49;

/**
 * The whole region as plain data: a pure function of size, seed, day and reference data. People and hosts are invented and
 * named so; providers and campuses are facts of the reference data.
 */
export function demonstrationRegion(size: RegionSize, asOf: IsoDate, reference: ReferenceData): Region {
  const dice = new Dice(`region/${size.seed}`);
  const openings = Math.max(size.vacancies, Math.round((size.vacancies * OPENINGS_PER_160) / 160));
  const hosts = demonstrationHosts(dice.apart('hosts'), reference, size.vacancies, openings);
  const withVacancies = demonstrationVacancies(dice.apart('vacancies'), reference, hosts, asOf);
  const learnerDice = dice.apart('learners');
  const named = [COLLEGE, COLLEGE_2].slice(0, size.learners).map((wish, i) => ({ ...accountLearner(learnerDice, reference, asOf, i, wish), email: account(i === 0 ? 'learner' : 'learner2') }));
  const learners = [...named, ...demonstrationLearners(learnerDice, reference, Math.max(0, size.learners - named.length), asOf, demandOf(reference, withVacancies), named.length)];
  return {
    size,
    asOf,
    operator: { name: 'Meriden demonstration operator (fictional)' },
    funder: { name: reference.bodies.byId.get('wmca')?.name ?? 'West Midlands Combined Authority' },
    providers: providersInOrder(reference),
    hosts: withVacancies.map((entry, i) => ({ ...entry, ...contactOf(entry, i) })),
    learners,
    round: { name: `Demonstration round ${asOf.slice(0, 7)}`, preferencesCloseAt: closing(asOf, PREFERENCE_DAYS), replyBy: closing(asOf, REPLY_DAYS) },
  };
}

function demandOf(reference: ReferenceData, hosts: readonly HostVacancies[]): (cluster: string, level: number) => number {
  const byCluster = new Map<string, number>();
  for (const { vacancies } of hosts) {
    for (const vacancy of vacancies) {
      const first = vacancy.skills[0];
      const cluster = first && reference.skills.byId.get(first.skillId)?.cluster;
      if (!cluster) continue;
      for (let level = vacancy.levelFrom; level <= vacancy.levelTo; level++) {
        const key = `${cluster}/${level}`;
        byCluster.set(key, (byCluster.get(key) ?? 0) + vacancy.openings);
      }
    }
  }
  return (cluster, level) => byCluster.get(`${cluster}/${level}`) ?? 0;
}

function providersInOrder(reference: ReferenceData): Region['providers'] {
  const first = [COLLEGE.ukprn, COLLEGE_2.ukprn];
  const all = [...reference.providers.byId.values()].map(({ ukprn, name }) => ({ ukprn, name }));
  return [...first.flatMap((ukprn) => all.filter((p) => p.ukprn === ukprn)), ...all.filter((p) => !first.includes(p.ukprn))];
}

function contactOf({ host }: HostVacancies, index: number): { email: string; contact: string } {
  const name = host.name === EMPLOYER ? 'employer' : host.name === EMPLOYER_2 ? 'employer2' : null;
  const email = name === null ? `host-${String(index + 1).padStart(4, '0')}@hosts.${ACCOUNT_DOMAIN}` : account(name);
  return { email, contact: `Placements, ${host.name}` };
}

/** Noon in UTC some days ahead. */
function closing(asOf: IsoDate, days: number): IsoInstant {
  return `${isoDate((epochDay(asOf) as number) + days)}T12:00:00.000Z`;
}
