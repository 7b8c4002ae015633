import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { isUuid, type Actor, type CommandId, type Eligibility, type EligibilityQuestion, type IsoDate, type VacancyDetails } from '@meriden/domain';
import { EligibilityQuestionStore, LearnerStore, type Tx } from '@meriden/persistence';
import { CONFIG, uuid, type Config } from '@meriden/platform';
import { Desk } from '../desk.js';
import { ReferenceService } from '../reference.service.js';
import { ScoringEditions } from './scoring-editions.js';
import { GroupOfPeople } from './group-of-people.js';
import type { ScorableLearner, ScorableVacancy, Scoring } from './scoring.js';
import { checkVacancy } from '../validate/vacancy.js';

/** Longest stretch of computing before the event loop gets a turn, in milliseconds. */
const STRETCH_MS = 40;
/** How long a question waits for its answer before it is left to be asked for again, and how often it looks. */
const PATIENCE_MS = 2_500;
const LOOK_MS = 60;
/** Half of the employer's own score. */
const MARK = 5_000;

/**
 * What a vacancy would reach, live while it is being written. Whoever asks may not see learners, so the worker counts and the answer holds
 * counts alone, blurred and rounded to fives, those of fewer than five people hidden.
 */
@Injectable()
export class EligibilityService {
  constructor(
    private readonly desk: Desk,
    private readonly questions: EligibilityQuestionStore,
    private readonly learners: LearnerStore,
    private readonly reference: ReferenceService,
    private readonly editions: ScoringEditions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Asks, and waits a little; a question without an answer yet can be looked at again. */
  async ask(actor: Actor, input: Readonly<{ idempotencyKey: string; details: VacancyDetails }>): Promise<EligibilityQuestion> {
    const { idempotencyKey, ...request } = input;
    const asked = await this.desk.writeOnce(actor, 'post a vacancy', { operation: 'askEligibility', idempotencyKey, input: request }, async (tx) => {
      checkVacancy(input.details, this.reference);
      const question: EligibilityQuestion = { id: uuid(), organisationId: actor.organisationId, details: input.details, askedAt: this.desk.clock.now(), answer: null, answeredAt: null };
      await this.questions.ask(tx, question);
      await this.desk.dispatch(tx, actor, 'answer-eligibility', { questionId: question.id });
      return question;
    });
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      const found = await this.desk.uow.readAs(actor, (tx) => this.look(tx, actor, asked.id));
      if (found === null || found.answer !== null || performance.now() > until) return found ?? asked;
      await pause(LOOK_MS);
    }
  }

  /** A question of the acting employer's own; null for any other. */
  async look(tx: Tx, actor: Actor, id: string): Promise<EligibilityQuestion | null> {
    const found = isUuid(id) ? await this.questions.byId(tx, id) : null;
    return found?.organisationId === actor.organisationId ? found : null;
  }

  /** The worker's part. */
  async answer(job: Readonly<{ commandId: CommandId; questionId: string }>): Promise<void> {
    const name = 'answer-eligibility';
    const input = await this.desk.uow.asSystem(
      { name },
      async (tx) => {
        const question = await this.questions.byId(tx, job.questionId);
        if (question === null) return null;
        const scoring = await this.editions.current(tx);
        const wanted = await this.learners.versions(tx);
        return { question, scoring, learners: await scoring.pool(wanted, (ids) => this.learners.byIds(tx, ids)) };
      },
      { isolation: 'REPEATABLE READ' },
    );
    const answer = input === null ? null : await count(input.scoring, input.question, input.learners, this.desk.clock.today(), this.config.secretsKey);
    await this.desk.effectOnce({ name, commandId: job.commandId }, async (tx) => {
      if (answer !== null) await this.questions.answer(tx, job.questionId, answer, this.desk.clock.now());
    });
  }
}

async function count(scoring: Scoring, { id, organisationId, details }: EligibilityQuestion, learners: readonly ScorableLearner[], asOf: IsoDate, secret: string): Promise<Eligibility> {
  const vacancy = scoring.vacancy({ ...details, id, organisationId, state: 'LIVE', version: 1 });
  const essential = vacancy.skills.filter((skill) => skill.need === 'ESSENTIAL').map((skill) => skill.skillId);
  const relaxed = essential.map((skillId): ScorableVacancy => ({ ...vacancy, skills: vacancy.skills.map((skill) => (skill.skillId === skillId ? { skillId, need: 'WILL_TRAIN' } : skill)) }));
  const reach = (learner: ScorableLearner, offered: ScorableVacancy): boolean => (scoring.scorer.scoreOnly(learner, offered, asOf)?.employerScore ?? -1) >= MARK;
  const eligible = new GroupOfPeople(secret);
  const suited = new GroupOfPeople(secret);
  const adds = essential.map(() => new GroupOfPeople(secret));
  const shut = new Map<string, { rule: string; learners: GroupOfPeople }>();
  let since = performance.now();
  for (const learner of learners) {
    if (scoring.scorer.gateOnly(learner, vacancy, asOf)) {
      eligible.add(learner.id);
      if (reach(learner, vacancy)) suited.add(learner.id);
      else relaxed.forEach((offered, at) => void (reach(learner, offered) && adds[at]?.add(learner.id)));
    } else {
      const failing = scoring.scorer.score(learner, vacancy, asOf).gates.filter((gate) => gate.state === 'FAIL');
      const [only] = failing;
      if (failing.length === 1 && only !== undefined && only.code !== 'CONSENT') {
        const group = shut.get(only.code) ?? { rule: only.rule, learners: new GroupOfPeople(secret) };
        group.learners.add(learner.id);
        shut.set(only.code, group);
      }
    }
    if (performance.now() - since > STRETCH_MS) {
      await turn();
      since = performance.now();
    }
  }
  return {
    eligible: eligible.told(),
    wellSuited: suited.told(),
    ifTrained: essential.map((skillId, at) => ({ skillId, adds: adds[at]?.told() ?? null })),
    // Not even that a rule shuts out a few is told: where nothing else has changed, those are the ones who dropped out.
    shutOutBy: [...shut]
      .map(([code, { rule, learners }]) => ({ code, rule, learners: learners.told() }))
      .filter(({ learners: n }) => n !== null)
      .sort((a, b) => (b.learners ?? 0) - (a.learners ?? 0) || (a.code < b.code ? -1 : 1)),
  };
}
