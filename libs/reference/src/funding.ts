import { indexNames, normaliseName } from './names.js';
import type { Provenance } from './provenance.js';
import { findCycle, type Reading } from './table.js';

export const BODY_ROLES = ['FUNDER', 'OVERSIGHT', 'STANDARDS_OWNER', 'AWARDING_BODY', 'TRADE_BODY'] as const;
export type BodyRole = (typeof BODY_ROLES)[number];

/** An organisation that funds, oversees or publishes; neither a provider nor a host. */
export type Body = Readonly<{ id: string; name: string; shortName: string; aliases: readonly string[]; roles: readonly BodyRole[]; note: string | null }> & Provenance;

/** FUND: money with a rule of its own; COHORT: a group reported by itself. */
export const FUNDING_KINDS = ['FUND', 'COHORT'] as const;

export type FundingSource = Readonly<{
  id: string;
  name: string;
  shortName: string;
  aliases: readonly string[];
  kind: (typeof FUNDING_KINDS)[number];
  funderBodyId: string;
  /** The fund that pays for a cohort. */
  parentId: string | null;
  /** In words; the rule itself is set per vacancy. */
  eligibility: string;
  note: string | null;
}> &
  Provenance;

export type FundingSources = Readonly<{ byId: ReadonlyMap<string, FundingSource>; idByName: ReadonlyMap<string, string> }>;

export const FIGURE_UNITS = ['PEOPLE', 'JOBS', 'GBP'] as const;

/** A figure quoted at the launch. Show it with its scope and source, and never scale it to another scope. */
export type Figure = Readonly<{
  id: string;
  label: string;
  value: number;
  unit: (typeof FIGURE_UNITS)[number];
  scope: string;
  byYear: number | null;
  overYears: number | null;
  /** The total this figure is a part of; parts must add up to it. */
  partOf: string | null;
  campusId: string | null;
  bodyId: string | null;
  /** Year or date of publication. */
  published: string;
}> &
  Provenance;

/** By id, name, short name or alias. */
export function findFundingSource(sources: FundingSources, text: string): FundingSource | null {
  const id = sources.idByName.get(normaliseName(text));
  return (id === undefined ? undefined : sources.byId.get(id)) ?? null;
}

export function readBodies(reading: Reading): ReadonlyMap<string, Body> {
  const file = 'bodies.csv';
  const bodies = reading.table(file, ['body_id', 'name', 'short_name', 'aliases', 'roles', 'note'], (row) => row.text('body_id'), (row) => {
    const roles = row.list('roles');
    const known = BODY_ROLES.filter((role) => roles.includes(role));
    if (known.length !== roles.length || known.length === 0) row.problem('roles', `must be some of ${BODY_ROLES.join(', ')}`);
    return {
      id: row.text('body_id'),
      name: row.text('name'),
      shortName: row.text('short_name'),
      aliases: row.list('aliases'),
      roles: known,
      note: row.optional('note'),
      ...row.provenance(),
    };
  });
  indexNames(reading, file, [...bodies.values()].map((b) => ({ id: b.id, names: [b.id, b.name, b.shortName, ...b.aliases] })));
  return bodies;
}

export function readFundingSources(reading: Reading): FundingSources {
  const file = 'funding-sources.csv';
  const columns = ['funding_source_id', 'name', 'short_name', 'aliases', 'kind', 'funder_body_id', 'parent_id', 'eligibility', 'note'];
  const byId = reading.table(file, columns, (row) => row.text('funding_source_id'), (row) => ({
    id: row.text('funding_source_id'),
    name: row.text('name'),
    shortName: row.text('short_name'),
    aliases: row.list('aliases'),
    kind: row.oneOf('kind', FUNDING_KINDS),
    funderBodyId: row.reference('funder_body_id', 'bodies.csv'),
    parentId: row.optionalReference('parent_id', file),
    eligibility: row.text('eligibility'),
    note: row.optional('note'),
    ...row.provenance(),
  }));
  const cycle = findCycle(new Map([...byId.values()].map((f) => [f.id, f.parentId === null ? [] : [f.parentId]])));
  if (cycle !== null) reading.report(file, 0, 'parent_id', 'a fund must not pay itself', cycle.join(' > '));
  const named = [...byId.values()].map((f) => ({ id: f.id, names: [f.id, f.name, f.shortName, ...f.aliases] }));
  return { byId, idByName: indexNames(reading, file, named) };
}

export function readFigures(reading: Reading): ReadonlyMap<string, Figure> {
  const file = 'figures.csv';
  const columns = ['figure_id', 'label', 'value', 'unit', 'scope', 'by_year', 'over_years', 'part_of', 'campus_id', 'body_id', 'published'];
  const figures = reading.table(file, columns, (row) => row.text('figure_id'), (row) => ({
    id: row.text('figure_id'),
    label: row.text('label'),
    value: row.integer('value', 1, 1_000_000_000_000),
    unit: row.oneOf('unit', FIGURE_UNITS),
    scope: row.text('scope'),
    byYear: row.optionalInteger('by_year', 2000, 2100),
    overYears: row.optionalInteger('over_years', 1, 100),
    partOf: row.optionalReference('part_of', file),
    campusId: row.optionalReference('campus_id', 'campuses.csv'),
    bodyId: row.optionalReference('body_id', 'bodies.csv'),
    published: row.matching('published', /^\d{4}(-\d{2}-\d{2})?$/, 'a year or a date'),
    ...row.provenance(),
  }));
  for (const total of figures.values()) {
    const parts = [...figures.values()].filter((part) => part.partOf === total.id);
    const sum = parts.reduce((value, part) => value + part.value, 0);
    if (parts.length > 0 && sum !== total.value) reading.report(file, 0, 'value', `the parts must add up to ${total.id}`, `${sum}`);
  }
  return figures;
}
