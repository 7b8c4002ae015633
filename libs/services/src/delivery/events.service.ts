import { Injectable } from '@nestjs/common';
import type { LearnerId, PersonId, RoundId, RoundStage } from '@meriden/domain';
import { EventBus, type Delivery } from '@meriden/queue';

/** A bell for one screen: `gap` says that bells may have been missed, so read the state anew. */
export type Bell = Readonly<{ kind: 'event' | 'gap' }>;

/** Bells for the screens: ids and versions only. A missed bell loses nothing, since every screen can read again. */
@Injectable()
export class EventsService {
  constructor(private readonly bus: EventBus) {}

  suggestionsChanged(event: Readonly<{ learnerId: LearnerId }>): void {
    this.bus.publish('suggestions-changed', event);
  }

  roundProgressed(event: Readonly<{ roundId: RoundId; stage: RoundStage; attempt: number }>): void {
    this.bus.publish('round-progress', event);
  }

  /** Tells the relay that there is something to carry. */
  outboxWritten(): void {
    this.bus.publish('outbox-written', {});
  }

  /** Tells every process that a session ended, so that sockets hanging on it are closed. */
  sessionRevoked(sessionId: string): void {
    this.bus.publish('session-revoked', { sessionId });
  }

  /** Tells every process that a person may do less than before: a membership ended, an account was closed. */
  rightsChanged(personId: PersonId): void {
    this.bus.publish('rights-changed', { personId });
  }

  watchSuggestions(learnerId: LearnerId, signal?: AbortSignal): AsyncIterableIterator<Bell> {
    return this.bus.subscribe('suggestions-changed', learnerId, signal ? { signal } : {});
  }

  watchRound(roundId: RoundId, signal?: AbortSignal): AsyncIterableIterator<Delivery<'round-progress'>> {
    return this.bus.subscribe('round-progress', roundId, signal ? { signal } : {});
  }

  watchRevokedSessions(signal?: AbortSignal): AsyncIterableIterator<Delivery<'session-revoked'>> {
    return this.bus.subscribe('session-revoked', 'all', signal ? { signal } : {});
  }

  watchRights(signal?: AbortSignal): AsyncIterableIterator<Delivery<'rights-changed'>> {
    return this.bus.subscribe('rights-changed', 'all', signal ? { signal } : {});
  }

  watchOutbox(signal?: AbortSignal): AsyncIterableIterator<Bell> {
    return this.bus.subscribe('outbox-written', 'all', signal ? { signal } : {});
  }
}
