import type { Learner, Vacancy } from '@meriden/domain';
import { ADJUSTMENTS, CHECK_KINDS, DELIVERY_APPROACHES, HAZARDS, PROGRAMME_KINDS, SKILL_NEEDS, SKILL_SOURCES, TRAVEL_MODES, WEEKDAYS } from '@meriden/domain';
import type { ScoringReference } from '@meriden/scoring';
import { WrongUsage } from '../terminal/terminal.js';

/**
 * Files of the `score` door: JSON, an array of objects or one object a line. Every field but `id` may be left out: a rule that
 * needs it then asks. Fields that no score may read (names, pronouns, school ...) are accepted and dropped here.
 */
export type LearnerRow = Readonly<Partial<Omit<Learner, 'id'>> & { id: string; postcode?: string; statement?: string }>;
export type VacancyRow = Readonly<Partial<Omit<Vacancy, 'id'>> & { id: string }>;

export function rowsOf<Row extends { id: string }>(text: string, path: string): readonly Row[] {
  const parsed = (): unknown[] => {
    const trimmed = text.replace(/^\uFEFF/, '').trim();
    if (trimmed === '') return [];
    if (trimmed.startsWith('[')) return JSON.parse(trimmed) as unknown[];
    try {
      return [JSON.parse(trimmed)];
    } catch {
      return trimmed.split('\n').filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as unknown);
    }
  };
  let rows: unknown[];
  try {
    rows = parsed();
  } catch (error) {
    throw new WrongUsage(`${path}: not JSON (${(error as Error).message}).`);
  }
  rows.forEach((row, at) => {
    if (typeof (row as { id?: unknown } | null)?.id !== 'string') throw new WrongUsage(`${path}: row ${at + 1} has no "id" text.`);
  });
  return rows as Row[];
}

const listOf = <T>(value: unknown, allowed?: readonly T[]): T[] => (Array.isArray(value) ? (value as T[]).filter((item) => allowed === undefined || allowed.includes(item)) : []);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const numberOf = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise);

/** A learner from a row: skills as stated, and those that the linker finds in the statement, each with the words that name it. */
export function learnerOf(row: LearnerRow, reference: Pick<ScoringReference, 'link'>): Learner {
  const stated = listOf<Learner['skills'][number]>(row.skills).filter((skill) => typeof skill?.skillId === 'string').map((skill) => ({
    skillId: skill.skillId,
    evidence: textOf(skill.evidence),
    source: SKILL_SOURCES.includes(skill.source) ? skill.source : ('STATED' as const),
  }));
  const known = new Set(stated.map((skill) => skill.skillId));
  for (const mention of reference.link(textOf(row.statement))) {
    if (known.has(mention.skillId)) continue;
    known.add(mention.skillId);
    stated.push({ skillId: mention.skillId, evidence: mention.words, source: 'STATED' });
  }
  const held = row.availability;
  return {
    id: row.id,
    organisationId: '',
    personId: null,
    givenName: '',
    familyName: '',
    uln: null,
    dateOfBirth: textOf(row.dateOfBirth) || null,
    academicYear: '',
    version: 0,
    qualificationId: textOf(row.qualificationId),
    level: numberOf(row.level, 0),
    entryPointId: textOf(row.entryPointId),
    fundingSourceIds: listOf(row.fundingSourceIds),
    outcode: textOf(row.outcode) || textOf(row.postcode).trim().toUpperCase().replace(/\s*\d[A-Z]{2}$/, '') || null,
    travelModes: listOf(row.travelModes, TRAVEL_MODES),
    maxTravelMinutes: numberOf(row.maxTravelMinutes, 60),
    availability: held ? { from: textOf(held.from), to: textOf(held.to), weekdays: listOf(held.weekdays, WEEKDAYS), hoursPerWeek: numberOf(held.hoursPerWeek, 0) } : null,
    requiredHours: typeof row.requiredHours === 'number' ? row.requiredHours : null,
    skills: stated,
    interests: listOf(row.interests),
    checks: listOf<Learner['checks'][number]>(row.checks).filter((check) => CHECK_KINDS.includes(check?.kind)).map(({ kind, expiresOn }) => ({ kind, expiresOn: textOf(expiresOn) || null })),
    adjustmentsNeeded: listOf(row.adjustmentsNeeded, ADJUSTMENTS),
    consentToMatching: row.consentToMatching === true,
  };
}

export function vacancyOf(row: VacancyRow): Vacancy {
  return {
    id: row.id,
    organisationId: '',
    state: row.state ?? 'LIVE',
    version: 0,
    title: textOf(row.title),
    description: textOf(row.description),
    campusId: textOf(row.campusId),
    skills: listOf<Vacancy['skills'][number]>(row.skills).filter((skill) => typeof skill?.skillId === 'string').map(({ skillId, need }) => ({ skillId, need: SKILL_NEEDS.includes(need) ? need : 'OPTIONAL' })),
    levelFrom: numberOf(row.levelFrom, 0),
    levelTo: numberOf(row.levelTo, 0),
    programmeKinds: listOf(row.programmeKinds, PROGRAMME_KINDS),
    entryPointIds: listOf(row.entryPointIds),
    startsOn: textOf(row.startsOn),
    endsOn: textOf(row.endsOn),
    weekdays: listOf(row.weekdays, WEEKDAYS),
    hoursPerWeek: numberOf(row.hoursPerWeek, 0),
    totalHours: numberOf(row.totalHours, 0),
    remoteShare: numberOf(row.remoteShare, 0),
    openings: numberOf(row.openings, 1),
    pay: row.pay === 'UNPAID_REQUIRED_BY_COURSE' ? row.pay : 'PAID',
    hourlyPence: null,
    checksNeeded: listOf(row.checksNeeded, CHECK_KINDS),
    deliveryApproach: row.deliveryApproach !== undefined && DELIVERY_APPROACHES.includes(row.deliveryApproach) ? row.deliveryApproach : 'ON_SITE',
    hazards: listOf(row.hazards, HAZARDS),
    adjustmentsOffered: listOf(row.adjustmentsOffered, ADJUSTMENTS),
    fundingSourceIds: listOf(row.fundingSourceIds),
    fundingRequired: row.fundingRequired === true,
  };
}

const text = { type: 'string' } as const;
const day = { type: 'string', format: 'date' } as const;
const oneOf = (values: readonly string[]) => ({ type: 'string', enum: values });
const many = (items: object) => ({ type: 'array', items });

/** JSON Schema (2020-12) of one row of each file and of one line of output. */
export const SCORE_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $defs: {
    learner: {
      type: 'object',
      required: ['id'],
      description: 'A file is an array of these, or one a line. Names, pronouns, school and the like may stand in a row; no score reads them.',
      properties: {
        id: text,
        qualificationId: text,
        level: { type: 'integer', minimum: 1, maximum: 8 },
        entryPointId: text,
        fundingSourceIds: many(text),
        outcode: text,
        postcode: { ...text, description: 'Only its first half is taken, for journey times alone.' },
        travelModes: many(oneOf(TRAVEL_MODES)),
        maxTravelMinutes: { type: 'integer' },
        availability: { type: 'object', properties: { from: day, to: day, weekdays: many(oneOf(WEEKDAYS)), hoursPerWeek: { type: 'integer' } } },
        requiredHours: { type: 'integer' },
        skills: many({ type: 'object', required: ['skillId'], properties: { skillId: text, evidence: text, source: oneOf(SKILL_SOURCES) } }),
        statement: { ...text, description: 'Free text: the skills named in it are added; the rest of it is dropped.' },
        interests: many(text),
        checks: many({ type: 'object', properties: { kind: oneOf(CHECK_KINDS), expiresOn: day } }),
        adjustmentsNeeded: many(oneOf(ADJUSTMENTS)),
        consentToMatching: { type: 'boolean' },
        dateOfBirth: { ...day, description: 'For the legal rules about young workers alone.' },
      },
    },
    vacancy: {
      type: 'object',
      required: ['id'],
      properties: {
        id: text,
        title: text,
        description: text,
        campusId: text,
        skills: many({ type: 'object', required: ['skillId'], properties: { skillId: text, need: oneOf(SKILL_NEEDS) } }),
        levelFrom: { type: 'integer' },
        levelTo: { type: 'integer' },
        programmeKinds: many(oneOf(PROGRAMME_KINDS)),
        entryPointIds: many(text),
        startsOn: day,
        endsOn: day,
        weekdays: many(oneOf(WEEKDAYS)),
        hoursPerWeek: { type: 'integer' },
        totalHours: { type: 'integer' },
        remoteShare: { type: 'integer', description: 'Basis points: 2000 = a fifth.' },
        openings: { type: 'integer' },
        state: oneOf(['DRAFT', 'LIVE', 'CLOSED']),
        pay: oneOf(['PAID', 'UNPAID_REQUIRED_BY_COURSE']),
        checksNeeded: many(oneOf(CHECK_KINDS)),
        deliveryApproach: oneOf(DELIVERY_APPROACHES),
        hazards: many(oneOf(HAZARDS)),
        adjustmentsOffered: many(oneOf(ADJUSTMENTS)),
        fundingSourceIds: many(text),
        fundingRequired: { type: 'boolean' },
      },
    },
    line: {
      type: 'object',
      description: 'One line a learner. Scores and weights are basis points; the contributions of the terms add up to the score.',
      properties: { learnerId: text, policyVersion: text, referenceVersion: text, suggestions: many({ type: 'object' }), shut: many({ type: 'object' }) },
    },
  },
} as const;
