import { graphql, type ResultOf } from '../gql/graphql.js';
import { REFUSALS } from '../gql/refusals.js';

const VERSION = graphql(`
  fragment QuestionedScore on ScoreVersion {
    score
    scoredAt
    policyVersion
    inputHash
    terms {
      code
      weight
      contribution
      evidence
      missing
    }
    gates {
      code
      state
      rule
      detail
      remedy
    }
  }
`);
export type QuestionedScore = ResultOf<typeof VERSION>;

export const QUESTION = graphql(
  `
    fragment Question on ScoreChallenge {
      __typename
      id
      part
      code
      words
      state
      version
      raisedAt
      acknowledgeBy
      acknowledgedName
      decideBy
      decidedAt
      decidedName
      decisionReason
      notes {
        at
        name
        words
      }
      before {
        ...QuestionedScore
      }
      after {
        ...QuestionedScore
      }
      vacancy {
        id
        title
      }
    }
  `,
  [VERSION],
);
export type Question = ResultOf<typeof QUESTION>;

export const ADD_TO_QUESTION = graphql(
  `
    mutation AddToChallenge($input: AddToChallengeInput!) {
      addToChallenge(input: $input) {
        __typename
        ... on AddToChallengeSuccess {
          challenge {
            ...Question
          }
        }
        ...Refusals
      }
    }
  `,
  [QUESTION, REFUSALS],
);
