import type { Actor, Learner, Noun, Outcome, Round, Scope, Vacancy, Verb } from '@meriden/domain';
import type { CandidateView, LearnerReads, LearnerStage, OrganisationReads, OutcomeReads, CandidateReads, RoundReads, VacancyReads, Page, Tx } from '@meriden/persistence/reads';
import type { ReferenceService } from '../reference.service.js';

type Cell = string | number | boolean | null;

export type Shelf = Readonly<{
  learners: LearnerReads;
  vacancies: VacancyReads;
  candidates: CandidateReads;
  rounds: RoundReads;
  outcomes: OutcomeReads;
  organisations: OrganisationReads;
  reference: ReferenceService;
}>;

type Asked = Readonly<{ tx: Tx; actor: Actor; scope: Scope; first: number; after: string | null }>;

/** One list that can be taken away as a file: whose it is, its columns, and a page of rows at a time. */
export type List = Readonly<{
  noun: Noun;
  verb: Verb;
  columns: readonly string[];
  page(shelf: Shelf, asked: Asked): Promise<Readonly<{ rows: readonly (readonly Cell[])[]; after: string | null }>>;
}>;

const next = (page: Page<unknown>): string | null => (page.hasNextPage ? page.endCursor : null);

/** What stands between a learner and a place, the quickest to mend first; null for those who are on the way. */
function whyUnplaced({ consentToMatching }: Learner, stage: LearnerStage | null): string | null {
  if (stage === 'PLACED' || stage === 'PROPOSED') return null;
  if (!consentToMatching) return 'has not agreed to matching';
  if (stage === 'NO_PROFILE') return 'profile is incomplete: no skill stated or no dates given';
  if (stage === 'NO_SUGGESTION') return 'no vacancy fits travel, dates and level';
  if (stage === 'SUGGESTED') return 'has ranked nothing yet';
  return 'ranked, and no round has proposed a place';
}

async function learnersPage({ learners }: Shelf, { tx, scope, first, after }: Asked): Promise<{ of: (readonly [Learner, LearnerStage | null])[]; after: string | null }> {
  const page = await learners.page(tx, { scope, first, after, orderBy: 'NAME' });
  const stages = await learners.stages(tx, scope, page.rows.map(({ id }) => id));
  return { of: page.rows.map((learner, i) => [learner, stages[i] ?? null]), after: next(page) };
}

const skillsOf = ({ reference }: Shelf, skills: readonly Readonly<{ skillId: string }>[]): string =>
  skills.map(({ skillId }) => reference.skill(skillId)?.label ?? skillId).join('; ');
const qualification = ({ reference }: Shelf, id: string): string => reference.data.qualifications.byId.get(id)?.title ?? id;

const LEARNERS: List = {
  noun: 'learner',
  verb: 'watch a cohort',
  columns: ['familyName', 'givenName', 'uln', 'academicYear', 'qualification', 'level', 'stage', 'outcode', 'requiredHours', 'skills', 'consentToMatching'],
  async page(shelf, asked) {
    const { of, after } = await learnersPage(shelf, asked);
    const row = ([l, stage]: (typeof of)[number]): Cell[] => [l.familyName, l.givenName, l.uln, l.academicYear, qualification(shelf, l.qualificationId), l.level, stage, l.outcode, l.requiredHours, skillsOf(shelf, l.skills), l.consentToMatching];
    return { rows: of.map(row), after };
  },
};

const UNPLACED: List = {
  noun: 'learner',
  verb: 'watch a cohort',
  columns: ['familyName', 'givenName', 'uln', 'qualification', 'stage', 'reason', 'maxTravelMinutes'],
  async page(shelf, asked) {
    const { of, after } = await learnersPage(shelf, asked);
    const rows = of.flatMap(([l, stage]): Cell[][] => {
      const reason = whyUnplaced(l, stage);
      return reason === null ? [] : [[l.familyName, l.givenName, l.uln, qualification(shelf, l.qualificationId), stage, reason, l.maxTravelMinutes]];
    });
    return { rows, after };
  },
};

const VACANCIES: List = {
  noun: 'vacancy',
  verb: 'post a vacancy',
  columns: ['title', 'state', 'campus', 'startsOn', 'endsOn', 'hoursPerWeek', 'totalHours', 'openings', 'pay', 'hourlyPence', 'skills', 'description'],
  async page(shelf, { tx, actor, scope, first, after }) {
    const page = await shelf.vacancies.page(tx, { scope, first, after, orderBy: 'TITLE', filter: { organisationId: actor.organisationId } });
    const row = (v: Vacancy): Cell[] => [v.title, v.state, shelf.reference.data.campuses.byId.get(v.campusId)?.name ?? v.campusId, v.startsOn, v.endsOn, v.hoursPerWeek, v.totalHours, v.openings, v.pay, v.hourlyPence, skillsOf(shelf, v.skills), v.description];
    return { rows: page.rows.map(row), after: next(page) };
  },
};

const CANDIDATES: List = {
  noun: 'candidate',
  verb: 'rank candidates',
  // What an employer sees on screen, and no column more: a pseudonym of its own, no name, age, address or school.
  columns: ['pseudonym', 'qualification', 'level', 'skills'],
  async page(shelf, { tx, actor, scope, first, after }) {
    const page = await shelf.candidates.page(tx, { scope, first, after, filter: { organisationId: actor.organisationId } });
    const row = (c: CandidateView): Cell[] => [c.pseudonym, qualification(shelf, c.qualificationId), c.level, skillsOf(shelf, c.skills)];
    return { rows: page.rows.map(row), after: next(page) };
  },
};

const ROUNDS: List = {
  noun: 'round',
  verb: 'run a round',
  columns: ['id', 'name', 'state', 'mode', 'preferencesCloseAt', 'replyBy', 'matched', 'unmatched', 'certificateValid', 'inputHash', 'publishedAt', 'publishReason'],
  async page(shelf, { tx, scope, first, after }) {
    const page = await shelf.rounds.page(tx, { scope, first, after });
    const row = (r: Round): Cell[] => [r.id, r.name, r.state, r.mode, r.preferencesCloseAt, r.replyBy, r.matched, r.unmatched, r.certificateValid, r.inputHash, r.publishedAt, r.publishReason];
    return { rows: page.rows.map(row), after: next(page) };
  },
};

const OUTCOMES: List = {
  noun: 'outcome',
  verb: 'run a round',
  // Learners by the number of their record: the operator of a round needs no names to check it.
  columns: ['roundId', 'learnerId', 'provider', 'vacancyId', 'vacancy', 'employer', 'rank', 'withheld', 'withheldReason', 'reasons'],
  async page(shelf, { tx, actor, scope, first, after }) {
    const page = await shelf.outcomes.page(tx, { scope, first, after });
    const vacancies = await byId(shelf.vacancies.byIds(tx, actor.role === 'OPERATOR' ? 'ALL' : 'NONE', page.rows.map(({ vacancyId }) => vacancyId ?? '')));
    const organisations = await byId(shelf.organisations.byIds(tx, 'ALL', page.rows.flatMap((o) => [o.organisationId, o.employerId ?? ''])));
    const row = (o: Outcome): Cell[] => [
      o.roundId,
      o.learnerId,
      organisations.get(o.organisationId)?.name ?? o.organisationId,
      o.vacancyId,
      vacancies.get(o.vacancyId ?? '')?.title ?? null,
      organisations.get(o.employerId ?? '')?.name ?? o.employerId,
      o.rank,
      o.withheld,
      o.withheldReason,
      o.reasons.map(({ message }) => message).join('\n'),
    ];
    return { rows: page.rows.map(row), after: next(page) };
  },
};

async function byId<T extends { id: string }>(found: Promise<readonly (T | null)[]>): Promise<ReadonlyMap<string, T>> {
  return new Map((await found).flatMap((row) => (row === null ? [] : [[row.id, row] as const])));
}

export const LISTS = { learners: LEARNERS, unplaced: UNPLACED, vacancies: VACANCIES, candidates: CANDIDATES, rounds: ROUNDS, outcomes: OUTCOMES } as const satisfies Record<string, List>;
export type ListName = keyof typeof LISTS;
