import { graphql, type ResultOf } from '../gql/graphql.js';

const NAMED_SKILL = graphql(`
  fragment NamedSkill on Skill {
    id
    key
    label
    kind
    cluster
  }
`);

export const SKILLS_NAMED = graphql(
  `
    query SkillsNamed($text: String!) {
      skillsNamed(text: $text) {
        ...NamedSkill
      }
    }
  `,
  [NAMED_SKILL],
);

export const SKILLS_HEARD = graphql(
  `
    query SkillsHeard($text: String!) {
      linkSkills(text: $text) {
        skill {
          ...NamedSkill
        }
      }
      skillsNamed(text: $text) {
        ...NamedSkill
      }
    }
  `,
  [NAMED_SKILL],
);
export type NamedSkill = ResultOf<typeof NAMED_SKILL>;
