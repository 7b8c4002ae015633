import type { Adjustment, Availability, CheckHeld, IsoDate, LearnerProfile, LearnerSkill, TravelMode } from '@meriden/domain';
import { academicYear, distanceMetres, epochDay, isoDate, ulnCheckDigit, type Outcode, type Provider, type ReferenceData } from '@meriden/reference';
import type { Dice } from './dice.js';
import { personName } from './names.js';
import { ENTRY_AGES, PROGRAMMES, type Programme } from './programmes.js';

export type DemonstrationLearner = Readonly<{
  /** The provider that enrols this learner. */
  ukprn: string;
  givenName: string;
  familyName: string;
  uln: string;
  dateOfBirth: IsoDate;
  academicYear: string;
  email: string;
  profile: LearnerProfile;
}>;

/** Where the openings are, in openings by cluster and RQF level: colleges run the courses that the region's hosts ask for. */
export type Demand = (cluster: string, level: number) => number;

/** Metres over which the pull of a provider on learners, and of the sites on providers, falls to about a third. */
const HOME_REACH = 6_000;
const SITE_REACH = 11_000;
const FAR_PROVIDER_FLOOR = 0.004;
const SIZE: Readonly<Record<Provider['kind'], number>> = { COLLEGE: 1, UNIVERSITY: 0.68, PRIVATE: 0.35 };
/** Colleges for adults and sixth forms teach few of the programmes. */
const SMALL_COLLEGE = 0.15;
/** ULNs start so; whether one of them is a real person's is not knowable from outside, so the family name bears a mark. */
const ULN_RANGE = 99_0000_000;

const ADJUSTMENTS_SEEN: readonly Adjustment[] = ['STEP_FREE', 'HEARING_SUPPORT', 'VISION_SUPPORT', 'QUIET_SPACE', 'FLEXIBLE_HOURS', 'SIGN_LANGUAGE'];
const GENERAL_SKILLS = ['communication', 'teamwork', 'problem-solving', 'time-management', 'attention-to-detail', 'digital-literacy', 'numeracy', 'written-communication', 'health-safety', 'adaptability'];

type Place = Readonly<{ lat: number; lon: number }>;
/** Middle of Birmingham: for providers without a known site. */
const MIDDLE: Place = { lat: 52.48, lon: -1.9 };

/**
 * Learners of the demonstration region, each drawn from dice of its own number: the first N are the same whatever N is.
 * Linear in `count` times the number of outcodes.
 */
export function demonstrationLearners(dice: Dice, reference: ReferenceData, count: number, asOf: IsoDate, demand: Demand, from = 0): readonly DemonstrationLearner[] {
  const draw = new LearnerDraw(dice, reference, asOf, demand);
  return Array.from({ length: count }, (_, i) => draw.learner(i + from));
}

class LearnerDraw {
  readonly #providers: readonly Readonly<{ provider: Provider; weight: number }>[];
  readonly #outcodes: readonly Outcode[];
  readonly #homes = new Map<string, readonly Readonly<{ outcode: Outcode; weight: number }>[]>();
  readonly #day: number;
  readonly #year: string;

  constructor(
    readonly dice: Dice,
    readonly reference: ReferenceData,
    asOf: IsoDate,
    readonly demand: Demand,
  ) {
    const day = epochDay(asOf);
    if (day === null) throw new Error(`not a date: ${asOf}`);
    this.#day = day;
    this.#year = academicYear(day).label;
    this.#outcodes = [...reference.geography.outcodes.values()];
    const sites = [...reference.campuses.byId.values()].filter((campus) => campus.holdsVacancies && campus.location);
    this.#providers = [...reference.providers.byId.values()].map((provider) => {
      const nearest = Math.min(...sites.map((site) => distanceMetres(placeOf(provider), site.location as Place)));
      return { provider, weight: (/adult|sixth/i.test(provider.detail) ? SMALL_COLLEGE : SIZE[provider.kind]) * Math.max(FAR_PROVIDER_FLOOR, Math.exp(-nearest / SITE_REACH)) };
    });
  }

  learner(index: number): DemonstrationLearner {
    const dice = this.dice.apart(index);
    const { provider } = dice.weighted(this.#providers, (p) => p.weight);
    const programme = dice.weighted(PROGRAMMES, (p) => p.shares[provider.kind]);
    return this.enrolled(dice, index, provider, programme, null);
  }

  /** A learner of a given provider and programme, for the demonstration accounts. */
  enrolled(dice: Dice, index: number, provider: Provider, programme: Programme, wanted: string | null): DemonstrationLearner {
    const qualification = this.reference.qualifications.byId.get(programme.qualificationId);
    if (!qualification) throw new Error(`no such qualification: ${programme.qualificationId}`);
    const entryPointId = dice.weighted(Object.keys(programme.entryPoints), (id) => programme.entryPoints[id] ?? 0);
    const cluster = wanted ?? dice.weighted(programme.clusters, (c) => 1 + this.demand(c, qualification.level));
    const [youngest, oldest] = ENTRY_AGES[entryPointId] ?? [18, 40];
    const birth = this.#day - Math.floor(dice.between(youngest, oldest) * 365.25) - dice.between(1, 360);
    const age = Math.floor((this.#day - birth) / 365.25);
    const home = this.home(dice, provider);
    const outOfWork = entryPointId === 'unemployed-resident';
    return {
      ukprn: provider.ukprn,
      ...personName(dice),
      uln: uln(index),
      dateOfBirth: isoDate(birth),
      academicYear: this.#year,
      email: `learner-${String(index + 1).padStart(5, '0')}@learners.demo.example`,
      profile: {
        qualificationId: qualification.id,
        level: qualification.level,
        entryPointId,
        fundingSourceIds: qualification.fundingSourceIds.length > 0 ? qualification.fundingSourceIds : outOfWork && dice.chance(0.4) ? ['wm-investment-zone'] : [],
        outcode: dice.chance(0.01) ? null : home,
        travelModes: travelModes(dice, age),
        maxTravelMinutes: dice.weighted([30, 45, 60, 75, 90], (minutes) => ({ 30: 1, 45: 3, 60: 7, 75: 4, 90: 3 })[minutes] ?? 0),
        availability: this.availability(dice, qualification.level, entryPointId),
        requiredHours: qualification.placementHoursMin ?? programme.hours,
        skills: this.skills(dice, programme, cluster, qualification.level),
        interests: [cluster, ...dice.some(programme.clusters.filter((c) => c !== cluster), dice.between(0, 2))],
        checks: this.checks(dice, programme),
        adjustmentsNeeded: dice.chance(0.08) ? dice.some(ADJUSTMENTS_SEEN, dice.chance(0.8) ? 1 : 2) : [],
        consentToMatching: dice.chance(0.985),
      },
    };
  }

  private home(dice: Dice, provider: Provider): string {
    let homes = this.#homes.get(provider.ukprn);
    if (homes === undefined) {
      const at = placeOf(provider);
      homes = this.#outcodes
        .map((outcode) => ({ outcode, weight: Math.exp(-distanceMetres(at, outcode) / HOME_REACH) }))
        .filter(({ outcode, weight }) => weight > 0.001 && outcode.region === 'West Midlands');
      this.#homes.set(provider.ukprn, homes);
    }
    return homes.length === 0 ? 'B4' : dice.weighted(homes, (home) => home.weight).outcode.outcode;
  }

  /** From eight weeks ahead to the end of August: whole weeks mostly, day release where the course or a job leaves no more. */
  private availability(dice: Dice, level: number, entryPointId: string): Availability | null {
    if (dice.chance(0.01)) return null;
    const partWeek = entryPointId === 'incumbent-worker' || entryPointId === 'returner' ? 0.4 : 0.07;
    const days = dice.chance(partWeek);
    return {
      from: isoDate(this.#day + 7 * dice.between(6, 9)),
      to: isoDate(this.#day + 7 * dice.between(level >= 4 ? 62 : 44, level >= 4 ? 70 : 50)),
      weekdays: days ? ['TUE', 'WED', 'THU'] : ['MON', 'TUE', 'WED', 'THU', 'FRI'],
      hoursPerWeek: days ? 22 : dice.pick([35, 36, 37, 40]),
    };
  }

  private skills(dice: Dice, programme: Programme, cluster: string, level: number): readonly LearnerSkill[] {
    const known = [...this.reference.skills.byId.values()].filter((skill) => skill.kind !== 'GROUP' && skill.cluster === cluster).map((skill) => skill.id);
    const ids = new Set([...dice.some(programme.taught, 4), ...dice.some(known, dice.between(2, 3) + Math.min(4, level - 1)), ...dice.some(GENERAL_SKILLS, dice.between(1, 3))]);
    return [...ids].map((skillId) => {
      const source = dice.weighted(['ASSESSED', 'CERTIFICATE', 'STATED'] as const, (s) => ({ ASSESSED: 4, CERTIFICATE: 2, STATED: 4 })[s]);
      return { skillId, source, evidence: this.evidence(dice, skillId, source) };
    });
  }

  private evidence(dice: Dice, skillId: string, source: LearnerSkill['source']): string {
    const skill = this.reference.skills.byId.get(skillId);
    if (!skill) throw new Error(`no such skill: ${skillId}`);
    const words = dice.chance(0.6) || skill.synonyms.length === 0 ? skill.label : dice.pick(skill.synonyms);
    const sentences = {
      ASSESSED: [`Assessed on my course: ${words}.`, `Passed the unit that covers ${words}.`, `My tutor signed off ${words} this term.`],
      CERTIFICATE: [`Short course certificate in ${words}.`, `I hold a certificate for ${words}.`],
      STATED: [`I used ${words} in a project of my own.`, `${words}: part of my weekend job.`, `I learnt ${words} at home and want to do more of it.`],
    };
    return dice.pick(sentences[source]);
  }

  private checks(dice: Dice, programme: Programme): readonly CheckHeld[] {
    const near = programme.clusters.some((c) => c === 'imaging' || c === 'clinical-research' || c === 'clinical-engineering');
    const until = (weeks: number): IsoDate => isoDate(this.#day + 7 * weeks);
    const checks: CheckHeld[] = [];
    if (dice.chance(0.8)) checks.push({ kind: 'RIGHT_TO_WORK', expiresOn: null });
    if (dice.chance(near ? 0.5 : 0.2)) checks.push({ kind: 'DBS_BASIC', expiresOn: null });
    if (near && dice.chance(0.35)) checks.push({ kind: 'DBS_ENHANCED', expiresOn: null });
    // Some run out before placements start: the college's board must show these.
    if (near && dice.chance(0.3)) checks.push({ kind: 'OCCUPATIONAL_HEALTH', expiresOn: until(dice.chance(0.1) ? dice.between(2, 9) : dice.between(60, 120)) });
    if (near && dice.chance(0.3)) checks.push({ kind: 'MANDATORY_TRAINING', expiresOn: until(dice.chance(0.15) ? dice.between(2, 9) : dice.between(30, 52)) });
    return checks;
  }
}

function travelModes(dice: Dice, age: number): readonly TravelMode[] {
  const modes: TravelMode[] = ['WALK', 'BUS'];
  if (dice.chance(0.92)) modes.push('RAIL');
  if (dice.chance(0.2)) modes.push('CYCLE');
  if (age >= 18 && dice.chance(age >= 22 ? 0.6 : 0.3)) modes.push('CAR');
  return modes;
}

function placeOf(provider: Provider): Place {
  return provider.location ?? MIDDLE;
}

/** The n-th ULN of the range whose first nine digits have a check digit. */
function uln(index: number): string {
  // One of eleven has none; the next number then stands in, from a range of its own so that no two learners meet.
  for (let nine = ULN_RANGE + index * 2; ; nine += 1) {
    const digit = ulnCheckDigit(String(nine));
    if (digit !== null) return `${nine}${digit}`;
  }
}

/** Learners for the demonstration accounts: known provider and programme, a profile that leaves no question open. */
export function accountLearner(dice: Dice, reference: ReferenceData, asOf: IsoDate, index: number, wish: Readonly<{ ukprn: string; qualificationId: string; cluster: string; outcode: string; skillIds: readonly string[] }>): DemonstrationLearner {
  const provider = reference.providers.byId.get(wish.ukprn);
  const programme = PROGRAMMES.find((p) => p.qualificationId === wish.qualificationId);
  if (!provider || !programme) throw new Error(`no such provider or programme: ${wish.ukprn}, ${wish.qualificationId}`);
  const draw = new LearnerDraw(dice, reference, asOf, () => 1);
  const drawn = draw.enrolled(dice.apart(index), index, provider, programme, wish.cluster);
  const day = epochDay(asOf) as number;
  const stated = wish.skillIds.map((skillId): LearnerSkill => ({ skillId, source: 'ASSESSED', evidence: `Assessed on my course: ${reference.skills.byId.get(skillId)?.label ?? skillId}.` }));
  return {
    ...drawn,
    profile: {
      ...drawn.profile,
      outcode: wish.outcode,
      travelModes: ['WALK', 'BUS', 'RAIL'],
      maxTravelMinutes: 75,
      availability: { from: isoDate(day + 42), to: isoDate(day + 7 * 60), weekdays: ['MON', 'TUE', 'WED', 'THU', 'FRI'], hoursPerWeek: 37 },
      skills: [...stated, ...drawn.profile.skills.filter((skill) => !wish.skillIds.includes(skill.skillId))],
      interests: [wish.cluster],
      checks: [{ kind: 'RIGHT_TO_WORK', expiresOn: null }, { kind: 'DBS_BASIC', expiresOn: null }],
      adjustmentsNeeded: [],
      consentToMatching: true,
    },
  };
}
