import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ADJUSTMENTS,
  CHECK_KINDS,
  DELIVERY_APPROACHES,
  HAZARDS,
  PROGRAMME_KINDS,
  SKILL_NEEDS,
  SKILL_SOURCES,
  TRAVEL_MODES,
  WEEKDAYS,
  type Learner,
  type Vacancy,
} from '@meriden/domain';
import { parse, REFERENCE_FILES, type ReferenceData } from '@meriden/reference';

/** Reads the shipped reference data from the project root. */
export function readReference(root: string): ReferenceData {
  return parse(Object.fromEntries(REFERENCE_FILES.map((name) => [name, readFileSync(join(root, 'libs/reference/data', name), 'utf8')])));
}

export const digest = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** A seeded stream of 32-bit integers (mulberry32, Tommy Ettinger). Test data only. */
export class Dice {
  #state: number;
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }
  below(n: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % n;
  }
  one<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }
  some<T>(items: readonly T[], most: number): T[] {
    const count = this.below(Math.min(most, items.length) + 1);
    const left = [...items];
    return Array.from({ length: count }, () => left.splice(this.below(left.length), 1)[0] as T);
  }
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }
}

const uuid = (kind: number, n: number): string => `${kind.toString(16).padStart(8, '0')}-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
const date = (dice: Dice, year: number): string => `${year}-${String(1 + dice.below(12)).padStart(2, '0')}-${String(1 + dice.below(28)).padStart(2, '0')}`;

/** Skills come in clusters, as people's do: most of one cluster, some from anywhere. */
function skillsOf(dice: Dice, data: ReferenceData, cluster: string, count: number): string[] {
  const all = [...data.skills.byId.values()];
  const own = all.filter((skill) => skill.cluster === cluster);
  return [...new Set(Array.from({ length: count }, () => (dice.chance(70) ? dice.one(own) : dice.one(all)).id))];
}

/** Learners and vacancies with every field varied, and `dirty` percent of odd ones: no availability, no outcode, dates reversed. */
export function cohort(data: ReferenceData, seed: number, learnerCount: number, vacancyCount: number, dirty = 5): { learners: Learner[]; vacancies: Vacancy[] } {
  const dice = new Dice(seed);
  const qualifications = [...data.qualifications.byId.values()].filter((q) => q.usage === 'STUDIED');
  const outcodes = [...data.geography.outcodes.keys()].filter((o) => /^(B|CV|DY|WS|WV)\d/.test(o));
  const campuses = [...data.campuses.byId.values()].filter((c) => c.holdsVacancies).map((c) => c.id);
  const entryPoints = [...data.entryPoints.byId.keys()];
  const funding = [...data.fundingSources.byId.keys()];
  const clusters = data.skills.clusters;
  const learners = Array.from({ length: learnerCount }, (_, n): Learner => {
    const qualification = dice.one(qualifications);
    const cluster = dice.one(clusters);
    return {
      id: uuid(1, n),
      organisationId: uuid(2, dice.below(20)),
      personId: null,
      givenName: dice.one(['Aisha', 'Ben', 'Chi', 'Dev', 'Eve']),
      familyName: dice.one(['Khan', 'Baker', 'Obi', 'Patel', 'Stone']),
      uln: null,
      dateOfBirth: dice.chance(dirty) ? null : date(dice, 2005 + dice.below(6)),
      academicYear: '2026-27',
      version: 1,
      qualificationId: qualification.id,
      level: qualification.level,
      entryPointId: dice.one(entryPoints),
      fundingSourceIds: dice.some(funding, 2),
      outcode: dice.chance(dirty) ? null : dice.chance(dirty) ? 'ZZ99' : dice.one(outcodes),
      travelModes: ['BUS', ...dice.some(TRAVEL_MODES, 2)],
      maxTravelMinutes: 20 + 10 * dice.below(12),
      availability: dice.chance(dirty)
        ? null
        : { from: dice.chance(dirty) ? '2028-01-01' : date(dice, 2026), to: date(dice, 2027), weekdays: [...WEEKDAYS.slice(0, 2 + dice.below(4))], hoursPerWeek: 7 + dice.below(34) },
      requiredHours: dice.chance(50) ? null : 100 + dice.below(250),
      skills: skillsOf(dice, data, cluster, 3 + dice.below(10)).map((skillId) => ({
        skillId,
        evidence: dice.chance(50) ? `At college I used ${data.skills.byId.get(skillId)?.label} in a project.` : '',
        source: dice.one(SKILL_SOURCES),
      })),
      interests: [cluster, ...dice.some(clusters, 2)],
      checks: dice.some(CHECK_KINDS, 4).map((kind) => ({ kind, expiresOn: dice.chance(50) ? null : date(dice, 2027) })),
      adjustmentsNeeded: dice.chance(80) ? [] : dice.some(ADJUSTMENTS, 2),
      consentToMatching: !dice.chance(dirty),
    };
  });
  const vacancies = Array.from({ length: vacancyCount }, (_, n): Vacancy => {
    const cluster = dice.one(clusters);
    const reversed = dice.chance(dirty);
    const levelFrom = 2 + dice.below(3);
    return {
      id: uuid(3, n),
      organisationId: uuid(4, dice.below(200)),
      state: 'LIVE',
      version: 1,
      title: `${dice.one(['Junior', 'Trainee', 'Placement'])} ${dice.one(['technician', 'engineer', 'analyst', 'assistant'])}, ${cluster}`,
      description: dice.chance(dirty) ? '' : 'You will work in a small team and learn by doing real tasks with medical devices and data.',
      campusId: dice.chance(dirty) ? 'nowhere' : dice.one(campuses),
      skills: skillsOf(dice, data, cluster, 4 + dice.below(8)).map((skillId) => ({ skillId, need: dice.one(SKILL_NEEDS) })),
      levelFrom,
      levelTo: dice.chance(dirty) ? 1 : levelFrom + dice.below(4),
      programmeKinds: dice.chance(60) ? [...PROGRAMME_KINDS] : dice.some(PROGRAMME_KINDS, 4),
      entryPointIds: dice.chance(60) ? entryPoints : dice.some(entryPoints, 5),
      startsOn: reversed ? '2027-09-01' : date(dice, 2027),
      endsOn: reversed ? '2027-01-01' : date(dice, 2028),
      weekdays: [...WEEKDAYS.slice(0, 2 + dice.below(5))],
      hoursPerWeek: 14 + dice.below(30),
      totalHours: 100 + dice.below(500),
      remoteShare: dice.one([0, 0, 1000, 2000, 5000, 10_000]),
      openings: 1 + dice.below(4),
      pay: dice.chance(50) ? 'PAID' : 'UNPAID_REQUIRED_BY_COURSE',
      hourlyPence: null,
      checksNeeded: dice.chance(60) ? [] : dice.some(CHECK_KINDS, 2),
      deliveryApproach: dice.chance(70) ? 'ON_SITE' : dice.one(DELIVERY_APPROACHES),
      hazards: dice.chance(80) ? [] : dice.some(HAZARDS, 2),
      adjustmentsOffered: dice.some(ADJUSTMENTS, 6),
      fundingSourceIds: dice.some(funding, 2),
      fundingRequired: dice.chance(10),
    };
  });
  return { learners, vacancies };
}
