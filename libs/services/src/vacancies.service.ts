import { Injectable } from '@nestjs/common';
import {
  closeVacancy,
  publishVacancy,
  reviseVacancy,
  versionConflict,
  type Actor,
  type Vacancy,
  type VacancyDetails,
  type VacancyId,
} from '@meriden/domain';
import { VacancyStore, type Tx } from '@meriden/persistence';
import { uuid } from '@meriden/platform';
import { Desk } from './desk.js';
import { ReferenceService } from './reference.service.js';
import { checkVacancy } from './validate/vacancy.js';

type Handle = Readonly<{ vacancyId: VacancyId; version: number }>;

/** Vacancies: posted by an employer at a campus; draft, live, closed. */
@Injectable()
export class VacancyService {
  constructor(
    private readonly desk: Desk,
    private readonly vacancies: VacancyStore,
    private readonly reference: ReferenceService,
  ) {}

  async post(actor: Actor, input: Readonly<{ idempotencyKey: string; details: VacancyDetails; publish: boolean }>): Promise<Vacancy> {
    const { idempotencyKey, ...rest } = input;
    return this.desk.writeOnce(actor, 'post a vacancy', { operation: 'post', idempotencyKey, input: rest }, async (tx) => {
      const [vacancy] = await this.postIn(tx, actor, [rest.details], rest.publish);
      return vacancy as Vacancy;
    });
  }

  /**
   * Many at once, all or nothing; for imports and the demonstration region.
   *
   * @param scoring EACH slots each live vacancy into the suggestions now; LATER leaves that to the pass over the region that the
   * caller asks for afterwards.
   */
  async postMany(actor: Actor, details: readonly VacancyDetails[], publish: boolean, scoring: 'EACH' | 'LATER' = 'EACH'): Promise<readonly Vacancy[]> {
    return this.desk.write(actor, 'post a vacancy', (tx) => this.postIn(tx, actor, details, publish, scoring));
  }

  async revise(actor: Actor, input: Handle & Readonly<{ details: Partial<VacancyDetails> }>): Promise<Vacancy> {
    return this.change(actor, input, 'revised', (vacancy) => {
      const details: VacancyDetails = { ...vacancy, ...input.details };
      checkVacancy(details, this.reference);
      return reviseVacancy(vacancy, input.details as VacancyDetails);
    });
  }

  async publish(actor: Actor, input: Handle): Promise<Vacancy> {
    return this.change(actor, input, 'published', publishVacancy);
  }

  async close(actor: Actor, input: Handle): Promise<Vacancy> {
    return this.change(actor, input, 'closed', closeVacancy);
  }

  private async change(actor: Actor, handle: Handle, verb: string, next: (vacancy: Vacancy) => Vacancy): Promise<Vacancy> {
    return this.desk.write(actor, 'change a vacancy', async (tx) => {
      const found = this.desk.visible(actor, 'vacancy', await this.vacancies.byId(tx, handle.vacancyId), ['input', 'vacancyId']);
      // A live vacancy is visible to every employer; only its owner changes it.
      const vacancy = this.desk.visible(actor, 'vacancy', found.organisationId === actor.organisationId ? found : null, ['input', 'vacancyId']);
      if (vacancy.version !== handle.version) throw versionConflict('vacancy', vacancy.version, handle.version);
      const changed = next(vacancy);
      await this.vacancies.save(tx, changed);
      await this.desk.record(tx, actor, verb, 'vacancy', changed.id, { version: changed.version, state: changed.state });
      if (changed.state !== 'DRAFT') {
        await this.desk.dispatch(tx, actor, 'score-vacancy', { vacancyId: changed.id, version: changed.version });
      }
      return changed;
    });
  }

  private async postIn(
    tx: Tx,
    actor: Actor,
    list: readonly VacancyDetails[],
    publish: boolean,
    scoring: 'EACH' | 'LATER' = 'EACH',
  ): Promise<readonly Vacancy[]> {
    const rows: Vacancy[] = [];
    for (const details of list) {
      checkVacancy(details, this.reference);
      rows.push({ ...details, title: details.title.trim(), id: uuid(), organisationId: actor.organisationId, state: publish ? 'LIVE' : 'DRAFT', version: 1 });
    }
    await this.vacancies.insertMany(tx, rows);
    for (const row of rows) {
      await this.desk.record(tx, actor, publish ? 'posted' : 'drafted', 'vacancy', row.id, { openings: row.openings });
      if (publish && scoring === 'EACH') await this.desk.dispatch(tx, actor, 'score-vacancy', { vacancyId: row.id, version: 1 });
    }
    return rows;
  }
}
