import { seal, unseal } from './second-factor.js';

/**
 * Something the service says to itself through a caller: sealed under the installation's key, for one purpose, until a time. It saves a
 * row for what may never come back, such as a challenge.
 */
export function ticket(keyHex: string, purpose: string, content: object, untilMs: number): string {
  return seal(JSON.stringify({ purpose, untilMs, content }), keyHex);
}

/** @returns the content, or null for a ticket of another purpose or installation, one that was altered, or one that has run out. */
export function openTicket<Content>(keyHex: string, purpose: string, given: string, nowMs: number): Content | null {
  if (given.length > 4_000) return null;
  try {
    const held = JSON.parse(unseal(given, keyHex)) as { purpose: string; untilMs: number; content: Content };
    return held.purpose === purpose && held.untilMs > nowMs ? held.content : null;
  } catch {
    return null;
  }
}
