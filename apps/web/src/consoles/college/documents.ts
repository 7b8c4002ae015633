import { graphql, type ResultOf } from '../../gql/graphql.js';

const ROW = graphql(`
  fragment CohortFigures on CohortRow {
    key
    label
    learners
    stages {
      stage
      learners
    }
  }
`);
export type CohortFigures = ResultOf<typeof ROW>;

export const BOARD = graphql(
  `
    query Board {
      cohort {
        learners
        stages {
          stage
          learners
        }
        byProgramme {
          ...CohortFigures
        }
        byCampus {
          ...CohortFigures
        }
        byFundingSource {
          ...CohortFigures
        }
        homes {
          placements
          residents
          elsewhere
          unknown
        }
        checkGaps {
          kind
          problem
          expiresOn
          startsOn
          learner {
            id
            givenName
            familyName
          }
        }
        expiring {
          id
          replyBy
          learner {
            id
            givenName
            familyName
          }
          vacancy {
            id
            title
          }
        }
      }
    }
  `,
  [ROW],
);

export const LEARNERS = graphql(`
  query Learners($first: Int!, $after: String, $filter: LearnerFilterInput) {
    learners(first: $first, after: $after, filter: $filter) {
      nodes {
        __typename
        id
        givenName
        familyName
        stage
        consentToMatching
        outcode
        maxTravelMinutes
        travelModes
        availability {
          from
          to
          hoursPerWeek
        }
        skills {
          source
        }
        qualification {
          id
          shortTitle
        }
        bestSuggestions(first: 1) {
          id
          score
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
export type LearnerRow = ResultOf<typeof LEARNERS>['learners']['nodes'][number];
export type Stage = NonNullable<LearnerRow['stage']>;

export const LEARNER = graphql(`
  query CollegeLearner($id: ID!) {
    learner(id: $id) {
      id
      givenName
      familyName
      stage
      level
      outcode
      maxTravelMinutes
      travelModes
      requiredHours
      consentToMatching
      availability {
        from
        to
        weekdays
        hoursPerWeek
      }
      skills {
        evidence
        source
        skill {
          id
          label
        }
      }
      qualification {
        id
        title
      }
      bestSuggestions(first: 5) {
        id
        rank
        score
        policyVersion
        inputHash
        scoredAt
        terms {
          code
          weight
          value
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
        vacancy {
          id
          title
          employer {
            id
            name
          }
        }
      }
    }
  }
`);
export type CollegeLearner = NonNullable<ResultOf<typeof LEARNER>['learner']>;

export const LEARNER_ROUNDS = graphql(`
  query CollegeRounds {
    rounds(first: 5) {
      nodes {
        id
        name
      }
    }
  }
`);

export const LEARNER_OFFERS = graphql(`
  query LearnerOffers($id: ID!) {
    learner(id: $id) {
      id
      proposals(first: 5) {
        nodes {
          id
          state
          replyBy
          declineReason
          vacancy {
            id
            title
          }
        }
      }
    }
  }
`);

export const LEARNER_ROUND = graphql(`
  query LearnerInRound($roundId: ID!, $learnerId: ID!) {
    learnerPreference(roundId: $roundId, learnerId: $learnerId) {
      id
      version
      submittedAt
      receipt
      groups {
        rank
        vacancies {
          id
          title
        }
      }
    }
    outcome(roundId: $roundId, learnerId: $learnerId) {
      id
      rank
      withheld
      withheldReason
      reasons {
        code
        message
        remedy
        vacancy {
          id
          title
        }
      }
      vacancy {
        id
        title
      }
    }
  }
`);

export const PLACES = graphql(`
  query Places($first: Int!, $after: String) {
    campuses(holdsVacancies: true) {
      id
      key
      name
      shortName
      status
      statusNote
      location {
        lat
        lon
        precision
      }
    }
    travelReaches {
      mode
      accessMinutes
      straightMetresPerHour
    }
    vacancies(first: $first, after: $after) {
      nodes {
        id
        openings
        campus {
          id
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
/** The campus of each learner's best match: where one's own learners would go. */
export const WISHES = graphql(`
  query Wishes($first: Int!, $after: String) {
    learners(first: $first, after: $after) {
      nodes {
        __typename
        id
        bestSuggestions(first: 1) {
          id
          vacancy {
            id
            campus {
              id
            }
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
export type Wishes = ResultOf<typeof WISHES>;

export type Places = ResultOf<typeof PLACES>;
