import { createHash, randomBytes, randomUUID } from 'node:crypto';

/** Hex SHA-256 of the UTF-8 text: the `Digest` that the pure libs ask for as an argument. */
export function sha256(canonical: string): string {
  return createHash('sha256').update(canonical, 'utf8').digest('hex');
}

/** A secret for a bearer: `bytes` random bytes in base64url, at least 16 (128 bits). */
export function randomToken(bytes = 32): string {
  if (!Number.isInteger(bytes) || bytes < 16) throw new RangeError('randomToken: at least 16 bytes, or it can be guessed');
  return randomBytes(bytes).toString('base64url');
}

/** A random id (version 4): it tells neither order nor time. */
export function uuid(): string {
  return randomUUID();
}
