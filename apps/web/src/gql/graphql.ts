import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './schema-types.js';

/** Documents are typed from the committed schema: `npm run build` fails before a wrong field can leave. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  disableMasking: true;
  scalars: { DateTime: string; LocalDate: string; Outcode: string; EmailAddress: string; UUID: string; BasisPoints: number };
}>();

export type { ResultOf, VariablesOf } from 'gql.tada';
