import type { TestDatabase } from './database.js';
import { sessionBySql } from './people.js';
import type { Creator } from './repeats.js';
import type { TwoColleges } from './two-colleges.js';

const REFUSED = '... on Refused { refusals { code message } }';

/** One creator for each kind of thing that a person can make, signed in by SQL. */
export async function creators(database: TestDatabase, { a, operator }: TwoColleges): Promise<readonly Creator[]> {
  const { id: _v, organisationId: _o, state: _s, version: _n, ...details } = a.vacancy;
  const [host, boss] = [await sessionBySql(database, a.host.membershipId), await sessionBySql(database, operator.membershipId)];
  return [
    {
      name: 'postVacancy',
      token: host,
      mutation: `mutation ($input: PostVacancyInput!) { postVacancy(input: $input) { __typename ... on PostVacancySuccess { vacancy { id version title state } } ${REFUSED} } }`,
      input: (title) => ({ publish: false, details: { ...details, title } }),
    },
    {
      name: 'openRound',
      token: boss,
      mutation: `mutation ($input: OpenRoundInput!) { openRound(input: $input) { __typename ... on OpenRoundSuccess { round { id version name rules { lotteryCommitment } } } ${REFUSED} } }`,
      input: (name) => ({ name, mode: 'LEARNER_OPTIMAL', preferencesCloseAt: '2099-01-01T00:00:00.000Z', replyBy: '2099-02-01T00:00:00.000Z' }),
    },
    {
      name: 'createOrganisation',
      token: boss,
      mutation: `mutation ($input: CreateOrganisationInput!) { createOrganisation(input: $input) { __typename ... on CreateOrganisationSuccess { organisation { id name } } ${REFUSED} } }`,
      input: (name) => ({ details: { name, roles: ['EMPLOYER'], fictional: true } }),
    },
  ];
}

/** How many things carry a mark, and how many different marks there are: equal when nothing was made twice. */
export async function madeWith(database: TestDatabase, mark: string): Promise<Readonly<{ things: number; marks: number }>> {
  const [row] = await database.sql<{ things: number; marks: number }>(
    `select count(*)::int as things, count(distinct name)::int as marks from (
       select title as name from vacancy union all select name from round union all select name from organisation) made where starts_with(name, $1)`,
    [`${mark} `],
  );
  return row ?? { things: 0, marks: 0 };
}
