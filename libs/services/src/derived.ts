import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * A secret derived from another text under the installation's key: the same again whenever it is needed, so it need not be stored, and
 * of no use to whoever reads the database.
 *
 * @param purpose keeps secrets of different uses apart
 * @returns 43 characters of base64url
 */
export function derived(keyHex: string, purpose: string, from: string): string {
  return createHmac('sha256', Buffer.from(keyHex, 'hex')).update(`${purpose}\n${from}`, 'utf8').digest('base64url');
}

export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
