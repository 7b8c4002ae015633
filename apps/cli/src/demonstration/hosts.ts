import type { FictionalEmployer, ReferenceData } from '@meriden/reference';
import { apportion, type Dice } from './dice.js';
import { hostNames } from './names.js';

/** A host of the demonstration region. Every name says that it is fictional. */
export type Host = Readonly<{
  name: string;
  size: FictionalEmployer['size'];
  staff: number;
  /** Its clusters of work, the main one first. */
  clusters: readonly string[];
  /** Its sites, the main one first. */
  campusIds: readonly string[];
  /** Skills it names in most of its adverts. */
  typicalSkillIds: readonly string[];
  /** Openings over all its vacancies. */
  openings: number;
  vacancies: number;
}>;

type Kind = Readonly<{ size: Host['size']; share: number; staff: readonly [number, number]; suffix: string; campuses: number }>;

/** Kinds of the drawn hosts: their share of all drawn hosts, staff from and to, legal form, number of sites. */
const KINDS: readonly Kind[] = [
  { size: 'LARGE', share: 14, staff: [280, 900], suffix: 'plc', campuses: 3 },
  { size: 'SCALE_UP', share: 24, staff: [90, 260], suffix: 'Ltd', campuses: 2 },
  { size: 'UNIVERSITY_UNIT', share: 8, staff: [40, 160], suffix: 'Unit', campuses: 1 },
  { size: 'SMALL_OR_MEDIUM', share: 36, staff: [12, 85], suffix: 'Ltd', campuses: 1 },
  { size: 'START_UP', share: 8, staff: [4, 14], suffix: 'Ltd', campuses: 1 },
  { size: 'SPINOUT', share: 6, staff: [5, 24], suffix: 'Ltd', campuses: 1 },
  { size: 'MICRO', share: 4, staff: [1, 3], suffix: '', campuses: 1 },
];

/** Hosts for every 160 vacancies. */
const HOSTS_PER_160 = 60;
/** A host of ten times the staff takes about four times the learners: large hosts have more desks but not ten times the supervisors. */
const STAFF_EXPONENT = 0.6;
/** The one trust that is drawn rather than given. */
const TRUST = { name: 'Tame and Arrow Community NHS Trust (fictional)', staff: 5400 } as const;

const CLINICAL = ['clinical-engineering', 'diagnostics-lab', 'imaging', 'digital-health', 'immunology', 'clinical-research'] as const;

/**
 * The hosts: the given fictional ones, a fictional NHS trust, and drawn ones, `openings` shared among them by size.
 *
 * @param vacancies at least 1; with fewer than 17 only that many hosts are used
 */
export function demonstrationHosts(dice: Dice, reference: ReferenceData, vacancies: number, openings: number): readonly Host[] {
  const campusIds = [...reference.campuses.byId.values()].filter((campus) => campus.holdsVacancies).map((campus) => campus.id);
  const clusters = reference.skills.clusters.filter((cluster) => cluster !== 'transferable');
  const given = [...reference.fictionalEmployers.byId.values()].map((employer) => ({
    name: employer.name,
    size: employer.size,
    staff: employer.staff,
    clusters: employer.size === 'NHS_STYLE' ? [employer.cluster, ...CLINICAL.filter((c) => c !== employer.cluster)] : [employer.cluster],
    campusIds: employer.size === 'NHS_STYLE' ? [employer.campusId, 'bhic', 'cis'] : [employer.campusId],
    typicalSkillIds: employer.typicalSkillIds,
  }));
  const trust = { ...TRUST, size: 'NHS_STYLE' as const, clusters: ['diagnostics-lab', ...CLINICAL.filter((c) => c !== 'diagnostics-lab')], campusIds: ['cis', 'bhic', 'arden-cross'], typicalSkillIds: [] };
  const count = Math.min(vacancies, Math.max(given.length + 1, Math.round((vacancies * HOSTS_PER_160) / 160)));
  const drawn = drawHosts(dice.apart('drawn'), Math.max(0, count - given.length - 1), clusters, campusIds);
  const all = [...given, trust, ...drawn].slice(0, count);
  const shares = apportion(openings, all.map((host) => host.staff ** STAFF_EXPONENT - 1), 1);
  const adverts = apportion(vacancies, shares.map((share) => share ** 0.75), 1);
  return all.map((host, i) => ({ ...host, openings: Math.max(shares[i] as number, adverts[i] as number), vacancies: Math.min(adverts[i] as number, shares[i] as number) }));
}

function drawHosts(dice: Dice, count: number, clusters: readonly string[], campusIds: readonly string[]) {
  const kinds = apportion(count, KINDS.map((kind) => kind.share)).flatMap((n, i) => Array.from({ length: n }, () => KINDS[i] as Kind));
  const names = new Map(clusters.map((cluster) => [cluster, hostNames(dice.apart(cluster), cluster)]));
  return kinds.map((kind, i) => {
    // Clusters and campuses in turn rather than by chance, so that each has hosts of every size.
    const cluster = clusters[(i * 5 + 3) % clusters.length] as string;
    const own = dice.apart(i);
    const list = names.get(cluster) as string[];
    const base = list.pop() ?? `${cluster} host ${i + 1}`;
    return {
      name: `${[base, kind.suffix].filter(Boolean).join(' ')} (fictional)`,
      size: kind.size,
      staff: own.between(...kind.staff),
      clusters: own.chance(0.5) ? [cluster, own.pick(clusters.filter((c) => c !== cluster))] : [cluster],
      campusIds: [campusIds[i % campusIds.length] as string, ...own.some(campusIds, kind.campuses)].filter((id, at, ids) => ids.indexOf(id) === at).slice(0, kind.campuses),
      typicalSkillIds: [],
    };
  });
}
