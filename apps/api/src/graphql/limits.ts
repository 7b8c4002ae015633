import {
  GraphQLError,
  Kind,
  getNamedType,
  getNullableType,
  getOperationAST,
  getVariableValues,
  isLeafType,
  isListType,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { getComplexity, type ComplexityEstimator } from 'graphql-query-complexity';
import { withoutSuggestions } from './suggestions.js';

/**
 * What one operation may ask, decided before anything runs and the same over HTTP and over the socket. Cost is counted
 * after the variables are coerced, so that `first: $n` is priced like `first: 100`.
 */
export type Limits = Readonly<{
  /** Lexical tokens of the document; the parser stops there. */
  tokens: number;
  /** Nested fields, fragments expanded; introspection does not count. */
  depth: number;
  /** Fields with an alias, `__typename` included. */
  aliases: number;
  directives: number;
  /** Points, as `costOf` counts them. */
  cost: number;
  /** Milliseconds after which reads of the operation are refused. */
  deadlineMs: number;
}>;

export const LIMITS: Limits = { tokens: 600, depth: 8, aliases: 10, directives: 5, cost: 5_000, deadlineMs: 10_000 };

/** Largest page of any connection, and the largest list of ids. */
export const PAGE_LIMIT = 100;

const MUTATION_COST = 10;
const INTROSPECTION_COST = 100;
/** Entries assumed in a list that stands whole in its parent, such as the terms of a suggestion, unless its field says `entries`. */
const EMBEDDED_LIST = 5;

export function refusedByLimit(code: string, message: string, remedy: string, status = 400): GraphQLError {
  return new GraphQLError(message, { extensions: { code, remedy, http: { status } } });
}

/** @throws GraphQLError TOO_DEEP, TOO_MANY_ALIASES or TOO_MANY_DIRECTIVES. The document must be valid (no fragment circles). */
export function checkShape(document: DocumentNode, limits: Limits): void {
  let aliases = 0;
  let directives = 0;
  visit(document, {
    Field: (node) => void (aliases += node.alias === undefined ? 0 : 1),
    Directive: () => void (directives += 1),
  });
  if (aliases > limits.aliases) {
    throw refusedByLimit('TOO_MANY_ALIASES', `The document has ${aliases} aliases; ${limits.aliases} are allowed.`, 'Ask in several requests.');
  }
  if (directives > limits.directives) {
    throw refusedByLimit('TOO_MANY_DIRECTIVES', `The document has ${directives} directives; ${limits.directives} are allowed.`, 'Leave some out.');
  }
  const depth = depthOf(document);
  if (depth > limits.depth) {
    throw refusedByLimit('TOO_DEEP', `The document is ${depth} fields deep; ${limits.depth} are allowed.`, 'Ask for the inner objects by their ids.');
  }
}

/** Deepest nesting of fields over all operations; one pass over each fragment, so linear in the document. */
export function depthOf(document: DocumentNode): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const known = new Map<string, number>();
  const ofFragment = (name: string): number => {
    const before = known.get(name);
    if (before !== undefined) return before;
    known.set(name, 0);
    const fragment = fragments.get(name);
    const depth = fragment === undefined ? 0 : ofSelection(fragment.selectionSet);
    known.set(name, depth);
    return depth;
  };
  const ofSelection = (set: SelectionSetNode): number =>
    set.selections.reduce((deepest, node) => {
      switch (node.kind) {
        case Kind.FIELD:
          if (node.name.value === '__schema' || node.name.value === '__type') return deepest;
          return Math.max(deepest, 1 + (node.selectionSet === undefined ? 0 : ofSelection(node.selectionSet)));
        case Kind.INLINE_FRAGMENT:
          return Math.max(deepest, ofSelection(node.selectionSet));
        case Kind.FRAGMENT_SPREAD:
          return Math.max(deepest, ofFragment(node.name.value));
      }
    }, 0);
  return document.definitions.reduce(
    (deepest, definition) => (definition.kind === Kind.OPERATION_DEFINITION ? Math.max(deepest, ofSelection(definition.selectionSet)) : deepest),
    0,
  );
}

/** Thrown while costs are counted; the counting library would put its words into a message of its own. */
class PageOutOfRange extends Error {
  constructor(readonly asked: number) {
    super();
  }
}

/**
 * One point an object, none a scalar; a page multiplies what is asked of each entry by `first`, a list of ids by its length.
 * A field that is dearer than its shape says so with `complexity: n` in its decorator, a whole list that may be longer than
 * most with `@Extensions({ entries: n })`.
 */
const estimate: ComplexityEstimator = ({ type, field, args, childComplexity }) => {
  if (field.name === '__schema' || field.name === '__type') return INTROSPECTION_COST;
  const named = getNamedType(field.type);
  const extra = typeof field.extensions['complexity'] === 'number' ? field.extensions['complexity'] : 0;
  const own = extra + (type.name === 'Mutation' ? MUTATION_COST : isLeafType(named) ? 0 : 1);
  const given = args as Readonly<Record<string, unknown>>;
  if (typeof given['first'] === 'number' && (given['first'] < 1 || given['first'] > PAGE_LIMIT)) throw new PageOutOfRange(given['first']);
  const isList = isListType(getNullableType(field.type));
  if (typeof given['first'] === 'number') return own + given['first'] * (childComplexity + (isList ? 1 : 0));
  if (Array.isArray(given['ids'])) return own + given['ids'].length * (1 + childComplexity);
  const entries = typeof field.extensions['entries'] === 'number' ? field.extensions['entries'] : EMBEDDED_LIST;
  return own + (isList && !type.name.endsWith('Connection') ? entries : 1) * childComplexity;
};

/**
 * Points of one operation.
 * @throws GraphQLError BAD_USER_INPUT when the variables do not fit, PAGE_TOO_LARGE when any `first` is not 1 to 100, before
 *   anything has run
 */
export function costOf(schema: GraphQLSchema, document: DocumentNode, operationName: string | null, variables: Record<string, unknown>): number {
  const operation = getOperationAST(document, operationName);
  if (!operation) throw refusedByLimit('OPERATION_RESOLUTION_FAILURE', 'The document does not say which operation to run.', 'Give operationName.');
  const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (coerced.errors !== undefined) throw badVariables(coerced.errors);
  try {
    return getComplexity({
      schema,
      // Only the operation that runs, with all fragments: the library counts each operation when none is named.
      query: { ...document, definitions: document.definitions.filter((d) => d.kind !== Kind.OPERATION_DEFINITION || d === operation) },
      variables,
      estimators: [estimate],
    });
  } catch (error) {
    throw error instanceof PageOutOfRange ? pageOutOfRange(error.asked) : error;
  }
}

export function pageOutOfRange(first: number): GraphQLError {
  return refusedByLimit('PAGE_TOO_LARGE', `A page of ${first} was asked for.`, `Give first from 1 to ${PAGE_LIMIT} and go on with after.`);
}

/** @throws GraphQLError TOO_COSTLY */
export function checkCost(cost: number, limits: Limits): void {
  if (cost <= limits.cost) return;
  throw refusedByLimit('TOO_COSTLY', `This operation costs ${cost} points; ${limits.cost} are allowed.`, 'Ask for smaller pages or fewer nested lists.');
}

const VARIABLE_PATH = /^Variable "\$(\w+)" got invalid value .*? at "([^"]+)"/s;
const VARIABLE_NAME = /^Variable "\$(\w+)"/;

/** Variables of the wrong shape: one error that lists each bad place like a refusal does, without echoing the values. */
function badVariables(errors: readonly GraphQLError[]): GraphQLError {
  const refusals = errors.slice(0, 20).map((error) => {
    const path = VARIABLE_PATH.exec(error.message)?.[2] ?? VARIABLE_NAME.exec(error.message)?.[1] ?? '';
    const reason = error.message.replace(/^Variable "\$\w+" got invalid value .*?(?: at "[^"]+")?; /s, '');
    return {
      code: 'FIELD_INVALID',
      message: withoutSuggestions(reason).slice(0, 300),
      rule: 'Every input has the type that the schema gives it.',
      remedy: 'Look the field up in the schema and give a value of its type.',
      path: path.split(/[.[\]]+/).filter((part) => part !== ''),
    };
  });
  const places = refusals.map((refusal) => refusal.path.join('.')).join(', ');
  return new GraphQLError(`The variables do not fit the schema at: ${places}.`, {
    extensions: { code: 'BAD_USER_INPUT', refusals, http: { status: 400 } },
  });
}
