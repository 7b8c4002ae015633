import { z } from 'zod';

const id = z.uuid().lowercase();

type Topic<E> = Readonly<{ event: z.ZodType<E>; key: (event: E) => string }>;
const topic = <E>(definition: Topic<E>): Topic<E> => definition;

/** What is told, and whose it is: events carry ids and versions only, the listener reads the rest under its own rights. */
export const TOPICS = {
  'suggestions-changed': topic({ event: z.strictObject({ learnerId: id }), key: (e) => e.learnerId }),
  'round-progress': topic({ event: z.strictObject({ roundId: id, stage: z.string().max(20), attempt: z.int() }), key: (e) => e.roundId }),
  /** A session ended: sockets that hang on it are closed. */
  'session-revoked': topic({ event: z.strictObject({ sessionId: id }), key: () => 'all' }),
  /** Somebody may do less than before: the sessions behind that person's sockets are looked at anew. */
  'rights-changed': topic({ event: z.strictObject({ personId: id }), key: () => 'all' }),
  /** Rows were written to the outbox: the relay need not wait for its next turn. */
  'outbox-written': topic({ event: z.strictObject({}), key: () => 'all' }),
} as const;

export type TopicName = keyof typeof TOPICS;
export type EventOf<T extends TopicName> = z.output<(typeof TOPICS)[T]['event']>;

/** Key, in text, of the channel an event goes to. */
export function keyOf<T extends TopicName>(name: T, event: EventOf<T>): string {
  return (TOPICS[name] as unknown as Topic<EventOf<T>>).key(event);
}

/** The event inside a message, or null when it is none of ours. */
export function readEvent<T extends TopicName>(name: T, message: string): EventOf<T> | null {
  try {
    const parsed = TOPICS[name].event.safeParse(JSON.parse(message));
    return parsed.success ? (parsed.data as EventOf<T>) : null;
  } catch {
    return null;
  }
}
