import { graphql, type ResultOf } from '../gql/graphql.js';
import { REFUSALS } from '../gql/refusals.js';

const RUN = graphql(`
  fragment ImportSeen on ImportRun {
    __typename
    id
    state
    version
    report {
      dryRun
      rows
      accepted
      refused
      created
      changed
      unchanged
      dropped
      stored
      errorsLeftOut
      errors {
        row
        column
        message
      }
      notices {
        row
        column
        message
      }
    }
  }
`);
export type Seen = ResultOf<typeof RUN>;

export const TEMPLATE = graphql(`
  query ImportTemplate($kind: ImportKind!) {
    importTemplate(kind: $kind) {
      csv
      columns {
        name
        needed
        words
        example
      }
    }
  }
`);

export const CHECK = graphql(
  `
    mutation CheckImport($input: CheckImportInput!) {
      checkImport(input: $input) {
        __typename
        ... on CheckImportSuccess {
          run {
            ...ImportSeen
          }
        }
        ...Refusals
      }
    }
  `,
  [RUN, REFUSALS],
);

export const START = graphql(
  `
    mutation StartImport($input: StartImportInput!) {
      startImport(input: $input) {
        __typename
        ... on StartImportSuccess {
          run {
            ...ImportSeen
          }
        }
        ...Refusals
      }
    }
  `,
  [RUN, REFUSALS],
);
