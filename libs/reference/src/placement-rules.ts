import { epochDay } from './calendar.js';
import type { Provenance } from './provenance.js';
import { PROGRAMME_KINDS, ROUTES, type ProgrammeKind, type Route } from './qualifications.js';
import type { Reading, Row } from './table.js';

/** Hours a programme demands, for one specialism or, with null, for all others of that kind. */
export type ProgrammeHours = Readonly<{
  programmeKind: ProgrammeKind;
  specialism: string | null;
  minHours: number | null;
  maxWorkingDays: number | null;
  effectiveFrom: string | null;
}> &
  Provenance;

/** Ways to deliver the hours of a T Level industry placement. */
export const APPROACHES = [
  'WORK_TASTER', 'SMALL_TEAM_PROJECT', 'SKILLS_HUB', 'REMOTE', 'SEND_ON_SITE', 'PART_TIME_WORK', 'MULTIPLE_EMPLOYERS', 'ROUTE_LEVEL', 'SUPPLY_CHAIN',
] as const;
export type Approach = (typeof APPROACHES)[number];

export type DeliveryRule = Readonly<{
  approach: Approach;
  label: string;
  /** The route the rule is for; null = every route without a rule of its own. */
  route: Route | null;
  maxHours: number | null;
  /** Largest part of the required hours, as an exact fraction. */
  maxShare: Readonly<{ numerator: number; denominator: number }> | null;
  cannotCombineWith: readonly Approach[];
  effectiveFrom: string | null;
  note: string | null;
}> &
  Provenance;

export const LIMIT_UNITS = ['YEARS', 'MONTHS', 'DAYS', 'HOURS', 'MINUTES', 'MINUTE_OF_DAY'] as const;
export type LegalLimit = Readonly<{ id: string; value: number; unit: (typeof LIMIT_UNITS)[number]; label: string }> & Provenance;

/** The limits the code relies on: `parse` refuses data that lacks one. */
export const LEGAL_LIMITS = [
  'young-worker-from-age', 'young-worker-below-age', 'young-worker-hours-a-day', 'young-worker-hours-a-week', 'young-worker-rest-a-day',
  'young-worker-rest-a-week', 'young-worker-break-after', 'young-worker-break', 'young-worker-night-from', 'young-worker-night-to', 'dbs-from-age',
  'dbs-no-enhanced-of-supervisors-below-age', 'unpaid-months', 'employer-interest-kept-days', 'employer-interest-reminder-days',
] as const;
export type LegalLimitId = (typeof LEGAL_LIMITS)[number];

export type PlacementRules = Readonly<{
  programmes: readonly ProgrammeHours[];
  delivery: readonly DeliveryRule[];
  limits: ReadonlyMap<string, LegalLimit>;
}>;

/** One limit as a number in the unit of its row. */
export function legalLimit(rules: PlacementRules, id: LegalLimitId): number {
  const limit = rules.limits.get(id);
  if (limit === undefined) throw new RangeError(`No legal limit ${id}.`);
  return limit.value;
}

/** Least hours of a placement; a specialism's own rule goes before that of its programme. Null = none known. */
export function minimumHours(rules: PlacementRules, programmeKind: ProgrammeKind, specialism: string | null = null): number | null {
  const rows = rules.programmes.filter((row) => row.programmeKind === programmeKind);
  const own = rows.find((row) => row.specialism === specialism) ?? rows.find((row) => row.specialism === null);
  return own?.minHours ?? null;
}

/** The rule in force for an approach on a date (`YYYY-MM-DD`): the route's own if there is one, else the general one. */
export function deliveryRule(rules: PlacementRules, approach: Approach, route: Route | null, onDate: string): DeliveryRule | null {
  const inForce = rules.delivery.filter((row) => row.approach === approach && (row.effectiveFrom ?? '') <= onDate);
  return inForce.find((row) => row.route !== null && row.route === route) ?? inForce.find((row) => row.route === null) ?? null;
}

/** Most whole hours that may be done this way out of `requiredHours`; null = no limit known. */
export function mostHours(rule: DeliveryRule, requiredHours: number): number | null {
  const byShare = rule.maxShare === null ? null : Math.floor((requiredHours * rule.maxShare.numerator) / rule.maxShare.denominator);
  if (rule.maxHours === null || byShare === null) return rule.maxHours ?? byShare;
  return Math.min(rule.maxHours, byShare);
}

export function readPlacementRules(reading: Reading): PlacementRules {
  return {
    programmes: readProgrammes(reading),
    delivery: readDelivery(reading),
    limits: readLimits(reading),
  };
}

function readProgrammes(reading: Reading): readonly ProgrammeHours[] {
  const columns = ['programme_kind', 'specialism', 'min_hours', 'max_working_days', 'effective_from'];
  const key = (row: Row) => `${row.text('programme_kind')} ${row.optional('specialism') ?? ''}`;
  const rows = reading.table('placement-programmes.csv', columns, key, (row) => ({
    programmeKind: row.oneOf('programme_kind', PROGRAMME_KINDS),
    specialism: row.optional('specialism'),
    minHours: row.optionalInteger('min_hours', 1, 5000),
    maxWorkingDays: row.optionalInteger('max_working_days', 1, 366),
    effectiveFrom: optionalDate(row, 'effective_from'),
    ...row.provenance(),
  }));
  return [...rows.values()];
}

function readDelivery(reading: Reading): readonly DeliveryRule[] {
  const columns = ['approach', 'label', 'route', 'max_hours', 'max_share_numerator', 'max_share_denominator', 'cannot_combine_with', 'effective_from', 'note'];
  const key = (row: Row) => `${row.text('approach')} ${row.optional('route') ?? ''}`;
  const rows = reading.table('delivery-approaches.csv', columns, key, (row): DeliveryRule => {
    const numerator = row.optionalInteger('max_share_numerator', 1, 100);
    const denominator = row.optionalInteger('max_share_denominator', 1, 100);
    if ((numerator === null) !== (denominator === null) || (numerator ?? 0) > (denominator ?? 0)) row.problem('max_share_numerator', 'must be a share of at most the whole');
    const barred = row.list('cannot_combine_with');
    const cannotCombineWith = APPROACHES.filter((approach) => barred.includes(approach));
    if (cannotCombineWith.length !== barred.length) row.problem('cannot_combine_with', `must be some of ${APPROACHES.join(', ')}`);
    return {
      approach: row.oneOf('approach', APPROACHES),
      label: row.text('label'),
      route: row.optionalOneOf('route', ROUTES),
      maxHours: row.optionalInteger('max_hours', 1, 5000),
      maxShare: numerator === null || denominator === null ? null : { numerator, denominator },
      cannotCombineWith,
      effectiveFrom: optionalDate(row, 'effective_from'),
      note: row.optional('note'),
      ...row.provenance(),
    };
  });
  return [...rows.values()];
}

function readLimits(reading: Reading): ReadonlyMap<string, LegalLimit> {
  const file = 'legal-limits.csv';
  const limits = reading.table(file, ['limit_id', 'value', 'unit', 'label'], (row) => row.text('limit_id'), (row) => ({
    id: row.text('limit_id'),
    value: row.integer('value', 0, 100_000),
    unit: row.oneOf('unit', LIMIT_UNITS),
    label: row.text('label'),
    ...row.provenance(),
  }));
  for (const id of LEGAL_LIMITS) if (!limits.has(id)) reading.report(file, 0, 'limit_id', 'every limit must have a row', id);
  return limits;
}

function optionalDate(row: Row, column: string): string | null {
  const date = row.optional(column);
  if (date !== null && epochDay(date) === null) row.problem(column, 'must be a real date YYYY-MM-DD');
  return date;
}
