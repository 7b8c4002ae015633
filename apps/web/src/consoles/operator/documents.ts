import { graphql, type ResultOf } from '../../gql/graphql.js';
import { REFUSALS } from '../../gql/refusals.js';

const TRIAL = graphql(`
  fragment RoundTrial on DryRun {
    __typename
    id
    mode
    state
    stage
    askedAt
    learners
    vacancies
    matched
    rankCounts
    tookMs
    failure
  }
`);
export type RoundTrial = ResultOf<typeof TRIAL>;

const ROUND = graphql(
  `
  fragment RunRound on Round {
    __typename
    id
    name
    state
    stage
    attempt
    matched
    unmatched
    publishReason
    publishedAt
    failure
    filePath
    version
    solveAskedAt
    mayPublish
    dryRuns {
      ...RoundTrial
    }
    rules {
      mode
      objective
      preferencesCloseAt
      replyBy
      lotteryCommitment
    }
    previousRound {
      name
    }
    certificate {
      valid
      inputHash
      policyVersion
    }
  }
`,
  [TRIAL],
);
export type RunRound = ResultOf<typeof ROUND>;

export const ROUNDS = graphql(
  `
    query Rounds {
      rounds(first: 30) {
        nodes {
          ...RunRound
        }
      }
    }
  `,
  [ROUND],
);

export const ROUND_BY_ID = graphql(
  `
    query RoundById($id: ID!) {
      round(id: $id) {
        ...RunRound
      }
    }
  `,
  [ROUND],
);

export const COMPARISON = graphql(`
  query Comparison($id: ID!, $first: Int!) {
    round(id: $id) {
      id
      comparison {
        moved
        betterInA
        betterInB
        placedOnlyInA
        placedOnlyInB
        differences(first: $first) {
          learner {
            id
            givenName
            familyName
          }
          a {
            id
            title
          }
          aRank
          b {
            id
            title
          }
          bRank
        }
      }
    }
  }
`);

export const START_DRY_RUN = graphql(
  `
    mutation StartDryRun($input: StartDryRunInput!) {
      startDryRun(input: $input) {
        __typename
        ... on StartDryRunSuccess {
          dryRun {
            ...RoundTrial
          }
          round {
            ...RunRound
          }
        }
        ...Refusals
      }
    }
  `,
  [TRIAL, ROUND, REFUSALS],
);

export const CANCEL_DRY_RUN = graphql(
  `
    mutation CancelDryRun($input: CancelDryRunInput!) {
      cancelDryRun(input: $input) {
        __typename
        ... on CancelDryRunSuccess {
          dryRun {
            ...RoundTrial
          }
        }
        ...Refusals
      }
    }
  `,
  [TRIAL, REFUSALS],
);

export const CALL_OFF = graphql(
  `
    mutation CallOffSolving($input: CallOffSolvingInput!) {
      callOffSolving(input: $input) {
        __typename
        ... on CallOffSolvingSuccess {
          round {
            ...RunRound
          }
        }
        ...Refusals
      }
    }
  `,
  [ROUND, REFUSALS],
);

export const OUTCOMES = graphql(`
  query Outcomes($id: ID!, $first: Int!, $after: String) {
    round(id: $id) {
      id
      outcomes(first: $first, after: $after) {
        nodes {
          id
          rank
          withheld
          withheldReason
          learner {
            id
            givenName
            familyName
          }
          vacancy {
            id
            title
          }
          reasons {
            message
            remedy
            vacancy {
              id
              title
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);
export type OutcomeRow = NonNullable<ResultOf<typeof OUTCOMES>['round']>['outcomes']['nodes'][number];

export const PROGRESS = graphql(
  `
    subscription RoundProgress($roundId: ID!, $after: String) {
      roundProgress(roundId: $roundId, after: $after) {
        resumeToken
        round {
          ...RunRound
        }
      }
    }
  `,
  [ROUND],
);

export const OPEN_ROUND = graphql(
  `
    mutation OpenRound($input: OpenRoundInput!) {
      openRound(input: $input) {
        __typename
        ... on OpenRoundSuccess {
          round {
            ...RunRound
          }
        }
        ...Refusals
      }
    }
  `,
  [ROUND, REFUSALS],
);

export const FREEZE_ROUND = graphql(
  `
    mutation FreezeRound($input: FreezeRoundInput!) {
      freezeRound(input: $input) {
        __typename
        ... on FreezeRoundSuccess {
          round {
            ...RunRound
          }
        }
        ...Refusals
      }
    }
  `,
  [ROUND, REFUSALS],
);

export const SOLVE_ROUND = graphql(
  `
    mutation SolveRound($input: SolveRoundInput!) {
      solveRound(input: $input) {
        __typename
        ... on SolveRoundSuccess {
          round {
            ...RunRound
          }
        }
        ...Refusals
      }
    }
  `,
  [ROUND, REFUSALS],
);

export const PUBLISH_ROUND = graphql(
  `
    mutation PublishRound($input: PublishRoundInput!) {
      publishRound(input: $input) {
        __typename
        ... on PublishRoundSuccess {
          round {
            ...RunRound
          }
        }
        ...Refusals
      }
    }
  `,
  [ROUND, REFUSALS],
);

export const WITHHOLD = graphql(
  `
    mutation WithholdProposal($input: WithholdProposalInput!) {
      withholdProposal(input: $input) {
        __typename
        ... on WithholdProposalSuccess {
          outcome {
            id
            withheld
            withheldReason
          }
        }
        ...Refusals
      }
    }
  `,
  [REFUSALS],
);

const RUN = graphql(`
  fragment Run on ScoringRun {
    __typename
    id
    state
    policyVersion
    learners
    vacancies
    pairs
    chunks
    chunksDone
    startedAt
    endedAt
  }
`);

export const RUNS = graphql(
  `
    query Runs {
      scoringRuns(first: 20) {
        nodes {
          ...Run
        }
      }
    }
  `,
  [RUN],
);

export const SCORE_REGION = graphql(
  `
    mutation ScoreRegion($input: ScoreRegionInput!) {
      scoreRegion(input: $input) {
        __typename
        ... on ScoreRegionSuccess {
          scoringRun {
            ...Run
          }
        }
        ...Refusals
      }
    }
  `,
  [RUN, REFUSALS],
);

export const AUDIT = graphql(`
  query Audit($first: Int!, $after: String, $noun: String, $verb: String) {
    auditEntries(first: $first, after: $after, noun: $noun, verb: $verb) {
      nodes {
        __typename
        id
        at
        verb
        noun
        bySystem
        organisation {
          id
          name
        }
        detail {
          name
          value
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const AUDIT_CHAIN = graphql(`
  query AuditChain {
    auditChain {
      chains
      entries
      signedOn
      unsigned
    }
  }
`);
