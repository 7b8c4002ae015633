import { graphql, type ResultOf } from '../../gql/graphql.js';
import { REFUSALS } from '../../gql/refusals.js';
import { QUESTION } from '../../parts/question-documents.js';

export const QUESTIONS = graphql(
  `
    query CollegeQuestions($first: Int!) {
      scoreChallenges(first: $first) {
        nodes {
          ...Question
          learner {
            id
            givenName
            familyName
          }
        }
      }
    }
  `,
  [QUESTION],
);
export type QuestionRow = ResultOf<typeof QUESTIONS>['scoreChallenges']['nodes'][number];

export const TAKE_UP = graphql(
  `
    mutation AcknowledgeChallenge($input: AcknowledgeChallengeInput!) {
      acknowledgeChallenge(input: $input) {
        __typename
        ... on AcknowledgeChallengeSuccess {
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

export const DECIDE = graphql(
  `
    mutation DecideChallenge($input: DecideChallengeInput!) {
      decideChallenge(input: $input) {
        __typename
        ... on DecideChallengeSuccess {
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
