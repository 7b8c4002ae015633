import { Injectable } from '@nestjs/common';
import {
  CHALLENGE_PARTS,
  Rejection,
  acknowledgeChallenge,
  assertReason,
  challengeClock,
  decideChallenge,
  notFound,
  versionConflict,
  withdrawChallenge,
  type Actor,
  type ChallengeNote,
  type LearnerProfile,
  type ScoreChallenge,
  type ScoredVersion,
  type VacancyId,
} from '@meriden/domain';
import { LearnerStore, PersonStore, ScoreChallengeStore, SuggestionStore, VacancyStore, type Tx } from '@meriden/persistence';
import { uuid } from '@meriden/platform';
import { Desk } from '../desk.js';
import { LearnerService } from '../learners.service.js';
import { ScoringEditions } from './scoring-editions.js';
import { Faults } from '../validate/faults.js';

type Handle = Readonly<{ challengeId: string; version: number }>;
type Contest = Readonly<{
  idempotencyKey: string;
  vacancyId: VacancyId;
  part: ScoreChallenge['part'];
  code: string | null;
  words: string;
  /** The learner's own data put right, on the version that was seen; null asks a person. */
  correction: Readonly<{ version: number; profile: Partial<LearnerProfile> }> | null;
}>;

/** More than this many at once is no argument but a flood. */
const MOST_OPEN = 20;
const MOST_WORDS = 2_000;

/**
 * A learner questions a score: puts the own data right, or asks a person of the provider, who decides by name, in time and with a
 * reason. The score is computed anew in either case; the one before and the one after stay.
 */
@Injectable()
export class ChallengeService {
  constructor(
    private readonly desk: Desk,
    private readonly learners: LearnerStore,
    private readonly vacancies: VacancyStore,
    private readonly suggestions: SuggestionStore,
    private readonly challenges: ScoreChallengeStore,
    private readonly people: PersonStore,
    private readonly profiles: LearnerService,
    private readonly editions: ScoringEditions,
  ) {}

  async contest(actor: Actor, input: Contest): Promise<ScoreChallenge> {
    const { idempotencyKey, ...request } = input;
    return this.desk.writeOnce(actor, 'contest a score', { operation: 'contestScore', idempotencyKey, input: request }, async (tx) => {
      checkContest(input);
      if (actor.learnerId === null) throw notFound('learner');
      const learner = this.desk.visible(actor, 'learner', await this.learners.byId(tx, actor.learnerId));
      const vacancy = this.desk.visible(actor, 'vacancy', await this.vacancies.byId(tx, input.vacancyId), ['input', 'vacancyId']);
      await this.refuseFlood(tx, actor.learnerId, input);
      const now = this.desk.clock.now();
      const stored = await this.suggestions.forPair(tx, learner.id, vacancy.id);
      const before = stored === null ? (await this.editions.current(tx)).version(learner, vacancy, { asOf: this.desk.clock.today(), scoredAt: now }, new Map()) : versionOf(stored);
      refuseUnknownPart(input, before);
      const revised = input.correction === null ? null : await this.profiles.reviseIn(tx, actor, { learnerId: learner.id, ...input.correction }, ['input', 'correction']);
      const challenge: ScoreChallenge = {
        id: uuid(),
        learnerId: learner.id,
        organisationId: learner.organisationId,
        vacancyId: vacancy.id,
        part: input.part,
        code: input.code,
        words: input.words.trim(),
        state: revised === null ? 'RAISED' : 'CORRECTED',
        raisedAt: now,
        raisedBy: actor.personId,
        ...challengeClock(now),
        acknowledgedAt: null,
        acknowledgedName: null,
        decidedAt: null,
        decidedBy: null,
        decidedName: null,
        decisionReason: null,
        before,
        after: null,
        rescoreFrom: revised?.version ?? null,
        version: 1,
      };
      await this.challenges.insert(tx, challenge);
      await this.desk.record(tx, actor, revised === null ? 'contested' : 'corrected', 'score', challenge.id, { part: input.part, code: input.code, vacancy: vacancy.id });
      return challenge;
    });
  }

  /** Somebody of the provider has it now; the learner sees who. */
  async acknowledge(actor: Actor, input: Handle): Promise<ScoreChallenge> {
    return this.change(actor, 'review a score', input, 'acknowledged', async (tx, challenge) => acknowledgeChallenge(challenge, await this.nameOf(tx, actor), this.desk.clock.now()));
  }

  /**
   * A named person decides. Upholding can put the learner's record right at once, also what only the provider may change; the score is
   * computed anew in either case.
   */
  async decide(
    actor: Actor,
    input: Handle & Readonly<{ decision: 'UPHELD' | 'NOT_UPHELD'; reason: string; correction: Readonly<{ version: number; profile: Partial<LearnerProfile> }> | null }>,
  ): Promise<ScoreChallenge> {
    return this.change(actor, 'review a score', input, input.decision === 'UPHELD' ? 'upheld' : 'did not uphold', async (tx, challenge) => {
      const faults = new Faults();
      faults.text('reason', input.reason, { min: 0, max: MOST_WORDS });
      if (input.decision === 'NOT_UPHELD' && input.correction !== null) {
        faults.add('FIELD_INVALID', 'correction', 'A challenge that is not upheld corrects nothing.', 'Data are corrected where the learner is right.', 'Uphold it, or leave the correction out.');
      }
      faults.refuseIfAny();
      const reason = assertReason(input.reason, 'A decision about a score');
      const learner = this.desk.visible(actor, 'learner', await this.learners.byId(tx, challenge.learnerId));
      const revised = input.correction === null ? null : await this.profiles.reviseIn(tx, actor, { learnerId: learner.id, ...input.correction }, ['input', 'correction']);
      if (revised === null) await this.desk.dispatch(tx, actor, 'score-learner', { learnerId: learner.id, version: learner.version });
      const decision = { decision: input.decision, reason, by: actor.personId, name: await this.nameOf(tx, actor), rescoreFrom: revised?.version ?? learner.version };
      return decideChallenge(challenge, decision, this.desk.clock.now());
    });
  }

  async withdraw(actor: Actor, input: Handle): Promise<ScoreChallenge> {
    return this.change(actor, 'contest a score', input, 'withdrew', async (_tx, challenge) => withdrawChallenge(challenge));
  }

  /** Either side adds words; they stay. */
  async represent(actor: Actor, input: Readonly<{ idempotencyKey: string; challengeId: string; words: string }>): Promise<ScoreChallenge> {
    const { idempotencyKey, ...request } = input;
    return this.desk.writeOnce(actor, 'speak about a score', { operation: 'addToChallenge', idempotencyKey, input: request }, async (tx) => {
      const faults = new Faults();
      const words = faults.text('words', input.words, { max: MOST_WORDS });
      faults.refuseIfAny();
      const challenge = this.desk.visible(actor, 'scoreChallenge', await this.challenges.byId(tx, input.challengeId), ['input', 'challengeId']);
      const note: ChallengeNote = {
        id: uuid(),
        challengeId: challenge.id,
        learnerId: challenge.learnerId,
        organisationId: challenge.organisationId,
        at: this.desk.clock.now(),
        by: actor.personId,
        name: await this.nameOf(tx, actor),
        words,
      };
      await this.challenges.note(tx, note);
      await this.desk.record(tx, actor, 'spoke about', 'score', challenge.id, { note: note.id });
      return challenge;
    });
  }

  private async change(
    actor: Actor,
    verb: 'contest a score' | 'review a score',
    input: Handle,
    done: string,
    next: (tx: Tx, challenge: ScoreChallenge) => Promise<ScoreChallenge>,
  ): Promise<ScoreChallenge> {
    return this.desk.write(actor, verb, async (tx) => {
      const challenge = this.desk.visible(actor, 'scoreChallenge', await this.challenges.byId(tx, input.challengeId), ['input', 'challengeId']);
      if (challenge.version !== input.version) throw versionConflict('challenge', challenge.version, input.version);
      const changed = await next(tx, challenge);
      await this.challenges.save(tx, changed);
      await this.desk.record(tx, actor, done, 'score', challenge.id, { state: changed.state, version: changed.version });
      return changed;
    });
  }

  private async nameOf(tx: Tx, actor: Actor): Promise<string> {
    return (await this.people.byId(tx, actor.personId))?.name ?? '';
  }

  private async refuseFlood(tx: Tx, learnerId: string, input: Contest): Promise<void> {
    const open = await this.challenges.open(tx, learnerId);
    if (open.some((challenge) => challenge.vacancyId === input.vacancyId && challenge.part === input.part && challenge.code === input.code)) {
      throw new Rejection({
        code: 'ALREADY_EXISTS',
        message: 'You have questioned this part already, and a person is to answer.',
        rule: 'One question about one part of a score is open at a time.',
        remedy: 'Add what you have to say to the question that is open.',
        path: ['input', 'code'],
      });
    }
    if (open.length >= MOST_OPEN) {
      throw new Rejection({
        code: 'TOO_MANY_ENTRIES',
        message: `${open.length} of your questions wait for an answer.`,
        rule: `At most ${MOST_OPEN} questions are open at a time.`,
        remedy: 'Wait for an answer, or withdraw one.',
        path: [],
      });
    }
  }
}

function checkContest(input: Contest): void {
  const faults = new Faults();
  faults.oneOf('part', input.part, CHALLENGE_PARTS);
  faults.text('words', input.words, { min: 3, max: MOST_WORDS });
  if ((input.part === 'WHOLE') !== (input.code === null)) {
    faults.add('FIELD_INVALID', 'code', 'The part and its code do not go together.', 'A gate or a term is named by its code; the whole score has none.', 'Give the code of the gate or term, or none for the whole score.');
  }
  faults.refuseIfAny();
}

function refuseUnknownPart(input: Contest, before: ScoredVersion): void {
  if (input.part === 'WHOLE') return;
  const codes = (input.part === 'GATE' ? before.gates : before.terms).map((part) => part.code);
  if (codes.includes(input.code ?? '')) return;
  const faults = new Faults();
  faults.add('FIELD_INVALID', 'code', 'This score has no such part.', `One of ${codes.join(', ')}.`, 'Choose one of these.');
  faults.refuseIfAny();
}

function versionOf(stored: ScoredVersion): ScoredVersion {
  const { score, employerScore, gates, terms, policyVersion, inputHash, learnerHash, vacancyHash, policyHash, referenceVersion, asOf, scoredAt } = stored;
  return { score, employerScore, gates, terms, policyVersion, inputHash, learnerHash, vacancyHash, policyHash, referenceVersion, asOf, scoredAt };
}
