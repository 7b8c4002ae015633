import { graphql, type ResultOf } from '../../gql/graphql.js';

const ROW = graphql(`
  fragment HiddenRow on RegionRow {
    key
    label
    count
    fewerThan5
  }
`);
export type HiddenRow = ResultOf<typeof ROW>;

export const REGION = graphql(
  `
    query Region {
      region {
        learners {
          count
          fewerThan5
        }
        placements {
          count
          fewerThan5
        }
        byStage {
          ...HiddenRow
        }
        byProgramme {
          ...HiddenRow
        }
        byProvider {
          ...HiddenRow
        }
        byFundingSource {
          ...HiddenRow
        }
        placementsByCampus {
          ...HiddenRow
        }
        placementsByHome {
          ...HiddenRow
        }
        bySkillGroup {
          ...HiddenRow
        }
        openingsByCampus {
          key
          label
          vacancies
          openings
        }
      }
      launchFigures {
        key
        label
        value
        unit
        scope
        byYear
        provenance {
          source
          certainty
          certaintyNote
        }
      }
    }
  `,
  [ROW],
);

/** Vacancies are read in pages; their skills give the openings each skill group asks for. */
export const ASKED_SKILLS = graphql(`
  query AskedSkills($first: Int!, $after: String) {
    vacancies(first: $first, after: $after) {
      nodes {
        id
        openings
        campus {
          id
          shortName
        }
        skills {
          need
          skill {
            id
            cluster
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
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
export type AskedSkills = ResultOf<typeof ASKED_SKILLS>;
