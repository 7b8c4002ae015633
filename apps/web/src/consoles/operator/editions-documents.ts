import { graphql, type ResultOf } from '../../gql/graphql.js';
import { REFUSALS } from '../../gql/refusals.js';

const WEIGHTS = graphql(`
  fragment Weights on WeightVersion {
    __typename
    number
    state
    reason
    proposedAt
    decidedAt
    decisionReason
    weights {
      code
      weight
    }
    employerWeights {
      code
      weight
    }
    report {
      learners
      newBest
      topTenKept
      meanChange
    }
  }
`);
export type WeightRow = ResultOf<typeof WEIGHTS>;

export const WEIGHT_VERSIONS = graphql(
  `
    query WeightEditions($first: Int!) {
      scoringPolicy {
        policyVersion
        referenceVersion
        weights {
          code
          weight
        }
        employerWeights {
          code
          weight
        }
      }
      weightVersions(first: $first) {
        nodes {
          ...Weights
        }
      }
    }
  `,
  [WEIGHTS],
);
export type Policy = ResultOf<typeof WEIGHT_VERSIONS>['scoringPolicy'];

export const PROPOSE_WEIGHTS = graphql(
  `
    mutation ProposeWeights($input: ProposeWeightsInput!) {
      proposeWeights(input: $input) {
        __typename
        ...Refusals
      }
    }
  `,
  [REFUSALS],
);

export const DECIDE_WEIGHTS = graphql(
  `
    mutation DecideWeights($input: DecideWeightsInput!) {
      decideWeights(input: $input) {
        __typename
        ...Refusals
      }
    }
  `,
  [REFUSALS],
);

const ALIAS = graphql(`
  fragment Alias on SkillAlias {
    __typename
    id
    alias
    reason
    addedAt
    retiredAt
    skill {
      id
      label
    }
  }
`);
export type AliasRow = ResultOf<typeof ALIAS>;

export const ALIASES = graphql(
  `
    query SkillNames($first: Int!) {
      skillAliases(first: $first) {
        nodes {
          ...Alias
        }
      }
      skills {
        id
        key
        label
      }
    }
  `,
  [ALIAS],
);

export const ADD_ALIAS = graphql(
  `
    mutation AddSkillAlias($input: AddSkillAliasInput!) {
      addSkillAlias(input: $input) {
        __typename
        ... on AddSkillAliasSuccess {
          alias {
            ...Alias
          }
        }
        ...Refusals
      }
    }
  `,
  [ALIAS, REFUSALS],
);

export const RETIRE_ALIAS = graphql(
  `
    mutation RetireSkillAlias($input: RetireSkillAliasInput!) {
      retireSkillAlias(input: $input) {
        __typename
        ... on RetireSkillAliasSuccess {
          alias {
            ...Alias
          }
        }
        ...Refusals
      }
    }
  `,
  [ALIAS, REFUSALS],
);
