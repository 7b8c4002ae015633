import type { CheckKind, IsoDate, IsoInstant, LearnerId, Proposal, Scope, VacancyId } from '@meriden/domain';
import { Injectable } from '@nestjs/common';
import { LearnerEntity } from '../learner/learner.entity.js';
import { ProposalEntity } from '../proposal/proposal.entity.js';
import { selectList } from '../rows.js';
import { Parameters, scopeSql } from '../scope-sql.js';
import type { Tx } from '../tx.js';
import { LEARNER_STAGES, type LearnerStage } from './learner-stage.js';

export type StageCounts = Readonly<Record<LearnerStage, number>>;

/** Learners under one key of the reference data, by stage. */
export type CohortRow = Readonly<{ key: string; learners: number; stages: StageCounts }>;

/** A check that a proposed or placed learner needs and has not, or that runs out before the placement begins. */
export type CheckGap = Readonly<{
  learnerId: LearnerId;
  vacancyId: VacancyId;
  kind: CheckKind;
  problem: 'MISSING' | 'EXPIRES_BEFORE_START';
  expiresOn: IsoDate | null;
  startsOn: IsoDate;
}>;

/** Placements by where the learner lives: a reported count, never a rule of matching. */
export type PlacementHomes = Readonly<{ placements: number; residents: number; elsewhere: number; unknown: number }>;

export type Cohort = Readonly<{
  learners: number;
  stages: StageCounts;
  byQualification: readonly CohortRow[];
  /** By the campus of the learner's live proposal or placement; learners without one are in none. */
  byCampus: readonly CohortRow[];
  /** A learner with two funding sources is in both. */
  byFundingSource: readonly CohortRow[];
  /** Unanswered, and due within 7 days; soonest first, at most 500. */
  expiring: readonly Proposal[];
  /** Soonest start first, at most 500. */
  checkGaps: readonly CheckGap[];
  homes: PlacementHomes;
}>;

export type CohortRequest = Readonly<{
  /** The actor's scope of the noun `learner`. */
  scope: Scope;
  now: IsoInstant;
  /** Outcodes of the region, capitals. */
  residentOutcodes: readonly string[];
}>;

type Counted = Readonly<{ key: string | null; stage: LearnerStage; n: number }>;

/** What a provider watches: its learners, how far they have come, and what needs doing. Five statements. */
@Injectable()
export class CohortReads {
  async summary(tx: Tx, { scope, now, residentOutcodes }: CohortRequest): Promise<Cohort> {
    const columns = Object.fromEntries(tx.manager.dataSource.getMetadata(LearnerEntity).columns.map((c) => [c.propertyName, c.databaseName]));
    const ask = <Row>(sql: (within: string, parameters: Parameters) => string): Promise<Row[]> => {
      const parameters = new Parameters();
      const text = sql(scopeSql('l', scope, columns, parameters), parameters);
      return tx.manager.query<Row[]>(text, parameters.values);
    };
    const byStage = await ask<Counted>(qualificationsSql);
    const bySide = await ask<Counted & Readonly<{ side: 'funding' | 'campus' }>>((within) => `select 'funding' as side, f.* from (${fundingSql(within)}) f union all select 'campus', c.* from (${campusSql(within)}) c`);
    return {
      ...totals(byStage.filter((row) => row.key === null)),
      byQualification: rows(byStage.filter((row) => row.key !== null)),
      byFundingSource: rows(bySide.filter(({ side }) => side === 'funding')),
      byCampus: rows(bySide.filter(({ side }) => side === 'campus')),
      expiring: await ask<Proposal>((within, parameters) => expiringSql(selectList(tx.manager, ProposalEntity, 'p'), within, parameters.add(now))),
      checkGaps: await ask<CheckGap>(checkGapsSql),
      homes: (await ask<PlacementHomes>((within, parameters) => homesSql(within, parameters.add(residentOutcodes))))[0] ?? NO_HOMES,
    };
  }
}

const NO_HOMES: PlacementHomes = { placements: 0, residents: 0, elsewhere: 0, unknown: 0 };
const NO_STAGES = Object.fromEntries(LEARNER_STAGES.map((stage) => [stage, 0])) as StageCounts;

const staged = (within: string) =>
  `select l.*, progress.stage from learner l join learner_progress progress on progress.learner_id = l.id where ${within}`;

/** Rows with a null key are the totals over all qualifications. */
const qualificationsSql = (within: string) =>
  `select l.qualification_id as key, l.stage, count(*) as n from (${staged(within)}) l
   group by grouping sets ((l.qualification_id, l.stage), (l.stage))`;

const fundingSql = (within: string) =>
  `select source as key, l.stage, count(*) as n from (${staged(within)}) l, unnest(l.funding_source_ids) source group by source, l.stage`;

const campusSql = (within: string) =>
  `select v.campus_id as key, l.stage, count(distinct l.id) as n from (${staged(within)}) l
   join (
     select p.learner_id, p.vacancy_id from proposal p where p.state in ('PROPOSED', 'ACCEPTED')
     union select p.learner_id, p.vacancy_id from placement p where p.state <> 'WITHDRAWN'
   ) place on place.learner_id = l.id
   join vacancy v on v.id = place.vacancy_id group by v.campus_id, l.stage`;

const expiringSql = (columns: string, within: string, now: string) =>
  `select ${columns} from proposal p join learner l on l.id = p.learner_id
   where ${within} and p.state = 'PROPOSED' and p.reply_by >= ${now}::timestamptz and p.reply_by < ${now}::timestamptz + interval '7 days'
   order by p.reply_by, p.id limit 500`;

/** Of several checks of one kind the longest counts; one without an expiry never runs out. */
const checkGapsSql = (within: string) =>
  `select place.learner_id as "learnerId", place.vacancy_id as "vacancyId", need as kind,
     case when held.n = 0 then 'MISSING' else 'EXPIRES_BEFORE_START' end as problem, held.until as "expiresOn", place.starts_on as "startsOn"
   from learner l
   join (
     select p.learner_id, p.vacancy_id, v.starts_on, v.checks_needed from proposal p join vacancy v on v.id = p.vacancy_id
       where p.state = 'PROPOSED' or p.state = 'ACCEPTED' and not exists (select 1 from placement a where a.proposal_id = p.id)
     union all
     select p.learner_id, p.vacancy_id, p.starts_on, v.checks_needed from placement p join vacancy v on v.id = p.vacancy_id
       where p.state in ('AGREED', 'STARTED')
   ) place on place.learner_id = l.id
   cross join unnest(place.checks_needed) need
   cross join lateral (
     select count(*) as n, max(c."expiresOn") as until, bool_or(c."expiresOn" is null) as for_good
     from jsonb_to_recordset(l.checks) c(kind text, "expiresOn" date) where c.kind = need
   ) held
   where ${within} and (held.n = 0 or not held.for_good and held.until < place.starts_on)
   order by place.starts_on, place.learner_id, need limit 500`;

const homesSql = (within: string, outcodes: string) =>
  `select count(*) as placements, count(*) filter (where l.outcode = any (${outcodes}::text[])) as residents,
     count(*) filter (where l.outcode <> all (${outcodes}::text[])) as elsewhere, count(*) filter (where l.outcode is null) as unknown
   from placement p join learner l on l.id = p.learner_id where ${within} and p.state <> 'WITHDRAWN'`;

function totals(counted: readonly Counted[]): { learners: number; stages: StageCounts } {
  return {
    learners: counted.reduce((sum, { n }) => sum + n, 0),
    stages: { ...NO_STAGES, ...Object.fromEntries(counted.map(({ stage, n }) => [stage, n])) },
  };
}

function rows(counted: readonly Counted[]): CohortRow[] {
  const keys = [...new Set(counted.map((row) => row.key ?? ''))].sort();
  return keys.map((key) => ({ key, ...totals(counted.filter((row) => row.key === key)) }));
}
