import { createHash } from 'node:crypto';

/** Hex SHA-256, as the services give it to the pure rooms. */
export const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Random instances for a property: as many as keep `npm test` short, or MERIDEN_MATCHING_COUNT if that is more (the tens of thousands). */
export const countOr = (usual: number): number => Math.max(usual, Number(process.env['MERIDEN_MATCHING_COUNT'] ?? 0));
