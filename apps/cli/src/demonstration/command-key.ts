import { createHash } from 'node:crypto';

/**
 * The idempotency key of a command of the demonstration: the same label gives the same key, in the form of a random UUID, so that a
 * command sent again after a cut between commit and note is done once.
 */
export function commandKey(label: string): string {
  const hex = createHash('sha256').update(label).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
