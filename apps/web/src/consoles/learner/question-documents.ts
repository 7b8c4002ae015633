import { graphql } from '../../gql/graphql.js';
import { REFUSALS } from '../../gql/refusals.js';
import { QUESTION } from '../../parts/question-documents.js';

export const DOORS = graphql(`
  query Doors($learnerId: ID!, $vacancyId: ID!) {
    doors(learnerId: $learnerId, vacancyId: $vacancyId) {
      doors {
        kind
        value
        advice
        scoreChange
        newlyOpenCount
      }
    }
  }
`);

export const MY_QUESTIONS = graphql(
  `
    query MyQuestions($first: Int!) {
      scoreChallenges(first: $first) {
        nodes {
          ...Question
        }
      }
    }
  `,
  [QUESTION],
);

export const CONTEST = graphql(
  `
    mutation ContestScore($input: ContestScoreInput!) {
      contestScore(input: $input) {
        __typename
        ... on ContestScoreSuccess {
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

export const WITHDRAW_QUESTION = graphql(
  `
    mutation WithdrawChallenge($input: WithdrawChallengeInput!) {
      withdrawChallenge(input: $input) {
        __typename
        ... on WithdrawChallengeSuccess {
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
