import {
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isNonNullType,
  isObjectType,
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** Arguments a page or list always takes; a field with any other compulsory argument is asked at the top only. */
const PAGE = '(first: 10)';

function callable(field: GraphQLField<unknown, unknown>): string | null {
  const needed = field.args.filter((arg: GraphQLArgument) => isNonNullType(arg.type) && arg.defaultValue === undefined);
  if (needed.some((arg) => arg.name !== 'first')) return null;
  return needed.length > 0 ? `${field.name}${PAGE}` : field.name;
}

const fieldsOf = (type: GraphQLObjectType): GraphQLField<unknown, unknown>[] => Object.values(type.getFields());

/** Every leaf of a type, those of embedded objects too: `wanted` levels of composite fields that are not nodes themselves. */
function leaves(schema: GraphQLSchema, named: GraphQLNamedType, embedded: number): string {
  // What hides behind an interface is followed type by type elsewhere; here its own fields.
  if (isInterfaceType(named)) return `__typename ${Object.values(named.getFields()).filter((field) => isLeafType(getNamedType(field.type))).map((field) => field.name).join(' ')}`;
  if (isAbstractType(named)) return '__typename';
  if (!isObjectType(named)) return '__typename';
  const parts: string[] = ['__typename'];
  for (const field of fieldsOf(named)) {
    const call = callable(field);
    const inner = getNamedType(field.type);
    if (call === null) continue;
    if (isLeafType(inner)) parts.push(call);
    else if (field.name === 'nodes') parts.push(`${call} { ${leaves(schema, inner, embedded)} }`);
    else if (embedded > 0 && isObjectType(inner) && !isNode(inner) && !inner.name.endsWith('Connection')) parts.push(`${call} { ${leaves(schema, inner, embedded - 1)} }`);
  }
  return parts.join(' ');
}

const isNode = (type: GraphQLNamedType): boolean => isObjectType(type) && type.getInterfaces().some((face) => face.name === 'Node');

/**
 * Selections of a type that together read every field reachable in `depth` steps: the leaves, then each composite field with
 * its own selections. Each is small enough for the limits of the API.
 */
export function selections(schema: GraphQLSchema, named: GraphQLNamedType, depth: number): string[] {
  const own = [leaves(schema, named, 1)];
  if (depth === 0 || !isObjectType(named)) return own;
  for (const field of fieldsOf(named)) {
    const call = callable(field);
    const inner = getNamedType(field.type);
    if (call === null || isLeafType(inner)) continue;
    const step = field.name === 'nodes' ? depth : depth - 1;
    for (const selection of selections(schema, inner, step)) own.push(`__typename ${call} { ${selection} }`);
  }
  return [...new Set(own)];
}

/** The concrete types behind `node(id)`. */
export function nodeTypes(schema: GraphQLSchema): readonly GraphQLObjectType[] {
  const node = schema.getType('Node');
  if (!isInterfaceType(node)) throw new Error('the schema has no interface Node');
  return schema.getPossibleTypes(node);
}

/** Top-level queries: each with the calls it can be made with, given ids to try for every `ID!` argument. */
export function queryCalls(schema: GraphQLSchema, ids: Readonly<Record<string, readonly string[]>>): { field: string; calls: string[]; type: GraphQLNamedType }[] {
  const query = schema.getQueryType();
  if (!query) throw new Error('the schema has no queries');
  return fieldsOf(query).map((field) => {
    let calls = [''];
    for (const arg of field.args) {
      if (!isNonNullType(arg.type)) continue;
      const values = ids[`${field.name}.${arg.name}`] ?? ids[arg.name];
      if (values === undefined) throw new Error(`tell the test what to give ${field.name}(${arg.name}:)`);
      calls = calls.flatMap((call) => values.map((value) => `${call}${call === '' ? '' : ', '}${arg.name}: ${value}`));
    }
    return { field: field.name, type: getNamedType(field.type), calls: calls.map((call) => (call === '' ? field.name : `${field.name}(${call})`)) };
  });
}
