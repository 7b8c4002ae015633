import type { Adjustment, CheckKind, IsoDate, ProgrammeKind, VacancyDetails, VacancySkill, Weekday } from '@meriden/domain';
import { epochDay, isoDate, type ReferenceData } from '@meriden/reference';
import { apportion, type Dice } from './dice.js';
import type { Host } from './hosts.js';
import { ROLES, type Role } from './roles.js';

/** A group of levels that placements are made for, with the share of openings meant for it. */
const BANDS = [
  { name: 'level 3', from: 2, to: 3, share: 0.33, programmes: ['T_LEVEL', 'OTHER', 'APPRENTICESHIP'] },
  { name: 'level 3 to 5', from: 3, to: 5, share: 0.24, programmes: ['T_LEVEL', 'OTHER', 'HTQ', 'HNC_HND', 'APPRENTICESHIP'] },
  { name: 'level 4 to 6', from: 4, to: 6, share: 0.21, programmes: ['HTQ', 'HNC_HND', 'DEGREE', 'APPRENTICESHIP'] },
  { name: 'level 5 to 7', from: 5, to: 7, share: 0.22, programmes: ['HTQ', 'HNC_HND', 'DEGREE'] },
] as const satisfies readonly { name: string; from: number; to: number; share: number; programmes: readonly ProgrammeKind[] }[];
type Band = (typeof BANDS)[number];

/** Which entry points lead to a kind of programme. */
const ENTRY_POINTS: Readonly<Record<ProgrammeKind, readonly string[]>> = {
  T_LEVEL: ['school-leaver-t-level'],
  OTHER: ['apprentice', 'unemployed-resident', 'returner'],
  APPRENTICESHIP: ['apprentice'],
  HTQ: ['post-t-level-htq', 'career-changer', 'incumbent-worker', 'returner'],
  HNC_HND: ['apprentice', 'career-changer', 'incumbent-worker'],
  DEGREE: ['undergraduate', 'returner', 'career-changer'],
};

type Timetable = Readonly<{ weekdays: readonly Weekday[]; hoursPerWeek: number; weeks: readonly [number, number] }>;
const WHOLE_WEEK: readonly Weekday[] = ['MON', 'TUE', 'WED', 'THU', 'FRI'];

/** Hours a week times the fewest weeks reach 315 in every timetable that a T Level learner may meet. */
const TIMETABLES = {
  block: { weekdays: WHOLE_WEEK, hoursPerWeek: 35, weeks: [10, 13] },
  threeDays: { weekdays: ['TUE', 'WED', 'THU'], hoursPerWeek: 21, weeks: [16, 19] },
  twoDays: { weekdays: ['WED', 'THU'], hoursPerWeek: 15, weeks: [22, 24] },
  longBlock: { weekdays: WHOLE_WEEK, hoursPerWeek: 36, weeks: [20, 44] },
} as const satisfies Record<string, Timetable>;

/** Earliest and latest start of a placement, in weeks after the region is made. */
const FIRST_START_WEEKS = 10;
const LAST_START_WEEKS = 16;
/** The zone's own site: some of its vacancies are for learners that the zone funds. */
const ZONE_SITE = 'bkq';
const ZONE_FUND = 'wm-investment-zone';

const TRUST_CHECKS: readonly CheckKind[] = ['DBS_ENHANCED', 'OCCUPATIONAL_HEALTH', 'MANDATORY_TRAINING'];
const OFFERED: readonly Adjustment[] = ['STEP_FREE', 'QUIET_SPACE', 'FLEXIBLE_HOURS', 'HEARING_SUPPORT', 'VISION_SUPPORT'];

export type HostVacancies = Readonly<{ host: Host; vacancies: readonly VacancyDetails[] }>;

/**
 * The adverts of every host: its openings shared over roles of its own clusters. Bands are filled in proportion over the
 * region: the next advert goes to the band that is furthest behind its share among those that the host has a role for.
 */
export function demonstrationVacancies(dice: Dice, reference: ReferenceData, hosts: readonly Host[], asOf: IsoDate): readonly HostVacancies[] {
  const filled = BANDS.map(() => 0);
  const made = new Map<Host, readonly VacancyDetails[]>();
  // Largest hosts first: they leave the small ones to level the shares out.
  for (const host of [...hosts].sort((a, b) => b.openings - a.openings || (a.name < b.name ? -1 : 1))) {
    const own = dice.apart(host.name);
    const sizes = apportion(host.openings, Array.from({ length: host.vacancies }, () => 0.5 + own.fraction()), 1);
    const used = new Set<string>();
    made.set(
      host,
      sizes.map((openings, i) => {
        const { role, band } = chooseRole(own, host, i, filled, used);
        filled[BANDS.indexOf(band)] = (filled[BANDS.indexOf(band)] as number) + openings;
        used.add(role.title);
        return advert(own.apart(i), reference, host, role, band, openings, asOf, host.campusIds[i % host.campusIds.length] as string);
      }),
    );
  }
  return hosts.map((host) => ({ host, vacancies: made.get(host) ?? [] }));
}

function chooseRole(dice: Dice, host: Host, index: number, filled: readonly number[], used: ReadonlySet<string>): { role: Role; band: Band } {
  const { clusters } = host;
  // Two of three adverts come from a firm's main work; a trust goes round its departments.
  const cluster = clusters.length > 2 ? clusters[index % clusters.length] : clusters[index % 3 === 2 ? clusters.length - 1 : 0];
  const roles = ROLES.filter((role) => role.cluster === cluster);
  // Two levels in common; for the lowest band one is enough, because its learners are nearly all at level 3.
  const fits = (role: Role, band: Band): boolean => Math.min(role.levels[1], band.to) - Math.max(role.levels[0], band.from) >= (band.to === 3 ? 0 : 1);
  const open = BANDS.filter((band) => roles.some((role) => fits(role, band)));
  const band = open.reduce((least, next) => (behind(next) > behind(least) ? next : least), open[0] ?? BANDS[0]);
  const fitting = roles.filter((role) => fits(role, band));
  const fresh = fitting.filter((role) => !used.has(role.title));
  return { role: dice.pick(fresh.length > 0 ? fresh : fitting.length > 0 ? fitting : ROLES), band };

  function behind(one: Band): number {
    const total = filled.reduce((a, b) => a + b, 0) + 1;
    return one.share - (filled[BANDS.indexOf(one)] as number) / total;
  }
}

function advert(dice: Dice, reference: ReferenceData, host: Host, role: Role, band: Band, openings: number, asOf: IsoDate, campusId: string): VacancyDetails {
  const levelFrom = Math.max(role.levels[0], band.from);
  const levelTo = Math.min(role.levels[1], band.to);
  const timetable = chooseTimetable(dice, band);
  const weeks = dice.between(...timetable.weeks);
  const starts = mondayAfter(asOf, dice.between(FIRST_START_WEEKS, LAST_START_WEEKS));
  const start = timetable.weekdays[0] === 'MON' ? starts : starts + (timetable.weekdays[0] === 'TUE' ? 1 : 2);
  const paid = band.from >= 4 ? dice.chance(0.75) : dice.chance(0.25);
  const programmeKinds = band.programmes.filter((kind) => paid || kind !== 'APPRENTICESHIP');
  const trust = host.size === 'NHS_STYLE';
  const zone = campusId === ZONE_SITE && dice.chance(0.6);
  return {
    title: role.title,
    description: describe(reference, host, role, campusId, weeks),
    campusId,
    skills: chooseSkills(dice, host, role),
    levelFrom,
    levelTo,
    programmeKinds,
    entryPointIds: [...new Set(programmeKinds.flatMap((kind) => ENTRY_POINTS[kind]))],
    startsOn: isoDate(start),
    endsOn: isoDate(starts + weeks * 7 - 3),
    weekdays: timetable.weekdays,
    hoursPerWeek: timetable.hoursPerWeek,
    totalHours: weeks * timetable.hoursPerWeek,
    // A T Level placement is mostly in person: never above a fifth where its learners are accepted.
    remoteShare: Math.min(role.remote ?? 0, band.from <= 3 ? 2000 : 10_000),
    openings,
    pay: paid ? 'PAID' : 'UNPAID_REQUIRED_BY_COURSE',
    hourlyPence: paid ? 1300 + 10 * dice.between(0, 8) * levelFrom : null,
    checksNeeded: trust && role.clinical ? TRUST_CHECKS : role.clinical ? ['DBS_BASIC'] : paid ? ['RIGHT_TO_WORK'] : [],
    deliveryApproach: (role.remote ?? 0) >= 2000 ? 'HYBRID' : 'ON_SITE',
    hazards: role.hazards ?? [],
    adjustmentsOffered: dice.some(OFFERED, trust || host.staff > 100 ? 5 : dice.between(2, 4)),
    fundingSourceIds: zone ? [ZONE_FUND] : [],
    fundingRequired: zone && dice.chance(0.1),
  };
}

function chooseTimetable(dice: Dice, band: Band): Timetable {
  if (band.from <= 3) return dice.weighted([TIMETABLES.block, TIMETABLES.threeDays, TIMETABLES.twoDays], (t) => (t === TIMETABLES.block ? 5 : t === TIMETABLES.threeDays ? 3 : 2));
  return dice.weighted([TIMETABLES.block, TIMETABLES.longBlock, TIMETABLES.threeDays], (t) => (t === TIMETABLES.longBlock ? 4 : t === TIMETABLES.block ? 4 : 2));
}

/** The Monday `weeks` weeks after the week of a date, as a day number. */
function mondayAfter(date: IsoDate, weeks: number): number {
  const day = epochDay(date);
  if (day === null) throw new Error(`not a date: ${date}`);
  // Day 0 (1 January 1970) was a Thursday.
  return day - ((day + 3) % 7) + weeks * 7;
}

function chooseSkills(dice: Dice, host: Host, role: Role): readonly VacancySkill[] {
  const chosen = new Map<string, VacancySkill['need']>();
  const add = (ids: readonly string[], need: VacancySkill['need']): void => ids.forEach((id) => chosen.has(id) || chosen.set(id, need));
  add(role.essential, 'ESSENTIAL');
  add(dice.some(role.optional, 3), 'OPTIONAL');
  add(dice.some(host.typicalSkillIds, 1), 'OPTIONAL');
  add(role.train, 'WILL_TRAIN');
  return [...chosen].map(([skillId, need]) => ({ skillId, need }));
}

function describe(reference: ReferenceData, host: Host, role: Role, campusId: string, weeks: number): string {
  const label = (id: string): string => reference.skills.byId.get(id)?.label.toLowerCase() ?? id;
  const campus = reference.campuses.byId.get(campusId);
  const status = campus && campus.status !== 'OPEN' ? ` Site: ${campus.statusNote.toLowerCase()}.` : '';
  return [
    `A placement of ${weeks} weeks with ${host.name} at ${campus?.name ?? campusId}.${status}`,
    `You will ${role.task}. You need a start in ${role.essential.map(label).join(' and ')}; we will train you in ${role.train.map(label).join(' and ')}.`,
    'A named supervisor plans the work with you. Demonstration data: this host does not exist.',
  ].join('\n');
}
