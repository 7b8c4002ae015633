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
import type { PointBudgets } from './point-budgets.js';

/** Root fields that need no sign-in; everything else is refused before it runs. */
const PUBLIC_FIELDS = new Set(['service', 'signIn', 'refreshSession', 'invitation', 'acceptInvitation', 'requestPasswordReset', 'completePasswordReset', '__typename']);
const INTROSPECTION = new Set(['__schema', '__type']);

export type Asked = Readonly<{
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName: string | null;
  variables: Record<string, unknown>;
}>;

/** What the rim of this installation knows beside the operation. */
export type Rim = Readonly<{
  /** True in the demonstration region, where the schema is no secret. */
  openSchema: boolean;
  budgets: PointBudgets;
  /** Whether a browser session may run this document. */
  trusts(document: DocumentNode): boolean;
}>;

/**
 * Decides whether a parsed, valid operation may run, the same over HTTP and over the socket: who asks, its shape, its cost.
 * Sets `operation.cost` and `operation.budget`.
 *
 * @throws GraphQLError with a code of the closed list
 */
export function admit(operation: Operation, asked: Asked, rim: Rim, limits: Limits = LIMITS): OperationDefinitionNode {
  const node = getOperationAST(asked.document, asked.operationName);
  if (!node) throw refusedByLimit('OPERATION_RESOLUTION_FAILURE', 'The document does not say which operation to run.', 'Give operationName.');
  checkShape(asked.document, limits);
  const roots = rootFields(asked.document, node);
  const introspects = [...roots].some((name) => INTROSPECTION.has(name));
  if (introspects && !rim.openSchema && operation.caller?.via !== 'BEARER') {
    throw new GraphQLError('The schema is shown to programs with a bearer token.', {
      extensions: { code: 'INTROSPECTION_DISABLED', remedy: 'Read the published schema.graphql, or send a bearer token.', http: { status: 403 } },
    });
  }
  if (operation.caller === null) {
    const closed = [...roots].find((name) => !PUBLIC_FIELDS.has(name) && !INTROSPECTION.has(name));
    if (closed !== undefined) throw operation.signedOut();
  }
  // A page of ours sends what it was built with. What else comes with its cookie was written by somebody else.
  if (operation.caller?.via === 'COOKIE' && !rim.trusts(asked.document)) {
    throw refusedByLimit('UNTRUSTED_DOCUMENT', 'A browser session runs the documents of the console only.', 'Load the page again; programs send a bearer token.', 403);
  }
  operation.cost = costOf(asked.schema, asked.document, asked.operationName, asked.variables);
  checkCost(operation.cost, limits);
  operation.budget = rim.budgets.charge(operation.account, operation.cost);
  if (operation.budget.spent) throw refusedByLimit('TOO_MANY_POINTS', 'Your points for this minute are spent.', 'Ask again after the seconds that Retry-After says.', 429);
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
