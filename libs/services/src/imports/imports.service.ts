import { Injectable } from '@nestjs/common';
import { IMPORT_KINDS, Rejection, isUuid, notFound, reportImport, versionConflict, within, type Actor, type ImportKind, type ImportReport, type ImportRun, type ImportRunId, type Learner, type Organisation, type OrganisationId, type OrganisationRole, type Role, type Vacancy, type Verb } from '@meriden/domain';
import { ImportStore, LearnerStore, MembershipStore, OrganisationStore, PersonStore, VacancyStore, type Tx } from '@meriden/persistence';
import { uuid } from '@meriden/platform';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Desk, type Doer } from '../desk.js';
import { LEARNER_COLUMNS, readLearner, type LearnerRow } from './learner-rows.js';
import { ORGANISATION_COLUMNS, readOrganisation, type OrganisationRow } from './organisation-rows.js';
import { planLearners, planOrganisations, planTravel, planVacancies, type Plan } from './plan.js';
import { MOST_TOLD, RowErrors, readFile, type FileReading } from './read-file.js';
import { wholeFile } from './csv-file.js';
import type { Cells, Column } from './columns.js';
import { TRAVEL_COLUMNS, readTravel, type TravelRow } from './travel-rows.js';
import { inPieces } from './turns.js';
import { VACANCY_COLUMNS, readVacancy, type VacancyRow } from './vacancy-rows.js';
import { newPerson } from '../learners.service.js';
import { PolicyHolder } from '../policy-holder.js';
import { ReferenceService } from '../reference.service.js';
import { ScoringSettingsService } from '../suggestions/scoring-settings.service.js';

/** A file over HTTP; the terminal takes larger ones. */
const UPLOAD_BYTES = 10 * 1024 * 1024;
const UPLOADS = { points: 40, duration: 15 * 60 };

export type ImportWish = Readonly<{
  kind: ImportKind;
  source: AsyncIterable<Uint8Array>;
  /** Says what would happen and changes nothing. */
  dryRun: boolean;
  /** Stores the good rows though others are refused; otherwise all or nothing. */
  partial: boolean;
}>;

type Way<Row, New> = Readonly<{
  verb: Verb;
  role: Role;
  /** What the organisation must be. */
  part: OrganisationRole;
  columns: readonly Column[];
  read(cells: Cells): Row | null;
  plan(tx: Tx, rows: readonly Row[], organisationId: OrganisationId): Promise<Plan<New, Row>>;
  apply(tx: Tx, doer: Doer, plan: Plan<New, Row>): Promise<void>;
}>;

/** In whose name: a signed-in person, or the operator's own terminal for an organisation. */
type Importer = Readonly<{ doer: Doer; within(work: (tx: Tx) => Promise<ImportReport>): Promise<ImportReport> }>;

/** Lists from files: read as they stream, checked row by row, compared with what is stored, written in one transaction or not at all. */
@Injectable()
export class ImportsService {
  readonly #uploads = new RateLimiterMemory(UPLOADS);

  constructor(
    private readonly desk: Desk,
    private readonly holder: PolicyHolder,
    private readonly imports: ImportStore,
    private readonly learners: LearnerStore,
    private readonly people: PersonStore,
    private readonly memberships: MembershipStore,
    private readonly vacancies: VacancyStore,
    private readonly organisations: OrganisationStore,
    private readonly reference: ReferenceService,
    private readonly settings: ScoringSettingsService,
  ) {}

  /** A file handed in, with its report; null for one of another organisation as for none. */
  async byId(tx: Tx, actor: Actor, id: ImportRunId): Promise<ImportRun | null> {
    const run = isUuid(id) ? await this.imports.byId(tx, id) : null;
    return run !== null && within(this.holder.policy.scope(actor, 'importRun'), run) ? run : null;
  }

  private async countUpload(actor: Actor): Promise<void> {
    await this.#uploads.consume(actor.personId).catch(() => {
      throw new Rejection({
        code: 'TOO_MANY_TRIES',
        message: 'You have handed in many files in a short time.',
        rule: `A person hands in at most ${UPLOADS.points} files in 15 minutes.`,
        remedy: 'Check a file before you hand in the next, or wait a quarter of an hour.',
        path: [],
      });
    });
  }

  /** Imports as the acting person, into the person's own organisation. Faults of the file are in the report; nothing is thrown for them. */
  async run(actor: Actor, wish: ImportWish): Promise<ImportReport> {
    const { verb } = this.#ways[wish.kind];
    this.desk.permit(actor, verb);
    return this.import(wish, { doer: actor, within: (work) => this.desk.uow.as(actor, work) });
  }

  /**
   * Takes a file in: kept for a day, until it is checked or imported. What is no text is refused at its first bytes.
   *
   * @throws Rejection NOT_FOUND for no such kind, FORBIDDEN, FILE_TOO_LARGE, FILE_NOT_CSV, FILE_EMPTY, TOO_MANY_TRIES
   */
  async upload(actor: Actor, kindName: string, source: AsyncIterable<Uint8Array>): Promise<ImportRun> {
    const kind = IMPORT_KINDS.find((known) => known.toLowerCase() === kindName);
    if (kind === undefined) throw notFound('kind of list');
    this.desk.permit(actor, 'import a list');
    this.desk.permit(actor, this.#ways[kind].verb);
    await this.countUpload(actor);
    const content = await wholeFile(source, UPLOAD_BYTES);
    return this.desk.write(actor, 'import a list', async (tx) => {
      const run: ImportRun = { id: uuid(), organisationId: actor.organisationId, personId: actor.personId, kind, state: 'UPLOADED', bytes: content.length, report: null, createdAt: this.desk.clock.now(), endedAt: null, version: 1 };
      await this.imports.insert(tx, run, content);
      await this.desk.record(tx, actor, 'handed in', 'importRun', run.id, { bytes: run.bytes, kind });
      return run;
    });
  }

  /** Checks (`dryRun`) or imports a file that was handed in. The report stays with the run, beside what it tells of. */
  async start(actor: Actor, input: Readonly<{ runId: ImportRunId; version: number; dryRun: boolean; partial: boolean }>): Promise<ImportRun> {
    this.desk.permit(actor, 'import a list');
    const { run, content } = await this.desk.uow.readAs(actor, async (tx) => {
      const found = isUuid(input.runId) ? await this.imports.byId(tx, input.runId) : null;
      const run = this.desk.visible(actor, 'importRun', found, ['input', 'uploadId']);
      return { run, content: await this.imports.content(tx, run.id) };
    });
    if (run.version !== input.version) throw versionConflict('import', run.version, input.version);
    const { verb } = this.#ways[run.kind];
    this.desk.permit(actor, verb);
    const ended: ImportRun[] = [];
    // In the transaction of the effect: whoever comes second finds the next version and is refused before anything is written twice.
    const end = async (tx: Tx, report: ImportReport): Promise<ImportRun> => {
      const next = reportImport(run, report, this.desk.clock.now());
      await this.imports.save(tx, next);
      if (!report.dryRun) await this.imports.dropContent(tx, run.id);
      await this.desk.record(tx, actor, report.dryRun ? 'checked' : 'imported', 'importRun', run.id, { rows: report.rows, stored: report.stored, refused: report.refused });
      return next;
    };
    const wish: ImportWish = { kind: run.kind, source: inPieces(content), dryRun: input.dryRun, partial: input.partial };
    const report = await this.import(wish, {
      doer: actor,
      within: (work) =>
        this.desk.uow.as(actor, async (tx) => {
          ended.length = 0;
          const result = await work(tx);
          ended.push(await end(tx, result));
          return result;
        }),
    });
    // A file that cannot be used at all, or that the commit refused, leaves its report alone.
    return ended[0]?.report === report ? ended[0] : this.desk.uow.as(actor, (tx) => end(tx, report));
  }

  /**
   * Imports at the server's own terminal, in the name of one organisation, with the rights that its staff would have.
   *
   * @param organisation its id or its UKPRN; null for a list of organisations or journeys, which is the operator's
   * @throws Rejection NOT_FOUND, or STATE_WRONG for an organisation that keeps no such list
   */
  async runAtTerminal(organisation: string | null, wish: ImportWish): Promise<ImportReport> {
    const { role, part } = this.#ways[wish.kind];
    const job = { name: `imported ${wish.kind.toLowerCase()}` };
    if (part === 'OPERATOR') return this.import(wish, { doer: { organisationId: null, personId: null }, within: (work) => this.desk.uow.atTerminal(job, work) });
    const { id, roles } = await this.organisationOf(organisation ?? '');
    if (!roles.includes(part)) {
      throw new Rejection({
        code: 'STATE_WRONG',
        message: `This organisation is no ${part.toLowerCase()}.`,
        rule: 'Learners belong to a provider, vacancies to an employer.',
        remedy: 'Name another organisation.',
        path: ['organisation'],
      });
    }
    return this.import(wish, { doer: { organisationId: id, personId: null }, within: (work) => this.desk.uow.atTerminalFor({ ...job, objectId: id }, { organisationId: id, role }, work) });
  }

  private async organisationOf(text: string): Promise<Organisation> {
    const found = await this.desk.uow.atTerminal({ name: 'looked up an organisation' }, async (tx) => {
      if (isUuid(text)) return this.organisations.byId(tx, text);
      return /^\d{8}$/.test(text) ? this.organisations.byUkprn(tx, text) : null;
    });
    if (found === null) throw notFound('organisation', ['organisation']);
    return found;
  }

  private async import(wish: ImportWish, importer: Importer): Promise<ImportReport> {
    switch (wish.kind) {
      case 'LEARNERS':
        return this.go(this.#ways.LEARNERS, wish, importer);
      case 'VACANCIES':
        return this.go(this.#ways.VACANCIES, wish, importer);
      case 'ORGANISATIONS':
        return this.go(this.#ways.ORGANISATIONS, wish, importer);
      case 'TRAVEL':
        return this.go(this.#ways.TRAVEL, wish, importer);
    }
  }

  private async go<Row extends Readonly<{ row: number }>, New>(way: Way<Row, New>, wish: ImportWish, { doer, within: inTransaction }: Importer): Promise<ImportReport> {
    const reading = await readFile(wish.source, way.columns, (cells) => way.read(cells));
    if (!reading.usable) return reportOf(reading, null, wish, 0);
    try {
      return await inTransaction(async (tx) => {
        await this.imports.alone(tx, doer.organisationId, wish.kind);
        const plan = await way.plan(tx, reading.good, doer.organisationId ?? '');
        const clean = reading.bad.size === 0 && plan.errors.length === 0;
        const stores = !wish.dryRun && (clean || wish.partial);
        if (stores) await way.apply(tx, doer, plan);
        return reportOf(reading, plan, wish, stores ? plan.created.length + plan.changed.length : 0);
      });
    } catch (error) {
      // What only the commit finds, such as more proposals than openings: the whole file is refused.
      if (!(error instanceof Rejection)) throw error;
      const errors = error.refusals.map(({ code, message, rule, remedy }) => ({ row: null, column: null, code, message: `${message} ${rule} ${remedy}` }));
      return reportOf({ ...reading, good: [], usable: false, errors: [...errors, ...reading.errors] }, null, wish, 0);
    }
  }

  readonly #ways = {
    LEARNERS: {
      verb: 'enrol a learner',
      role: 'PROVIDER_STAFF',
      part: 'PROVIDER',
      columns: LEARNER_COLUMNS,
      read: (cells) => readLearner(cells, this.reference, this.desk.clock.today()),
      plan: async (tx, rows, organisationId) => planLearners(rows, await this.learners.ofOrganisation(tx, organisationId), organisationId, this.reference, this.desk.clock.today()),
      apply: (tx, doer, plan) => this.storeLearners(tx, doer, plan),
    } satisfies Way<LearnerRow, Learner>,
    VACANCIES: {
      verb: 'post a vacancy',
      role: 'EMPLOYER',
      part: 'EMPLOYER',
      columns: VACANCY_COLUMNS,
      read: (cells) => readVacancy(cells, this.reference),
      plan: async (tx, rows, organisationId) => planVacancies(rows, await this.vacancies.ofOrganisation(tx, organisationId), organisationId),
      apply: async (tx, doer, { created, changed }) => {
        const made = created.map(({ value }) => value);
        await this.vacancies.insertMany(tx, made);
        for (const vacancy of changed) await this.vacancies.save(tx, vacancy);
        await this.desk.recordMany(tx, doer, 'imported', 'vacancy', [...made, ...changed].map(({ id, version, openings }) => ({ objectId: id, detail: { version, openings } })));
        const live = [...made, ...changed].filter(({ state }) => state === 'LIVE');
        await this.desk.dispatchMany(tx, doer, 'score-vacancy', live.map(({ id, version }) => ({ vacancyId: id, version })));
      },
    } satisfies Way<VacancyRow, Vacancy>,
    ORGANISATIONS: {
      verb: 'create accounts',
      role: 'OPERATOR',
      part: 'OPERATOR',
      columns: ORGANISATION_COLUMNS,
      read: (cells) => readOrganisation(cells, this.reference),
      plan: async (tx, rows) => planOrganisations(rows, await this.organisations.all(tx)),
      apply: async (tx, doer, { created }) => {
        await this.organisations.insertMany(tx, created.map(({ value }) => value));
        await this.desk.recordMany(tx, doer, 'imported', 'organisation', created.map(({ value }) => ({ objectId: value.id, detail: { roles: value.roles.join(' ') } })));
      },
    } satisfies Way<OrganisationRow, Organisation>,
    TRAVEL: {
      verb: 'change how scores come about',
      role: 'OPERATOR',
      part: 'OPERATOR',
      columns: TRAVEL_COLUMNS,
      read: (cells) => readTravel(cells, this.reference),
      plan: async (tx, rows) => planTravel(rows, await this.settings.journeys(tx)),
      apply: async (tx, doer, { created, changed }) => {
        const rows = [...created.map(({ value }) => value), ...changed];
        // A file that says what is stored is no new edition, and nobody need be scored for it.
        if (rows[0] !== undefined) await this.settings.storeJourneys(tx, doer, rows[0].source, rows.map(({ cell }) => cell));
      },
    } satisfies Way<TravelRow, TravelRow>,
  };

  private async storeLearners(tx: Tx, doer: Doer, { created, changed }: Plan<Learner, LearnerRow>): Promise<void> {
    const accounts = created.flatMap(({ value, row: { enrolment } }) =>
      enrolment.email === null
        ? []
        : [{ learnerId: value.id, person: newPerson(enrolment.email, `${value.givenName} ${value.familyName}`) }],
    );
    const made = await this.people.insertUnknown(tx, accounts.map(({ person }) => person));
    const personOf = new Map(accounts.filter(({ person }) => made.has(person.id)).map(({ learnerId, person }) => [learnerId, person.id]));
    const learners = created.map(({ value }): Learner => ({ ...value, personId: personOf.get(value.id) ?? null }));
    await this.learners.insertMany(tx, learners);
    await this.memberships.insertMany(
      tx,
      learners.flatMap(({ id, personId, organisationId }) => (personId === null ? [] : [{ id: uuid(), personId, organisationId, role: 'LEARNER' as const, learnerId: id }])),
    );
    for (const learner of changed) await this.learners.save(tx, learner);
    const all = [...learners, ...changed];
    await this.desk.recordMany(tx, doer, 'imported', 'learner', all.map(({ id, version }) => ({ objectId: id, detail: { version } })));
    await this.desk.dispatchMany(tx, doer, 'score-learner', all.map(({ id, version }) => ({ learnerId: id, version })));
  }
}

function reportOf<Row, New>(reading: FileReading<Row>, plan: Plan<New, Row> | null, { dryRun }: ImportWish, stored: number): ImportReport {
  const errors = new RowErrors();
  errors.add(...reading.errors, ...(plan?.errors ?? []));
  for (const row of reading.bad) errors.bad.add(row);
  const refused = plan === null ? reading.rows : errors.bad.size;
  return {
    rows: reading.rows,
    accepted: reading.rows - refused,
    refused,
    errors: errors.told,
    errorsLeftOut: errors.leftOut + reading.errorsLeftOut,
    dryRun,
    created: plan?.created.length ?? 0,
    changed: plan?.changed.length ?? 0,
    unchanged: plan?.unchanged ?? 0,
    dropped: plan?.dropped ?? 0,
    stored,
    notices: (plan?.notices ?? []).slice(0, MOST_TOLD),
  };
}
