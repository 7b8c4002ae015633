import { Injectable } from '@nestjs/common';
import type { LearnerId, OrganisationId, Round, RoundId } from '@meriden/domain';
import {
  CandidateStore,
  EmployerPreferenceStore,
  LearnerPreferenceStore,
  LearnerStore,
  OutcomeStore,
  OrganisationStore,
  ProposalStore,
  RoundStore,
  VacancyStore,
  type Tx,
} from '@meriden/persistence';
import { sha256 } from '@meriden/platform';
import { DECLINED_BEFORE, WITHHELD_BEFORE, freezeInput, lotterySeed, publicLearnerId, type RoundPeople, type RoundSnapshot } from '@meriden/rounds';
import { Desk } from '../desk.js';
import { ScoringEditions } from '../suggestions/scoring-editions.js';

/** Reads everything a round is solved from, in one repeatable-read transaction, and freezes it. */
@Injectable()
export class RoundSnapshots {
  constructor(
    private readonly desk: Desk,
    private readonly learners: LearnerStore,
    private readonly vacancies: VacancyStore,
    private readonly organisations: OrganisationStore,
    private readonly candidates: CandidateStore,
    private readonly proposals: ProposalStore,
    private readonly ofLearners: LearnerPreferenceStore,
    private readonly ofEmployers: EmployerPreferenceStore,
    private readonly editions: ScoringEditions,
    private readonly rounds: RoundStore,
    private readonly outcomes: OutcomeStore,
  ) {}

  /**
   * The frozen input of a round and its lottery's secret. Whoever comes first freezes it, a trial or an attempt; of two at once the first
   * one stored counts, so that all solve the same input.
   */
  async frozen(round: Round): Promise<Readonly<{ snapshot: RoundSnapshot; secret: string }>> {
    const { id: roundId, attempt } = round;
    const system = { name: 'solve-round', objectId: roundId };
    const { secret, kept } = await this.desk.uow.asSystem(system, async (tx) => ({ secret: await this.rounds.secret(tx, roundId), kept: await this.rounds.snapshot(tx, roundId) }));
    if (secret === null) throw new Error(`round ${roundId} has no secret`);
    if (kept !== null) return { secret, snapshot: JSON.parse(kept.input) as RoundSnapshot };
    const taken = await this.take(round);
    const seed = lotterySeed(secret, roundId, taken.inputHash, sha256);
    const snapshot = await this.desk.uow.asSystem(system, async (tx) => {
      await this.rounds.lock(tx, roundId);
      const first = await this.rounds.snapshot(tx, roundId);
      if (first !== null) return JSON.parse(first.input) as RoundSnapshot;
      await this.rounds.saveSnapshot(tx, { roundId, attempt, input: JSON.stringify(taken), inputHash: taken.inputHash, seed });
      return taken;
    });
    return { secret, snapshot };
  }

  /** The learners behind the public ids of a round. Who was erased since the freeze is missing. */
  async people(tx: Tx, roundId: RoundId): Promise<ReadonlyMap<string, Readonly<{ id: LearnerId; organisationId: OrganisationId }>>> {
    return new Map((await this.learners.everyone(tx)).map((learner) => [publicLearnerId(roundId, learner.id, sha256), learner]));
  }

  private async take(round: Round): Promise<RoundSnapshot> {
    const asOf = this.desk.clock.today();
    const frozenAt = this.desk.clock.now();
    return this.desk.uow.asSystem({ name: 'solve-round', objectId: round.id }, async (tx) => {
      const scoring = await this.editions.current(tx);
      const learners = await this.learners.all(tx);
      // Places of earlier rounds that are held still: the openings are taken, and who holds one takes no part.
      const held = await this.proposals.held(tx);
      const holders = new Set(held.map((proposal) => proposal.learnerId as string));
      const taken = new Map<string, number>();
      for (const { vacancyId } of held) taken.set(vacancyId, (taken.get(vacancyId) ?? 0) + 1);
      const live = (await this.vacancies.live(tx)).map((vacancy) => ({ ...vacancy, openings: vacancy.openings - (taken.get(vacancy.id) ?? 0) }));
      // A re-run begins with the lists of the round it keeps to; who gives a new one is heard.
      const lists = [...(await this.earlier(tx, round, (id) => this.ofLearners.ofRound(tx, id))), ...(await this.ofLearners.ofRound(tx, round.id))];
      const wishes = new Map(lists.filter((p) => !holders.has(p.learnerId)).map((p) => [p.learnerId as string, p.groups]));
      const scorable = new Map(live.map((vacancy) => [vacancy.id as string, scoring.vacancy(vacancy)]));
      const spent = await this.spent(tx, round);
      const refused: { learnerId: LearnerId; vacancyId: string; gate: string }[] = [];
      for (const learner of learners) {
        const groups = wishes.get(learner.id);
        if (groups === undefined) continue;
        const person = scoring.learner(learner);
        for (const vacancyId of groups.flat()) {
          const vacancy = scorable.get(vacancyId);
          const gate = vacancy === undefined ? null : (spent.get(`${learner.id} ${vacancyId}`) ?? scoring.firstFailedGate(person, vacancy, asOf));
          if (gate !== null) refused.push({ learnerId: learner.id, vacancyId, gate });
        }
      }
      const people: RoundPeople = {
        roundId: round.id,
        name: round.name,
        mode: round.mode,
        ...(round.objective !== null && { objective: round.objective }),
        frozenAt,
        asOf,
        policyVersion: scoring.policyVersion,
        commitment: round.lotteryCommitment,
        learners: learners.map((learner) => ({ id: learner.id, groups: wishes.get(learner.id) ?? [] })),
        vacancies: live.map((vacancy) => ({ id: vacancy.id, employerId: vacancy.organisationId, openings: vacancy.openings })),
        employers: await this.employers(tx, round, live),
        refused,
        ...(round.previousRoundId !== null && { previous: (await this.outcomes.ofRound(tx, round.previousRoundId)).filter(({ learnerId }) => !holders.has(learnerId)) }),
      };
      return freezeInput(people, sha256);
    }, { isolation: 'REPEATABLE READ' });
  }

  /** What was given in the round that a re-run keeps to, and in those that one kept to, the oldest first; nothing in every other mode. */
  private async earlier<T>(tx: Tx, round: Round, read: (id: RoundId) => Promise<readonly T[]>): Promise<readonly T[]> {
    const lists: T[] = [];
    // A round is kept to once it is solved, so there is no way round in a circle.
    for (let id = round.previousRoundId; id !== null; id = (await this.rounds.byId(tx, id))?.previousRoundId ?? null) lists.unshift(...(await read(id)));
    return lists;
  }

  /** Pairs that a re-run does not bring up again, each with the rule: the learner said no, or an operator kept the proposal back. */
  private async spent(tx: Tx, round: Round): Promise<ReadonlyMap<string, string>> {
    const withheld = (await this.earlier(tx, round, (id) => this.outcomes.ofRound(tx, id))).filter((outcome) => outcome.withheld && outcome.vacancyId !== null);
    const declined = await this.earlier(tx, round, (id) => this.proposals.declinedIn(tx, id));
    return new Map([
      ...withheld.map(({ learnerId, vacancyId }) => [`${learnerId} ${vacancyId}`, WITHHELD_BEFORE] as const),
      ...declined.map(({ learnerId, vacancyId }) => [`${learnerId} ${vacancyId}`, DECLINED_BEFORE] as const),
    ]);
  }

  private async employers(tx: Tx, round: Round, live: readonly Readonly<{ organisationId: OrganisationId; openings: number }>[]): Promise<RoundPeople['employers']> {
    const openings = new Map<string, number>();
    for (const vacancy of live) openings.set(vacancy.organisationId, (openings.get(vacancy.organisationId) ?? 0) + vacancy.openings);
    const lists = [...(await this.earlier(tx, round, (id) => this.ofEmployers.ofRound(tx, id))), ...(await this.ofEmployers.ofRound(tx, round.id))];
    const preferences = new Map(lists.map((p) => [p.organisationId as string, p.groups]));
    const learnerOf = new Map((await this.candidates.byIds(tx, [...preferences.values()].flat(2))).map((c) => [c.id as string, c.learnerId]));
    const rows: RoundPeople['employers'][number][] = [];
    for (const organisation of await this.organisations.byIds(tx, [...openings.keys()])) {
      const sum = openings.get(organisation.id) ?? 0;
      const groups = (preferences.get(organisation.id) ?? []).map((group) => group.flatMap((id) => learnerOf.get(id) ?? []));
      rows.push({ id: organisation.id, capacity: Math.min(organisation.roundCapacity ?? sum, sum), groups });
    }
    return rows;
  }
}
