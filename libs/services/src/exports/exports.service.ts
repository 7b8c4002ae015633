import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify';
import { Rejection, forbidden, notFound, type Actor } from '@meriden/domain';
import { SessionStore } from '@meriden/persistence';
import { CandidateReads, LearnerReads, OrganisationReads, OutcomeReads, RoundReads, VacancyReads } from '@meriden/persistence/reads';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Desk } from '../desk.js';
import { CSV_OPTIONS } from './csv-options.js';
import { LISTS, type List, type ListName, type Shelf } from './lists.js';
import { PolicyHolder } from '../policy-holder.js';
import { ReferenceService } from '../reference.service.js';

const PAGE = 100;
/** Files one person may take in a quarter of an hour: enough for work, too few to watch the region by. */
const FILES = { points: 30, duration: 15 * 60 };

/** Lists as CSV files, with the rows that the asker sees and no others. Every file taken is written down. */
@Injectable()
export class ExportsService {
  readonly #taken = new RateLimiterMemory(FILES);
  readonly #shelf: Shelf;

  constructor(
    private readonly desk: Desk,
    private readonly holder: PolicyHolder,
    private readonly sessions: SessionStore,
    learners: LearnerReads,
    vacancies: VacancyReads,
    candidates: CandidateReads,
    rounds: RoundReads,
    outcomes: OutcomeReads,
    organisations: OrganisationReads,
    reference: ReferenceService,
  ) {
    this.#shelf = { learners, vacancies, candidates, rounds, outcomes, organisations, reference };
  }

  /**
   * The file as it is written, page by page: its memory does not grow with the list, and a slow reader holds no transaction. Each page asks
   * whether the session still stands; once it does not, the file breaks off, so that nobody takes it for a whole one.
   *
   * @throws Rejection NOT_FOUND for no such list, FORBIDDEN, TOO_MANY_TRIES
   */
  async csv(actor: Actor, name: string): Promise<Readable> {
    if (!Object.hasOwn(LISTS, name)) throw notFound('list');
    const list: List = LISTS[name as ListName];
    this.desk.permit(actor, list.verb);
    if (this.holder.policy.scope(actor, list.noun) === 'NONE') throw forbidden(`take the list ${name}`, 'those who see it');
    await this.#taken.consume(actor.personId).catch(() => {
      throw new Rejection({
        code: 'TOO_MANY_TRIES',
        message: 'You have taken many files in a short time.',
        rule: `A person takes at most ${FILES.points} files in 15 minutes.`,
        remedy: 'Use the file you have, or wait a quarter of an hour.',
        path: [],
      });
    });
    await this.desk.write(actor, list.verb, (tx) => this.desk.record(tx, actor, 'exported', list.noun, name));
    const writer = stringify(CSV_OPTIONS);
    return Readable.from(this.rows(actor, list)).on('error', (error) => writer.destroy(error)).pipe(writer);
  }

  private async *rows(actor: Actor, list: List): AsyncGenerator<readonly unknown[]> {
    yield list.columns;
    for (let after: string | null | undefined; after !== null; ) {
      const scope = this.holder.policy.scope(actor, list.noun);
      const page = await this.desk.uow.readAs(actor, async (tx) => {
        if (!(await this.sessions.stands(tx, actor.sessionId, this.desk.clock.now()))) throw sessionOver();
        return list.page(this.#shelf, { tx, actor, scope, first: PAGE, after: after ?? null });
      });
      yield* page.rows;
      after = page.after;
    }
  }
}

function sessionOver(): Rejection {
  return new Rejection({
    code: 'SESSION_ENDED',
    message: 'The session in which this file was asked for has ended.',
    rule: 'Rights that end take effect at once, in the middle of a file too.',
    remedy: 'Sign in and take the file anew.',
    path: [],
  });
}
