import { Rejection, canonicalJson, type ImportError, type ImportNotice, type Learner, type Organisation, type TravelCell, type Vacancy } from '@meriden/domain';
import { uuid } from '@meriden/platform';
import type { ReferenceService } from '../reference.service.js';
import { checkProfile } from '../validate/learner.js';
import { cellKey } from '../validate/journey.js';
import { changedColumns, learnerColumn, mergedLearner, type LearnerRow } from './learner-rows.js';
import { organisationKey, type OrganisationRow } from './organisation-rows.js';
import type { TravelRow } from './travel-rows.js';
import { inStretches } from './turns.js';
import { vacancyColumn, vacancyKey, type VacancyRow } from './vacancy-rows.js';

/** What the good rows of a file do to what is stored; nothing is done yet. */
export type Plan<New, Row> = Readonly<{
  created: readonly Readonly<{ value: New; row: Row }>[];
  /** Next versions. */
  changed: readonly New[];
  unchanged: number;
  dropped: number;
  notices: readonly ImportNotice[];
  errors: readonly ImportError[];
}>;

class Draft<New, Row extends Readonly<{ row: number }>> {
  readonly created: { value: New; row: Row }[] = [];
  readonly changed: New[] = [];
  readonly notices: ImportNotice[] = [];
  readonly errors: ImportError[] = [];
  readonly #seen = new Map<string, number>();
  unchanged = 0;
  dropped = 0;

  /** False, with an error, for the second row that speaks of the same thing. */
  first(key: string, { row }: Row, column: string, what: string): boolean {
    const before = this.#seen.get(key);
    if (before === undefined) this.#seen.set(key, row);
    else this.errors.push({ row, column, code: 'DUPLICATE_ENTRY', message: `${what} stands in row ${before} already. Keep one of the two rows.` });
    return before === undefined;
  }

  differs({ row }: Row, columns: readonly string[]): void {
    for (const column of columns) this.notices.push({ row, column, code: 'CHANGED', message: `${column} differs from what is stored.` });
  }

  isDropped(message: string): void {
    this.dropped += 1;
    this.notices.push({ row: null, column: null, code: 'DROPPED', message });
  }
}

type LearnerPlan = Plan<Learner, LearnerRow>;

const nameKey = ({ givenName, familyName, dateOfBirth }: Pick<Learner, 'givenName' | 'familyName' | 'dateOfBirth'>): string =>
  JSON.stringify([givenName, familyName].map((name) => name.trim().toLowerCase().replace(/\s+/g, ' ')).concat(dateOfBirth ?? ''));

/**
 * A learner is known by the ULN; without one, and for a record that had none so far, by names and birth date. Learners of another
 * provider are not looked at: who is enrolled elsewhere is nothing that a file can find out.
 */
export async function planLearners(rows: readonly LearnerRow[], stored: readonly Learner[], organisationId: string, reference: ReferenceService, today: string): Promise<LearnerPlan> {
  const byUln = new Map(stored.flatMap((learner) => (learner.uln === null ? [] : [[learner.uln, learner] as const])));
  const byName = new Map(stored.map((learner) => [nameKey(learner), learner]));
  const draft = new Draft<Learner, LearnerRow>();
  const named = new Set<string>();
  for await (const row of inStretches(rows)) {
    const { enrolment } = row;
    const { uln, email, profile, ...rest } = enrolment;
    const alike = rest.dateOfBirth === null ? undefined : byName.get(nameKey(rest));
    const known = (uln === null ? alike : (byUln.get(uln) ?? (alike?.uln === null ? alike : undefined))) ?? null;
    const unique = [
      uln === null ? draft.first(`name ${nameKey(rest)}`, row, 'familyName', 'A learner of this name and birth date') : draft.first(`uln ${uln}`, row, 'uln', 'This ULN'),
      email === null || draft.first(`email ${email}`, row, 'email', 'This e-mail address'),
    ].every(Boolean);
    if (!unique || (known !== null && !draft.first(`id ${known.id}`, row, uln === null ? 'familyName' : 'uln', 'The same learner'))) continue;
    if (known === null) {
      draft.created.push({ row, value: { ...profile, ...rest, uln, id: uuid(), organisationId, personId: null, version: 1 } });
      continue;
    }
    named.add(known.id);
    const next = mergedLearner(known, row);
    const columns = changedColumns(known, next);
    if (columns.length === 0) {
      draft.unchanged += 1;
      continue;
    }
    try {
      checkProfile(next, reference, next.dateOfBirth, today);
      draft.changed.push({ ...next, version: known.version + 1 });
      draft.differs(row, columns);
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      draft.errors.push(...error.refusals.map(({ code, message, rule, remedy, path }) => ({ row: row.row, column: learnerColumn(path), code, message: `${message} ${rule} ${remedy}` })));
    }
  }
  const years = new Set(rows.map((row) => row.enrolment.academicYear));
  for (const learner of stored) {
    if (!named.has(learner.id) && years.has(learner.academicYear)) draft.isDropped(`The learner ${learner.id} of ${learner.academicYear} is stored and not in the file. Nothing was taken away.`);
  }
  return draft;
}

/** A vacancy is known by its title, campus and first day. What is closed stays closed; what is live is not taken back by a file. */
export async function planVacancies(rows: readonly VacancyRow[], stored: readonly Vacancy[], organisationId: string): Promise<Plan<Vacancy, VacancyRow>> {
  const byKey = new Map([...stored].sort((a, b) => Number(b.state === 'CLOSED') - Number(a.state === 'CLOSED')).map((vacancy) => [vacancyKey(vacancy), vacancy]));
  const draft = new Draft<Vacancy, VacancyRow>();
  const named = new Set<string>();
  for await (const row of inStretches(rows)) {
    const key = vacancyKey(row.details);
    if (!draft.first(key, row, 'title', 'A vacancy of this title, campus and first day')) continue;
    const known = byKey.get(key);
    const details = { ...row.details, title: row.details.title.trim() };
    if (known === undefined) {
      draft.created.push({ row, value: { ...details, id: uuid(), organisationId, state: row.state, version: 1 } });
      continue;
    }
    named.add(known.id);
    if (known.state === 'CLOSED') {
      draft.errors.push({ row: row.row, column: 'title', code: 'STATE_WRONG', message: 'This vacancy was closed, and a closed vacancy does not open again. Give the new one another title or first day.' });
      continue;
    }
    const next: Vacancy = { ...known, ...details, state: known.state === 'LIVE' ? 'LIVE' : row.state };
    const columns = Object.keys(next).filter((name) => canonicalJson(next[name as keyof Vacancy]) !== canonicalJson(known[name as keyof Vacancy]));
    if (columns.length === 0) draft.unchanged += 1;
    else {
      draft.changed.push({ ...next, version: known.version + 1 });
      draft.differs(row, columns.map((name) => vacancyColumn(['input', name]) ?? name));
    }
  }
  for (const vacancy of stored) {
    if (vacancy.state !== 'CLOSED' && !named.has(vacancy.id)) draft.isDropped(`The vacancy ${vacancy.id} is stored and not in the file. It stays as it is.`);
  }
  return draft;
}

/** Organisations are made, never changed, by a file: their members work with what is there. */
export async function planOrganisations(rows: readonly OrganisationRow[], stored: readonly Organisation[]): Promise<Plan<Organisation, OrganisationRow>> {
  const byKey = new Map(stored.map((organisation) => [organisationKey(organisation), organisation]));
  const draft = new Draft<Organisation, OrganisationRow>();
  for await (const row of inStretches(rows)) {
    const key = organisationKey(row.details);
    if (!draft.first(key, row, 'name', 'This organisation')) continue;
    const known = byKey.get(key);
    if (known === undefined) {
      draft.created.push({ row, value: { ...row.details, name: row.details.name.trim(), id: uuid(), version: 1 } });
      continue;
    }
    const differing = (['name', 'roles', 'odsCode', 'fictional', 'roundCapacity'] as const).filter((name) => canonicalJson(row.details[name]) !== canonicalJson(known[name]));
    if (differing.length === 0) draft.unchanged += 1;
    for (const column of differing) draft.errors.push({ row: row.row, column, code: 'ALREADY_EXISTS', message: `This organisation is there already, with another ${column}. A file makes organisations and changes none: write what is stored, or leave the row out.` });
  }
  return draft;
}

/**
 * A file names the cells that it replaces and says nothing about others. `stored` holds the newest imported value of each cell; a cell that had an
 * estimate only is new.
 */
export async function planTravel(rows: readonly TravelRow[], stored: readonly TravelCell[]): Promise<Plan<TravelRow, TravelRow>> {
  const before = new Map(stored.map((cell) => [cellKey(cell), cell.minutes]));
  const draft = new Draft<TravelRow, TravelRow>();
  const source = rows[0]?.source;
  for await (const row of inStretches(rows)) {
    if (row.source !== source) {
      draft.errors.push({ row: row.row, column: 'source', code: 'FIELD_INVALID', message: `This source differs from that of row ${rows[0]?.row ?? 0}. One file is one import with one source: bring other sources in files of their own.` });
      continue;
    }
    if (!draft.first(cellKey(row.cell), row, 'outcode', 'The journey from this outcode to this campus by this mode')) continue;
    const known = before.get(cellKey(row.cell));
    if (known === undefined) draft.created.push({ value: row, row });
    else if (known === row.cell.minutes) draft.unchanged += 1;
    else {
      draft.changed.push(row);
      draft.differs(row, ['minutes']);
    }
  }
  return draft;
}
