import { Injectable } from '@nestjs/common';
import {

  assertOpen,
  canonicalJson,
  notFound,
  type Actor,
  type CandidateId,
  type EmployerPreference,
  type IsoInstant,
  type LearnerPreference,
  type PreferenceId,
  type Round,
  type RoundId,
  type VacancyId,
} from '@meriden/domain';
import {
  CandidateStore,
  EmployerPreferenceStore,
  LearnerPreferenceStore,
  LearnerStore,
  RoundStore,
  VacancyStore,
  type Tx,
} from '@meriden/persistence';
import { sha256, uuid } from '@meriden/platform';
import { Desk } from './desk.js';
import { Faults } from './validate/faults.js';

const LEARNER_ENTRIES = 50;
const EMPLOYER_ENTRIES = 5_000;

type Ranking<Entry extends string> = Readonly<{ idempotencyKey: string; roundId: RoundId; groups: readonly (readonly Entry[])[] }>;

/** Preferences of both sides: ties allowed, changed freely until the deadline, each version kept with its receipt. */
@Injectable()
export class PreferenceService {
  constructor(
    private readonly desk: Desk,
    private readonly rounds: RoundStore,
    private readonly vacancies: VacancyStore,
    private readonly learners: LearnerStore,
    private readonly candidates: CandidateStore,
    private readonly ofLearners: LearnerPreferenceStore,
    private readonly ofEmployers: EmployerPreferenceStore,
  ) {}

  /** The learner ranks vacancies; each employer ranked gets a candidate under a pseudonym of its own. */
  async rank(actor: Actor, input: Ranking<VacancyId>): Promise<LearnerPreference> {
    const { idempotencyKey, ...request } = input;
    return this.desk.writeOnce(actor, 'give preferences', { operation: 'rank', idempotencyKey, input: request }, async (tx) => {
      if (actor.learnerId === null) throw notFound('learner');
      const learner = this.desk.visible(actor, 'learner', await this.learners.byId(tx, actor.learnerId));
      const now = this.desk.clock.now();
      await this.openRound(tx, request.roundId, now);
      const entries = checkGroups(request.groups, LEARNER_ENTRIES);
      const found = new Map((await this.vacancies.byIds(tx, entries)).map((vacancy) => [vacancy.id as string, vacancy]));
      const faults = new Faults();
      entries.forEach((id) => {
        const vacancy = found.get(id);
        if (vacancy?.state === 'LIVE') return;
        faults.add('NOT_FOUND', 'groups', 'One of the vacancies is not there or no longer live.', 'Only live vacancies can be ranked.', 'Remove it; the list shows which vacancies are live.');
      });
      faults.refuseIfAny();
      const before = await this.ofLearners.ofLearner(tx, request.roundId, learner.id);
      const preference: LearnerPreference = {
        ...written(before, request, now, actor, learner.organisationId, learner.id),
        learnerId: learner.id,
      };
      await this.ofLearners.upsert(tx, preference);
      const employers = new Set([...found.values()].map((vacancy) => vacancy.organisationId as string));
      // In one order for everybody, so that two learners who rank the same employers never wait for each other in a circle.
      const pairs = [...employers].sort().map((organisationId) => ({ organisationId, learnerId: learner.id, providerId: learner.organisationId }));
      await this.candidates.ensureMany(tx, pairs);
      await this.desk.record(tx, actor, 'ranked vacancies in', 'round', request.roundId, { entries: entries.length, receipt: preference.receipt });
      return preference;
    });
  }

  /** The employer ranks the candidates who ranked one of its vacancies. Whoever it leaves out it does not take. */
  async rankCandidates(actor: Actor, input: Ranking<CandidateId>): Promise<EmployerPreference> {
    const { idempotencyKey, ...request } = input;
    return this.desk.writeOnce(actor, 'rank candidates', { operation: 'rankCandidates', idempotencyKey, input: request }, async (tx) => {
      const now = this.desk.clock.now();
      await this.openRound(tx, request.roundId, now);
      const entries = checkGroups(request.groups, EMPLOYER_ENTRIES);
      const own = (await this.candidates.byIds(tx, entries)).filter((c) => c.organisationId === actor.organisationId);
      if (own.length !== entries.length) throw notFound('candidate', ['input', 'groups']);
      const before = await this.ofEmployers.ofEmployer(tx, request.roundId, actor.organisationId);
      const preference: EmployerPreference = written(before, request, now, actor, actor.organisationId, actor.organisationId);
      await this.ofEmployers.upsert(tx, preference);
      await this.desk.record(tx, actor, 'ranked candidates in', 'round', request.roundId, { entries: entries.length, receipt: preference.receipt });
      return preference;
    });
  }

  private async openRound(tx: Tx, roundId: RoundId, now: IsoInstant): Promise<Round> {
    await this.rounds.holdOpen(tx, roundId);
    const round = await this.rounds.byId(tx, roundId);
    if (round === null) throw notFound('round', ['input', 'roundId']);
    assertOpen(round, now);
    return round;
  }
}

function checkGroups(groups: readonly (readonly string[])[], limit: number): readonly string[] {
  const faults = new Faults();
  const entries = groups.flat();
  faults.distinct('groups', entries, limit);
  groups.forEach((group, index) => {
    if (group.length === 0) faults.add('FIELD_INVALID', ['groups', index], 'A group is empty.', 'Each group holds at least one entry; entries in one group are tied.', 'Remove the empty group.');
  });
  faults.refuseIfAny();
  return entries;
}

function written<Entry extends string>(
  before: { id: PreferenceId; version: number } | null,
  request: Readonly<{ roundId: RoundId; groups: readonly (readonly Entry[])[] }>,
  now: IsoInstant,
  actor: Actor,
  organisationId: string,
  owner: string,
) {
  const version = (before?.version ?? 0) + 1;
  const receipt = sha256(canonicalJson({ roundId: request.roundId, owner, groups: request.groups, at: now, version }));
  return {
    id: before?.id ?? uuid(),
    roundId: request.roundId,
    organisationId,
    groups: request.groups,
    submittedAt: now,
    submittedBy: actor.personId,
    receipt,
    version,
  };
}

