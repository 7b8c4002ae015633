import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { sha256 } from '@meriden/platform';
import { Secret, TOTP } from 'otpauth';

const STEP_SECONDS = 30;

/** A new base32 secret of 160 bits (RFC 4226 section 4). */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/**
 * Checks a six-digit code (RFC 6238, 30 s, one step of drift either way).
 *
 * @param lastStep the last step a code was accepted for: a code works once.
 * @returns the step to remember, or null when the code is wrong or spent.
 */
export function acceptedStep(secret: string, code: string, nowMs: number, lastStep: number | null): number | null {
  const delta = new TOTP({ secret: Secret.fromBase32(secret), period: STEP_SECONDS }).validate({ token: code, timestamp: nowMs, window: 1 });
  if (delta === null) return null;
  const step = Math.floor(nowMs / 1000 / STEP_SECONDS) + delta;
  return lastStep !== null && step <= lastStep ? null : step;
}

/** Letters and digits that nobody takes for one another. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const RECOVERY_LENGTH = 16;

/** A recovery code of 80 bits, such as `K7QM-2XHD-9RTW-B4FN`. */
export function newRecoveryCode(): string {
  const signs = [...randomBytes(RECOVERY_LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return signs.replace(/(.{4})(?=.)/g, '$1-');
}

/** The digest under which a recovery code is kept, however it is typed; null for what has not its form, such as six digits. */
export function recoveryCodeHash(code: string): string | null {
  const signs = code.toUpperCase().replace(/[\s-]/g, '');
  return signs.length === RECOVERY_LENGTH && [...signs].every((sign) => ALPHABET.includes(sign)) ? sha256(signs) : null;
}

/** AES-256-GCM under the installation's key: `iv.tag.text`, each base64url. */
export function seal(plain: string, keyHex: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(keyHex, 'hex'), iv);
  const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return [iv, cipher.getAuthTag(), text].map((part) => part.toString('base64url')).join('.');
}

/** @throws Error when the text was altered or sealed under another key. */
export function unseal(sealed: string, keyHex: string): string {
  const [iv, tag, text] = sealed.split('.').map((part) => Buffer.from(part, 'base64url'));
  if (!iv || !tag || !text) throw new Error('not a sealed text');
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(keyHex, 'hex'), iv);
  decipher.setAuthTag(tag);
  return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
}
