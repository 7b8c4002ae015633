import {
  GraphQLError,
  Kind,
  getOperationAST,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { LIMITS, checkCost, checkShape, costOf, refusedByLimit, type Limits } from './limits.js';
import type { Operation } from './operation.js';

/** Root fields that need no sign-in; everything else is refused before it runs. */
const PUBLIC_FIELDS = new Set(['service', 'signIn', 'refreshSession', 'invitation', 'acceptInvitation', 'requestPasswordReset', 'completePasswordReset', '__typename']);
const INTROSPECTION = new Set(['__schema', '__type']);

export type Asked = Readonly<{
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName: string | null;
  variables: Record<string, unknown>;
}>;

/**
 * Decides whether a parsed, valid operation may run, the same over HTTP and over the socket: who asks, its shape, its cost.
 * Sets `operation.cost`.
 *
 * @param openSchema true in the demonstration region, where the schema is no secret
 * @throws GraphQLError with a code of the closed list
 */
export function admit(operation: Operation, asked: Asked, openSchema: boolean, limits: Limits = LIMITS): OperationDefinitionNode {
  const node = getOperationAST(asked.document, asked.operationName);
  if (!node) throw refusedByLimit('OPERATION_RESOLUTION_FAILURE', 'The document does not say which operation to run.', 'Give operationName.');
  checkShape(asked.document, limits);
  const roots = rootFields(asked.document, node);
  const introspects = [...roots].some((name) => INTROSPECTION.has(name));
  if (introspects && !openSchema && operation.caller?.via !== 'BEARER') {
    throw new GraphQLError('The schema is shown to programs with a bearer token.', {
      extensions: { code: 'INTROSPECTION_DISABLED', remedy: 'Read the published schema.graphql, or send a bearer token.', http: { status: 403 } },
    });
  }
  if (operation.caller === null) {
    const closed = [...roots].find((name) => !PUBLIC_FIELDS.has(name) && !INTROSPECTION.has(name));
    if (closed !== undefined) throw operation.signedOut();
  }
  operation.cost = costOf(asked.schema, asked.document, asked.operationName, asked.variables);
  checkCost(operation.cost, limits);
  return node;
}

/** Names of the fields an operation asks of its root type, through fragments; each fragment is looked at once. */
function rootFields(document: DocumentNode, operation: OperationDefinitionNode): ReadonlySet<string> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const names = new Set<string>();
  const looked = new Set<string>();
  const look = (set: SelectionSetNode): void => {
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) names.add(node.name.value);
      else if (node.kind === Kind.INLINE_FRAGMENT) look(node.selectionSet);
      else if (!looked.has(node.name.value)) {
        looked.add(node.name.value);
        const fragment = fragments.get(node.name.value);
        if (fragment !== undefined) look(fragment.selectionSet);
      }
    }
  };
  look(operation.selectionSet);
  return names;
}
