import { Injectable } from '@nestjs/common';
import {
  Rejection,
  canonicalJson,
  forbidden,
  notFound,
  type Actor,
  type CommandId,
  type LearnerId,
  type LegalHold,
  type PersonId,
  type SubjectRequest,
  type SubjectRequestId,
  type SubjectRequestKind,
} from '@meriden/domain';
import { BASES, LearnerStore, MembershipStore, PERSONAL_DATA, PersonalDataStore, PURPOSES, RETENTION, SubjectRequestStore, SuggestionStore, type SubjectIds, type Tx } from '@meriden/persistence';
import { sha256, uuid } from '@meriden/platform';
import { Desk } from '../desk.js';
import { EventsService } from '../delivery/events.service.js';
import { subjectArchive } from './subject-copy.js';
import { Faults } from '../validate/faults.js';

const FILE_DAYS = 7;
const DAY_MS = 86_400_000;

/** A request as whoever asked sees it: `expiresAt` is set while there is a copy to fetch. */
export type ToldRequest = SubjectRequest & Readonly<{ expiresAt: string | null }>;

/** One thing that is held, for the page "Your data". */
type HeldThing = Readonly<{ says: string; special: boolean; erased: boolean; keptBecause: string | null }>;
export type HeldPurpose = Readonly<{ purpose: string; basis: string; kept: string; things: readonly HeldThing[] }>;

/** People's own data: told, handed out, erased with proof; and what may not be erased for now. */
@Injectable()
export class PersonalDataService {
  constructor(
    private readonly desk: Desk,
    private readonly requests: SubjectRequestStore,
    private readonly data: PersonalDataStore,
    private readonly learners: LearnerStore,
    private readonly memberships: MembershipStore,
    private readonly suggestions: SuggestionStore,
    private readonly events: EventsService,
  ) {}

  /** What is held of somebody in the actor's role, by purpose, out of the register itself. */
  held(actor: Actor): readonly HeldPurpose[] {
    const byPurpose = new Map<string, HeldPurpose & { things: HeldThing[] }>();
    for (const { whose, purpose, basis, retention, erase, columns } of Object.values(PERSONAL_DATA)) {
      if (whose === 'LEARNER' && actor.role !== 'LEARNER') continue;
      const words = { purpose: PURPOSES[purpose], basis: BASES[basis], kept: RETENTION[retention] };
      const key = canonicalJson(words);
      const group = byPurpose.get(key) ?? { ...words, things: [] };
      byPurpose.set(key, group);
      for (const { kind, says, special, keep } of Object.values(columns)) {
        if (kind === 'LINK' || group.things.some((thing) => thing.says === says)) continue;
        const kept = typeof erase === 'object' ? `${erase.keep} Until ${erase.until}.` : keep;
        group.things.push({ says, special, erased: kept === null, keptBecause: kept });
      }
    }
    return [...byPurpose.values()].filter(({ things }) => things.length > 0);
  }

  async requestsOf(tx: Tx, actor: Actor): Promise<readonly ToldRequest[]> {
    const now = this.desk.clock.now();
    const found = await this.requests.about(tx, actor.personId, actor.learnerId);
    return Promise.all(found.map(async (request) => ({ ...request, expiresAt: await this.requests.fileExpiry(tx, request.id, now) })));
  }

  /** Somebody asks about themselves. Erasing an account of staff is its operator's errand: somebody must take over what it stands for. */
  async askForOwn(actor: Actor, input: Readonly<{ idempotencyKey: string; kind: SubjectRequestKind }>): Promise<SubjectRequest> {
    const { idempotencyKey, kind } = input;
    if (kind === 'ERASURE') {
      const held = await this.desk.uow.readAs(actor, (tx) => this.memberships.ofPerson(tx, actor.personId));
      const staff = actor.role !== 'LEARNER' || held.some(({ role, endedAt }) => role !== 'LEARNER' && endedAt === null);
      if (staff) throw forbidden('erase an account of staff by yourself', 'an operator, at the server’s terminal');
    }
    return this.desk.writeOnce(actor, 'ask for own data', { operation: 'askForOwnData', idempotencyKey, input: { kind } }, (tx) =>
      this.accept(tx, actor, { kind, organisationId: actor.organisationId, personId: actor.personId, learnerId: actor.learnerId, askedBy: actor.personId }),
    );
  }

  /** The provider asks in the name of its learner. */
  async askForLearner(actor: Actor, input: Readonly<{ idempotencyKey: string; kind: SubjectRequestKind; learnerId: LearnerId }>): Promise<SubjectRequest> {
    const { idempotencyKey, kind, learnerId } = input;
    return this.desk.writeOnce(actor, 'answer for learner data', { operation: 'askForLearnerData', idempotencyKey, input: { kind, learnerId } }, async (tx) => {
      const learner = this.desk.visible(actor, 'learner', await this.learners.byId(tx, learnerId), ['input', 'learnerId']);
      return this.accept(tx, actor, { kind, organisationId: actor.organisationId, personId: null, learnerId: learner.id, askedBy: actor.personId });
    });
  }

  /** The copy, once. */
  async fetch(actor: Actor, requestId: SubjectRequestId): Promise<Uint8Array> {
    this.desk.permit(actor, 'ask for own data');
    return this.desk.uow.as(actor, async (tx) => {
      const file = await this.requests.fetchFile(tx, requestId, this.desk.clock.now());
      if (file === null) throw notFound('copy of data');
      await this.desk.record(tx, actor, 'fetched the copy of', 'subjectRequest', requestId);
      return file;
    });
  }

  /** Nothing of this learner is erased, by request or by schedule, until the hold is lifted. */
  async hold(actor: Actor, input: Readonly<{ idempotencyKey: string; learnerId: LearnerId; reason: string }>): Promise<LegalHold> {
    const { idempotencyKey, ...request } = input;
    return this.desk.writeOnce(actor, 'hold a record', { operation: 'holdRecord', idempotencyKey, input: request }, async (tx) => {
      const faults = new Faults();
      const reason = faults.text('reason', request.reason, { min: 10, max: 500 });
      faults.refuseIfAny();
      const learner = this.desk.visible(actor, 'learner', await this.learners.byId(tx, request.learnerId), ['input', 'learnerId']);
      if ((await this.requests.holdOn(tx, [learner.id])) !== null) {
        throw new Rejection({ code: 'ALREADY_EXISTS', message: 'This record is held already.', rule: 'One hold stands on a record at a time.', remedy: 'Lift the one that stands before you set another.', path: ['input', 'learnerId'] });
      }
      const hold: LegalHold = { id: uuid(), learnerId: learner.id, organisationId: actor.organisationId, reason, setBy: actor.personId, setAt: this.desk.clock.now(), releasedBy: null, releasedAt: null };
      await this.requests.insertHold(tx, hold);
      await this.desk.record(tx, actor, 'held the record of', 'learner', learner.id);
      return hold;
    });
  }

  async lift(actor: Actor, input: Readonly<{ learnerId: LearnerId }>): Promise<LegalHold> {
    return this.desk.write(actor, 'hold a record', async (tx) => {
      const learner = this.desk.visible(actor, 'learner', await this.learners.byId(tx, input.learnerId), ['input', 'learnerId']);
      const hold = await this.requests.holdOn(tx, [learner.id]);
      if (hold === null) throw notFound('hold', ['input', 'learnerId']);
      const lifted = { ...hold, releasedBy: actor.personId, releasedAt: this.desk.clock.now() };
      await this.requests.saveHold(tx, lifted);
      await this.desk.record(tx, actor, 'lifted the hold on', 'learner', learner.id);
      return lifted;
    });
  }

  /** The job: hands out or erases. Run twice it does it once. */
  async answer(job: Readonly<{ commandId: CommandId; requestId: SubjectRequestId }>): Promise<void> {
    const done = await this.desk.effectOnce({ name: 'answer-subject-request', commandId: job.commandId }, (tx) => this.carryOut(tx, job.requestId));
    for (const sessionId of done?.sessions ?? []) this.events.sessionRevoked(sessionId);
  }

  /**
   * At the server's own terminal, for anybody; the answer comes at once.
   *
   * @returns the request as it was left, and the copy where one was asked for
   */
  async atTerminal(kind: SubjectRequestKind, about: Readonly<{ personId: PersonId | null; learnerId: LearnerId | null }>): Promise<Readonly<{ request: SubjectRequest; file: Uint8Array | null }>> {
    const accepted = this.request({ kind, organisationId: null, ...about, askedBy: null });
    const done = await this.desk.uow.asSystem({ name: 'subject-request-at-terminal', objectId: accepted.id }, async (tx) => {
      await this.requests.insert(tx, accepted);
      return this.carryOut(tx, accepted.id);
    });
    for (const sessionId of done.sessions) this.events.sessionRevoked(sessionId);
    const file = kind === 'ACCESS' ? await this.desk.uow.atTerminal({ name: 'fetch-copy', objectId: accepted.id }, (tx) => this.requests.fetchFile(tx, accepted.id, this.desk.clock.now())) : null;
    return { request: done.request, file };
  }

  /** By the schedule: a record whose time is over. */
  async eraseDue(tx: Tx, learnerId: LearnerId): Promise<SubjectRequest> {
    const accepted = this.request({ kind: 'ERASURE', organisationId: null, personId: null, learnerId, askedBy: null });
    await this.requests.insert(tx, accepted);
    return (await this.carryOut(tx, accepted.id)).request;
  }

  private request(about: Pick<SubjectRequest, 'kind' | 'organisationId' | 'personId' | 'learnerId' | 'askedBy'>): SubjectRequest {
    return { ...about, id: uuid(), askedAt: this.desk.clock.now(), state: 'ACCEPTED', doneAt: null, refusal: null, proof: null, proofDigest: null };
  }

  private async accept(tx: Tx, actor: Actor, about: Pick<SubjectRequest, 'kind' | 'organisationId' | 'personId' | 'learnerId' | 'askedBy'>): Promise<SubjectRequest> {
    const request = this.request(about);
    await this.requests.insert(tx, request);
    await this.desk.record(tx, actor, request.kind === 'ACCESS' ? 'asked for a copy of' : 'asked for the erasure of', request.learnerId === null ? 'person' : 'learner', request.learnerId ?? actor.personId, { request: request.id });
    await this.desk.dispatch(tx, actor, 'answer-subject-request', { requestId: request.id });
    return request;
  }

  private async carryOut(tx: Tx, requestId: SubjectRequestId): Promise<Readonly<{ request: SubjectRequest; sessions: readonly string[] }>> {
    const request = await this.requests.byId(tx, requestId);
    if (request === null || request.state !== 'ACCEPTED') throw notFound('open request');
    const subject = await this.data.subject(tx, request);
    if (request.kind === 'ACCESS') {
      const copies = await this.data.copy(tx, subject);
      const expiresAt = new Date(Date.parse(request.askedAt) + FILE_DAYS * DAY_MS).toISOString();
      await this.requests.keepFile(tx, request.id, subjectArchive(copies, request.askedAt), expiresAt);
      const proof = copies.map(({ table, rows }) => ({ table, before: rows.length, after: rows.length, done: 'COPIED', because: null }) as const);
      return { request: await this.close(tx, request, { state: 'DONE', proof }), sessions: [] };
    }
    const refusal = await this.whyNot(tx, subject);
    if (refusal !== null) return { request: await this.close(tx, request, { state: 'REFUSED', refusal }), sessions: [] };
    // Whoever has compared these learners writes first; whoever compares later finds them changed.
    await this.suggestions.hold(tx, subject.learners);
    const sessions = await this.data.openSessions(tx, subject);
    const proof = await this.data.erase(tx, subject);
    return { request: await this.close(tx, request, { state: 'DONE', proof, learnerId: request.learnerId ?? subject.learners[0] ?? null }), sessions };
  }

  /** What law puts before the right to be forgotten (Article 17(3)). */
  private async whyNot(tx: Tx, subject: SubjectIds): Promise<string | null> {
    if ((await this.requests.holdOn(tx, subject.learners)) !== null) return 'Your college must keep your record for now, for a legal matter. Ask it why and until when; then ask again.';
    if (await this.data.hasRunningPlacement(tx, subject)) return 'You are on a placement. While you are at a workplace, the people who look after you there must know who you are. Ask again when it has ended.';
    return null;
  }

  private async close(tx: Tx, request: SubjectRequest, outcome: Partial<SubjectRequest>): Promise<SubjectRequest> {
    const proofDigest = outcome.proof == null ? null : sha256(canonicalJson(outcome.proof));
    const closed: SubjectRequest = { ...request, ...outcome, proofDigest, doneAt: this.desk.clock.now() };
    await this.requests.save(tx, closed);
    const verb = closed.state === 'REFUSED' ? 'refused' : closed.kind === 'ACCESS' ? 'answered' : 'erased on';
    await this.desk.record(tx, null, verb, 'subjectRequest', closed.id, { proof: proofDigest });
    return closed;
  }
}
