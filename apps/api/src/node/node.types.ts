import { Field, ID, InterfaceType } from '@nestjs/graphql';
import { nodeId, type NodeName } from '../graphql/node-id.js';

/** What a resolver of `node` gives: a row with the name of its type, since rows carry none. */
export type TypedRow = Readonly<{ __typename: NodeName }>;

@InterfaceType('Node', {
  description: 'Anything with an id of its own that can be fetched again by it (Relay global object identification).',
  resolveType: (row: TypedRow) => row.__typename,
})
export abstract class NodeType {
  @Field(() => ID, { description: 'Opaque id, unique over all types; keep it, never take it apart.' })
  id: string;
}

/** The `id` of a node type: the row's own key, made opaque on its way out. */
export function NodeIdField(type: NodeName, what: string): PropertyDecorator {
  return Field(() => ID, {
    description: `Opaque id of this ${what}, unique over all types, for \`node\` and \`nodes\`.`,
    middleware: [async (_context, next) => nodeId(type, (await next()) as string)],
  });
}
