import { graphql, type ResultOf } from '../../gql/graphql.js';
import { REFUSALS } from '../../gql/refusals.js';

export const PROFILE = graphql(`
  fragment Profile on Learner {
    __typename
    id
    version
    stage
    givenName
    level
    outcode
    travelModes
    maxTravelMinutes
    requiredHours
    interests
    adjustmentsNeeded
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
        key
        label
        cluster
      }
    }
    checks {
      kind
      expiresOn
    }
    qualification {
      id
      title
    }
    provider {
      id
      name
    }
  }
`);
export type Profile = ResultOf<typeof PROFILE>;

export const MY_PROFILE = graphql(
  `
    query MyProfile {
      viewer {
        learner {
          ...Profile
        }
      }
    }
  `,
  [PROFILE],
);

export const REVISE_PROFILE = graphql(
  `
    mutation ReviseProfile($input: ReviseProfileInput!) {
      reviseProfile(input: $input) {
        __typename
        ... on ReviseProfileSuccess {
          learner {
            ...Profile
          }
        }
        ...Refusals
      }
    }
  `,
  [PROFILE, REFUSALS],
);

export const SKILLS = graphql(`
  query Skills {
    skills {
      id
      key
      label
      kind
      cluster
      synonyms
    }
  }
`);
export type SkillRow = ResultOf<typeof SKILLS>['skills'][number];

const CARD = graphql(`
  fragment MatchCard on Suggestion {
    __typename
    id
    rank
    score
    gates {
      code
      state
      rule
      detail
      remedy
    }
    terms {
      code
      weight
      value
      contribution
      evidence
      missing
    }
    policyVersion
    inputHash
    scoredAt
    vacancy {
      id
      title
      state
      openings
      startsOn
      endsOn
      weekdays
      hoursPerWeek
      pay
      hourlyPence
      employer {
        id
        name
      }
      campus {
        id
        shortName
        status
        statusNote
      }
    }
  }
`);
export type MatchCard = ResultOf<typeof CARD>;

export const MY_MATCHES = graphql(
  `
    query MyMatches($first: Int!) {
      viewer {
        learner {
          id
          stage
          maxTravelMinutes
          suggestions(first: $first) {
            nodes {
              ...MatchCard
            }
          }
        }
      }
    }
  `,
  [CARD],
);

export const SUGGESTIONS_CHANGED = graphql(
  `
    subscription SuggestionsChanged($learnerId: ID!, $after: String) {
      suggestionsChanged(learnerId: $learnerId, after: $after) {
        resumeToken
        best {
          id
          rank
          score
        }
      }
    }
  `,
);

export const VACANCY = graphql(`
  query LearnerVacancy($id: ID!) {
    vacancy(id: $id) {
      id
      title
      description
      state
      openings
      startsOn
      endsOn
      weekdays
      hoursPerWeek
      totalHours
      remoteShare
      pay
      hourlyPence
      checksNeeded
      adjustmentsOffered
      hazards
      levelFrom
      levelTo
      employer {
        id
        name
      }
      campus {
        id
        name
        statusNote
      }
      skills {
        need
        skill {
          id
          label
        }
      }
    }
  }
`);

export const MY_ROUNDS = graphql(`
  query MyRounds {
    rounds(first: 10) {
      nodes {
        id
        name
        state
        rules {
          preferencesCloseAt
          replyBy
          lotteryCommitment
        }
      }
    }
  }
`);

const RANKING = graphql(`
  fragment Ranking on LearnerPreference {
    __typename
    id
    version
    submittedAt
    receipt
    groups {
      rank
      vacancies {
        id
        title
        employer {
          id
          name
        }
        campus {
          id
          shortName
        }
      }
    }
    receipts {
      version
      submittedAt
      receipt
    }
  }
`);

export const MY_RANKING = graphql(
  `
    query MyRanking($roundId: ID!) {
      learnerPreference(roundId: $roundId) {
        ...Ranking
      }
    }
  `,
  [RANKING],
);

export const RANK_VACANCIES = graphql(
  `
    mutation RankVacancies($input: RankVacanciesInput!) {
      rankVacancies(input: $input) {
        __typename
        ... on RankVacanciesSuccess {
          preference {
            ...Ranking
          }
        }
        ...Refusals
      }
    }
  `,
  [RANKING, REFUSALS],
);

const OFFER = graphql(`
  fragment Offer on Proposal {
    __typename
    id
    state
    replyBy
    answeredAt
    declineReason
    version
    round {
      id
      name
    }
    vacancy {
      id
      title
      startsOn
      endsOn
      employer {
        id
        name
      }
      campus {
        id
        name
      }
    }
  }
`);
export type Offer = ResultOf<typeof OFFER>;

export const MY_OFFERS = graphql(
  `
    query MyOffers {
      proposals(first: 20) {
        nodes {
          ...Offer
        }
      }
    }
  `,
  [OFFER],
);

export const MY_OUTCOME = graphql(`
  query MyOutcome($roundId: ID!) {
    outcome(roundId: $roundId) {
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

export const ACCEPT = graphql(
  `
    mutation AcceptProposal($input: AcceptProposalInput!) {
      acceptProposal(input: $input) {
        __typename
        ... on AcceptProposalSuccess {
          proposal {
            ...Offer
          }
        }
        ...Refusals
      }
    }
  `,
  [OFFER, REFUSALS],
);

export const DECLINE = graphql(
  `
    mutation DeclineProposal($input: DeclineProposalInput!) {
      declineProposal(input: $input) {
        __typename
        ... on DeclineProposalSuccess {
          proposal {
            ...Offer
          }
        }
        ...Refusals
      }
    }
  `,
  [OFFER, REFUSALS],
);

export const MY_DATA = graphql(`
  query MyData {
    myData {
      held {
        purpose
        basis
        kept
        things {
          says
          special
          keptBecause
        }
      }
      requests {
        id
        kind
        state
        askedAt
        doneAt
        refusal
        copyUntil
      }
    }
  }
`);
export type MyData = ResultOf<typeof MY_DATA>['myData'];

export const ASK_FOR_MY_DATA = graphql(
  `
    mutation AskForMyData($input: AskForMyDataInput!) {
      askForMyData(input: $input) {
        __typename
        ... on AskForMyDataSuccess {
          request {
            id
            state
          }
        }
        ...Refusals
      }
    }
  `,
  [REFUSALS],
);
