import { isUuid, type Candidate, type EntryPointId, type LearnerId, type LearnerSkill, type OrganisationId, type QualificationId, type Scope } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { NounReads, sameId } from '../noun-reads.js';
import type { Page, PageRequest } from '../paging.js';
import { Parameters } from '../scope-sql.js';
import type { Tx } from '../tx.js';
import { CandidateEntity } from './candidate.entity.js';

/**
 * A learner as one employer may see them: the columns that the database function `candidate_profile` lists, with names, addresses
 * and long numbers blotted out of the evidence. The learner's id is not among them.
 */
export type CandidateView = Pick<Candidate, 'id' | 'organisationId' | 'pseudonym'> &
  Readonly<{ qualificationId: QualificationId; level: number; entryPointId: EntryPointId; skills: readonly LearnerSkill[] }>;

export type CandidateFilter = Readonly<{ organisationId?: OrganisationId }>;
/** By pseudonym only: any other order would tell something of the person or of the time. */
export type CandidateOrder = 'PSEUDONYM';

/** Finds candidates by the table and hands out views; nothing but `CandidateReads` sees the rows in between. */
class CandidateRows extends NounReads<Candidate, CandidateFilter, CandidateOrder> {
  protected readonly shape = {
    entity: CandidateEntity,
    key: ['id'],
    orders: { PSEUDONYM: [['pseudonym', 'asc']] },
    filters: { organisationId: sameId('organisation_id') },
  } as const;

  async ofLearners(tx: Tx, scope: Scope, organisationId: OrganisationId, learnerIds: readonly LearnerId[]): Promise<Pick<Candidate, 'id' | 'learnerId'>[]> {
    const parameters = new Parameters();
    const where = this.where(tx.manager, scope, { organisationId }, parameters);
    return tx.manager.query(
      `select t.id, t.learner_id as "learnerId" from candidate t where ${where} and t.learner_id = any (${parameters.add(learnerIds.filter(isUuid))}::uuid[])`,
      parameters.values,
    );
  }
}

@Injectable()
export class CandidateReads {
  readonly #rows = new CandidateRows();

  /** Two statements. @throws Rejection PAGE_TOO_LARGE, FIELD_INVALID (cursor). */
  async page(tx: Tx, request: PageRequest<CandidateFilter, CandidateOrder>): Promise<Page<CandidateView>> {
    const page = await this.#rows.page(tx, request);
    const views = await this.views(tx, page.rows.map((row) => row.id));
    // A row without a view is the table's policy being wider than the view's: it is not shown, and its cursor goes with it.
    const shown = page.rows.flatMap(({ id }, index) => {
      const view = views.get(id);
      return view === undefined ? [] : [{ view, cursor: page.cursors[index] as string }];
    });
    return { ...page, rows: shown.map(({ view }) => view), cursors: shown.map(({ cursor }) => cursor) };
  }

  /** In the order of `ids`, null for one that is unknown or out of scope. Two statements. */
  async byIds(tx: Tx, scope: Scope, ids: readonly string[]): Promise<(CandidateView | null)[]> {
    const within = (await this.#rows.byIds(tx, scope, ids)).flatMap((row) => (row === null ? [] : [row.id]));
    const views = await this.views(tx, within);
    return ids.map((id) => views.get(id) ?? null);
  }

  /** The candidate whom one employer knows each of these learners as, in the order of `learnerIds`; null where there is none. Two statements. */
  async ofLearners(tx: Tx, scope: Scope, organisationId: OrganisationId, learnerIds: readonly LearnerId[]): Promise<(CandidateView | null)[]> {
    const rows = await this.#rows.ofLearners(tx, scope, organisationId, learnerIds);
    const views = await this.views(tx, rows.map((row) => row.id));
    const byLearner = new Map(rows.map((row) => [row.learnerId, views.get(row.id) ?? null]));
    return learnerIds.map((id) => byLearner.get(id) ?? null);
  }

  count(tx: Tx, scope: Scope, filter?: CandidateFilter): Promise<number> {
    return this.#rows.count(tx, scope, filter);
  }

  private async views(tx: Tx, ids: readonly string[]): Promise<Map<string, CandidateView>> {
    const rows = await tx.manager.query<CandidateView[]>(
      `select id, organisation_id as "organisationId", pseudonym, qualification_id as "qualificationId", level,
         entry_point_id as "entryPointId", skills from candidate_profile($1::uuid[])`,
      [ids.filter(isUuid)],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }
}
