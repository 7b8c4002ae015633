import { Injectable } from '@nestjs/common';
import {
  DISMISS_REASONS,
  assertReason,
  notFound,
  wrongState,
  type Actor,
  type CandidateDecision,
  type CandidateId,
  type VacancyChoice,
  type VacancyId,
} from '@meriden/domain';
import { CandidateDecisionStore, CandidateStore, LearnerStore, VacancyChoiceStore, VacancyStore } from '@meriden/persistence';
import { Desk } from './desk.js';
import { Faults } from './validate/faults.js';

type Choosing = Readonly<{ idempotencyKey: string; vacancyId: VacancyId }>;
type Deciding = Readonly<{ idempotencyKey: string; candidateId: CandidateId; decision: CandidateDecision['decision']; reason: string }>;
const MOST_WORDS = 500;

/**
 * What people do with what a score suggests: a learner saves or puts aside a vacancy, an employer shortlists or refuses a
 * candidate. Each can be taken back, and none of it is read by a score.
 */
@Injectable()
export class ChoiceService {
  constructor(
    private readonly desk: Desk,
    private readonly learners: LearnerStore,
    private readonly vacancies: VacancyStore,
    private readonly candidates: CandidateStore,
    private readonly choices: VacancyChoiceStore,
    private readonly decisions: CandidateDecisionStore,
  ) {}

  async save(actor: Actor, input: Choosing): Promise<VacancyChoice> {
    return this.choose(actor, 'saveVacancy', { ...input, choice: 'SAVED', reason: null, words: null });
  }

  /** Put aside, with a reason that the provider reads; it stays among the suggestions, marked. */
  async dismiss(actor: Actor, input: Choosing & Readonly<{ reason: (typeof DISMISS_REASONS)[number]; words: string | null }>): Promise<VacancyChoice> {
    const faults = new Faults();
    faults.oneOf('reason', input.reason, DISMISS_REASONS);
    if (input.words !== null) faults.text('words', input.words, { min: 0, max: MOST_WORDS });
    if (input.reason === 'OTHER' && (input.words ?? '').trim() === '') {
      faults.add('REASON_REQUIRED', 'words', 'Another reason needs words.', 'Where no given reason fits, it is said in words.', 'Write a few words, or choose one of the reasons.');
    }
    faults.refuseIfAny();
    return this.choose(actor, 'dismissVacancy', { ...input, choice: 'DISMISSED', words: input.words?.trim() || null });
  }

  /** Takes a choice back; taking back none does nothing. */
  async forget(actor: Actor, input: Readonly<{ vacancyId: VacancyId }>): Promise<VacancyId> {
    return this.desk.write(actor, 'choose among vacancies', async (tx) => {
      if (actor.learnerId === null) throw notFound('learner');
      this.desk.visible(actor, 'vacancy', await this.vacancies.byId(tx, input.vacancyId), ['input', 'vacancyId']);
      if (await this.choices.remove(tx, actor.learnerId, input.vacancyId)) {
        await this.desk.record(tx, actor, 'took back a choice about', 'vacancy', input.vacancyId);
      }
      return input.vacancyId;
    });
  }

  /** The employer shortlists or refuses a candidate; the newest decision stands. */
  async decide(actor: Actor, input: Deciding): Promise<CandidateDecision> {
    const { idempotencyKey, ...request } = input;
    return this.desk.writeOnce(actor, 'decide on a candidate', { operation: 'decideCandidate', idempotencyKey, input: request }, async (tx) => {
      const faults = new Faults();
      faults.text('reason', input.reason, { min: 0, max: MOST_WORDS });
      faults.refuseIfAny();
      const reason = assertReason(input.reason, input.decision === 'REFUSED' ? 'Refusing a candidate' : 'Shortlisting a candidate');
      const [found] = await this.candidates.byIds(tx, [input.candidateId]);
      const candidate = this.desk.visible(actor, 'candidate', found ?? null, ['input', 'candidateId']);
      const decision: CandidateDecision = {
        candidateId: candidate.id,
        organisationId: candidate.organisationId,
        learnerId: candidate.learnerId,
        providerId: candidate.providerId,
        decision: input.decision,
        reason,
        decidedBy: actor.personId,
        decidedAt: this.desk.clock.now(),
      };
      await this.decisions.set(tx, decision);
      await this.desk.record(tx, actor, input.decision === 'REFUSED' ? 'refused' : 'shortlisted', 'candidate', candidate.id);
      return decision;
    });
  }

  /** Takes a decision back: the candidate is undecided again. @throws Rejection STATE_WRONG when it was undecided. */
  async reopen(actor: Actor, input: Readonly<{ candidateId: CandidateId }>): Promise<CandidateId> {
    return this.desk.write(actor, 'decide on a candidate', async (tx) => {
      const [found] = await this.candidates.byIds(tx, [input.candidateId]);
      const candidate = this.desk.visible(actor, 'candidate', found ?? null, ['input', 'candidateId']);
      if (!(await this.decisions.remove(tx, candidate.id))) throw wrongState('candidate', 'undecided', 'reopened', ['SHORTLISTED', 'REFUSED']);
      await this.desk.record(tx, actor, 'reopened', 'candidate', candidate.id);
      return candidate.id;
    });
  }

  private async choose(actor: Actor, operation: string, input: Choosing & Pick<VacancyChoice, 'choice' | 'reason' | 'words'>): Promise<VacancyChoice> {
    const { idempotencyKey, vacancyId, choice, reason, words } = input;
    return this.desk.writeOnce(actor, 'choose among vacancies', { operation, idempotencyKey, input: { vacancyId, reason, words } }, async (tx) => {
      if (actor.learnerId === null) throw notFound('learner');
      const learner = this.desk.visible(actor, 'learner', await this.learners.byId(tx, actor.learnerId));
      const vacancy = this.desk.visible(actor, 'vacancy', await this.vacancies.byId(tx, vacancyId), ['input', 'vacancyId']);
      const chosen: VacancyChoice = {
        learnerId: learner.id,
        vacancyId: vacancy.id,
        organisationId: learner.organisationId,
        choice,
        reason,
        words,
        chosenAt: this.desk.clock.now(),
      };
      await this.choices.set(tx, chosen);
      await this.desk.record(tx, actor, choice === 'SAVED' ? 'saved' : 'put aside', 'vacancy', vacancy.id, { reason });
      return chosen;
    });
  }
}
