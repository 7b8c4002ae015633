import { graphql } from './graphql.js';

/** What every command may answer instead of success. */
export const REFUSALS = graphql(`
  fragment Refusals on Refused {
    refusals {
      __typename
      code
      message
      rule
      remedy
      path
    }
  }
`);
