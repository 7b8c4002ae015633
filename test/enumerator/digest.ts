import { createHash } from 'node:crypto';

/** Hex SHA-256, as the services give it to the pure rooms. */
export const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Random instances a property; MERIDEN_MATCHING_COUNT asks for more (the tens of thousands), a small number keeps `npm test` short. */
export const countOr = (usual: number): number => Math.ceil((usual * Number(process.env['MERIDEN_MATCHING_COUNT'] ?? 1000)) / 1000);
