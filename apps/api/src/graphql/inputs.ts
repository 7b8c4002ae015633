import { parseNodeId, type NodeName } from './node-id.js';

/** The key of a row of the reference data: given plainly (`arden-cross`) or as a node id. Whether it exists the services say. */
export function referenceKey(type: NodeName, given: string): string {
  const parsed = parseNodeId(given);
  return parsed?.type === type ? parsed.key : given;
}

/**
 * The members that a caller gave: absent ones stay absent, so that they change nothing. A null counts as absent where the field
 * cannot be null.
 * @param nullable members for which null is a value of its own
 */
export function given<T extends object>(changes: T, nullable: readonly (keyof T)[]): Partial<T> {
  const kept = Object.entries(changes).filter(([name, value]) => value !== undefined && (value !== null || nullable.includes(name as keyof T)));
  return Object.fromEntries(kept) as Partial<T>;
}
