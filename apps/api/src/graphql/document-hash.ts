import { createHash } from 'node:crypto';
import { Kind, print, visit, type DocumentNode } from 'graphql';

/**
 * One hash for a document however it is spelt: spaces, comments, the order of its definitions and the `__typename`s that clients
 * put in by themselves make no difference. The build writes the list of trusted documents with this same function.
 */
export function documentHash(document: DocumentNode): string {
  const bare = visit(document, { Field: (node) => (node.name.value === '__typename' && node.alias === undefined && (node.directives ?? []).length === 0 ? null : undefined) });
  const text = bare.definitions.map((definition) => print(definition)).sort().join('\n');
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** Whether a document says something to be run, rather than a part for others to use. */
export const isOperation = (document: DocumentNode): boolean => document.definitions.some((definition) => definition.kind === Kind.OPERATION_DEFINITION);
