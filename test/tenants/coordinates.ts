import {
  TypeInfo,
  getNamedType,
  isAbstractType,
  isLeafType,
  isNonNullType,
  isObjectType,
  parse,
  visit,
  visitWithTypeInfo,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** The fields of one object type, as `Type.field`. */
export const rootFields = (type: GraphQLObjectType | null | undefined): readonly string[] => Object.keys(type?.getFields() ?? {}).map((field) => `${type?.name}.${field}`);

/** Every field of every object type that can be come to from this one, as `Type.field`. */
export function reachedFrom(schema: GraphQLSchema, root: GraphQLObjectType | null | undefined): readonly string[] {
  const reached = new Set<GraphQLObjectType>();
  const reach = (type: GraphQLNamedType): void => {
    if (isAbstractType(type)) schema.getPossibleTypes(type).forEach(reach);
    if (!isObjectType(type) || reached.has(type)) return;
    reached.add(type);
    for (const field of Object.values(type.getFields())) reach(getNamedType(field.type));
  };
  if (root) reach(root);
  return [...reached].flatMap(rootFields);
}

/** The fields a document asks for; one asked of an interface is asked of every type behind it. */
export function askedBy(schema: GraphQLSchema, document: string): ReadonlySet<string> {
  const asked = new Set<string>();
  const info = new TypeInfo(schema);
  visit(
    parse(document),
    visitWithTypeInfo(info, {
      Field: (node) => {
        const parent = info.getParentType();
        if (parent === null || parent === undefined || node.name.value.startsWith('__')) return;
        const types: readonly GraphQLNamedType[] = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent];
        for (const type of types) asked.add(`${type.name}.${node.name.value}`);
      },
    }),
  );
  return asked;
}

/** What a visitor is told of each value of an answer: where it stands, and the nearest object with an id around it. */
export type Visit = (coordinate: string, value: unknown, within: string | null) => void;

/** Goes through an answer whose every object says its `__typename`; documents with aliases would be misread. */
export function walk(data: unknown, visitor: Visit, type = 'Query', within: string | null = null): void {
  if (typeof data !== 'object' || data === null) return;
  const object = data as Readonly<Record<string, unknown>>;
  const name = typeof object['__typename'] === 'string' ? object['__typename'] : type;
  const around = typeof object['id'] === 'string' ? object['id'] : within;
  for (const [field, value] of Object.entries(object)) {
    if (field === '__typename' || value === null) continue;
    visitor(`${name}.${field}`, value, around);
    for (const entry of Array.isArray(value) ? (value as unknown[]) : [value]) walk(entry, visitor, '?', around);
  }
}

type Step = Readonly<{ type: GraphQLObjectType; wraps: readonly ((selection: string) => string)[] }>;

/**
 * For fields that no other document asks: the shortest way from a node or a root field to each type, and all of its leaves there.
 * @param rootCalls the calls of each root field of an object type, for example `cohort` or `campus(key: "x")`
 * @param argumentsOf the compulsory arguments of a field as text, null where it cannot be asked
 */
export function reaching(schema: GraphQLSchema, missing: ReadonlySet<string>, rootCalls: ReadonlyMap<string, readonly string[]>, argumentsOf: (field: string, names: readonly string[]) => string | null): string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  let front: Step[] = [];
  const root = schema.getQueryType();
  for (const [name, calls] of rootCalls) {
    const type = getNamedType(root?.getFields()[name]?.type);
    if (isObjectType(type)) front.push({ type, wraps: calls.map((call) => (selection: string) => `{ ${call} { __typename ${selection} } }`) });
  }
  while (front.length > 0) {
    const next: Step[] = [];
    for (const { type, wraps } of front) {
      if (seen.has(type.name)) continue;
      seen.add(type.name);
      const leaves: string[] = [];
      for (const field of Object.values(type.getFields())) {
        const needed = field.args.filter((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined).map((arg) => arg.name);
        const given = needed.length === 0 ? '' : argumentsOf(`${type.name}.${field.name}`, needed);
        if (given === null) continue;
        const named = getNamedType(field.type);
        if (isLeafType(named)) leaves.push(`${field.name}${given}`);
        else if (isObjectType(named)) {
          if (missing.has(`${type.name}.${field.name}`)) found.push(...wraps.map((wrap) => wrap(`${field.name}${given} { __typename }`)));
          next.push({ type: named, wraps: wraps.map((wrap) => (selection: string) => wrap(`${field.name}${given} { __typename ${selection} }`)) });
        }
      }
      if (leaves.some((leaf) => missing.has(`${type.name}.${leaf.split('(')[0]}`))) found.push(...wraps.map((wrap) => wrap(leaves.join(' '))));
    }
    front = next;
  }
  return found;
}
