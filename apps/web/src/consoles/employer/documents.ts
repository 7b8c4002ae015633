import { graphql, type ResultOf } from '../../gql/graphql.js';
import { REFUSALS } from '../../gql/refusals.js';

const VACANCY = graphql(`
  fragment HireVacancy on Vacancy {
    __typename
    id
    version
    state
    title
    description
    openings
    startsOn
    endsOn
    weekdays
    hoursPerWeek
    totalHours
    remoteShare
    pay
    hourlyPence
    levelFrom
    levelTo
    programmeKinds
    checksNeeded
    deliveryApproach
    hazards
    adjustmentsOffered
    fundingRequired
    campus {
      id
      key
      name
      shortName
      statusNote
    }
    skills {
      need
      skill {
        id
        key
        label
        kind
        cluster
      }
    }
  }
`);
export type HireVacancy = ResultOf<typeof VACANCY>;

export const MY_VACANCIES = graphql(
  `
    query MyVacancies($organisationId: ID!) {
      vacancies(first: 60, filter: { organisationId: $organisationId, states: [DRAFT, LIVE, CLOSED] }) {
        nodes {
          ...HireVacancy
        }
      }
      proposals(first: 60) {
        nodes {
          id
          state
          replyBy
          vacancy {
            id
          }
        }
      }
    }
  `,
  [VACANCY],
);

export const ONE_VACANCY = graphql(
  `
    query HireVacancyById($id: ID!) {
      vacancy(id: $id) {
        ...HireVacancy
      }
    }
  `,
  [VACANCY],
);

export const POST_VACANCY = graphql(
  `
    mutation PostVacancy($input: PostVacancyInput!) {
      postVacancy(input: $input) {
        __typename
        ... on PostVacancySuccess {
          vacancy {
            ...HireVacancy
          }
        }
        ...Refusals
      }
    }
  `,
  [VACANCY, REFUSALS],
);

export const REVISE_VACANCY = graphql(
  `
    mutation ReviseVacancy($input: ReviseVacancyInput!) {
      reviseVacancy(input: $input) {
        __typename
        ... on ReviseVacancySuccess {
          vacancy {
            ...HireVacancy
          }
        }
        ...Refusals
      }
    }
  `,
  [VACANCY, REFUSALS],
);

export const PUBLISH_VACANCY = graphql(
  `
    mutation PublishVacancy($input: PublishVacancyInput!) {
      publishVacancy(input: $input) {
        __typename
        ... on PublishVacancySuccess {
          vacancy {
            ...HireVacancy
          }
        }
        ...Refusals
      }
    }
  `,
  [VACANCY, REFUSALS],
);

export const CLOSE_VACANCY = graphql(
  `
    mutation CloseVacancy($input: CloseVacancyInput!) {
      closeVacancy(input: $input) {
        __typename
        ... on CloseVacancySuccess {
          vacancy {
            ...HireVacancy
          }
        }
        ...Refusals
      }
    }
  `,
  [VACANCY, REFUSALS],
);

export const CHOICES = graphql(`
  query PostingChoices {
    campuses(holdsVacancies: true) {
      id
      key
      name
      status
      statusNote
    }
    skills {
      id
      key
      label
      kind
      cluster
    }
  }
`);
export type Choices = ResultOf<typeof CHOICES>;

export const CANDIDATES = graphql(`
  query Candidates($first: Int!, $after: String) {
    candidates(first: $first, after: $after) {
      nodes {
        __typename
        id
        pseudonym
        level
        qualification {
          id
          shortTitle
          programmeKind
        }
        entryPoint {
          key
          label
        }
        skills {
          evidence
          source
          skill {
            id
            key
            label
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    rounds(first: 5) {
      nodes {
        id
        name
        state
        rules {
          preferencesCloseAt
        }
      }
    }
  }
`);
export type Candidate = ResultOf<typeof CANDIDATES>['candidates']['nodes'][number];

const RANKING = graphql(`
  fragment HireRanking on EmployerPreference {
    __typename
    id
    version
    submittedAt
    receipt
    groups {
      rank
      candidates {
        id
        pseudonym
      }
    }
  }
`);

export const HIRE_RANKING = graphql(
  `
    query HireRanking($roundId: ID!) {
      employerPreference(roundId: $roundId) {
        ...HireRanking
      }
    }
  `,
  [RANKING],
);

export const RANK_CANDIDATES = graphql(
  `
    mutation RankCandidates($input: RankCandidatesInput!) {
      rankCandidates(input: $input) {
        __typename
        ... on RankCandidatesSuccess {
          preference {
            ...HireRanking
          }
        }
        ...Refusals
      }
    }
  `,
  [RANKING, REFUSALS],
);

const ANSWER = graphql(`
  fragment EligibilityAnswer on EligibilityQuestion {
    __typename
    id
    answeredAt
    answer {
      eligible
      wellSuited
      shutOutBy {
        code
        learners
        rule
      }
      ifTrained {
        adds
        skill {
          id
          label
        }
      }
    }
  }
`);
export type EligibilityAnswer = NonNullable<ResultOf<typeof ANSWER>['answer']>;

export const ASK_ELIGIBILITY = graphql(
  `
    mutation AskEligibility($input: AskEligibilityInput!) {
      askEligibility(input: $input) {
        __typename
        ... on AskEligibilitySuccess {
          question {
            ...EligibilityAnswer
          }
        }
        ...Refusals
      }
    }
  `,
  [ANSWER, REFUSALS],
);

export const ELIGIBILITY = graphql(
  `
    query EligibilityOf($id: ID!) {
      eligibility(id: $id) {
        ...EligibilityAnswer
      }
    }
  `,
  [ANSWER],
);
