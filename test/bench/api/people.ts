import { createHash, randomUUID } from 'node:crypto';
import type { Site } from '../../faults/support/site.js';
import { GraphqlClient } from '../../e2e/support/graphql-client.js';

export type Role = 'LEARNER' | 'EMPLOYER' | 'PROVIDER_STAFF' | 'OPERATOR' | 'REGION';
export type Person = Readonly<{ role: Role; client: GraphqlClient; ids: Readonly<Record<string, string>> }>;

/** How many of 200 people play which part. */
const CAST: readonly (readonly [Role, number])[] = [
  ['LEARNER', 130],
  ['EMPLOYER', 40],
  ['PROVIDER_STAFF', 20],
  ['OPERATOR', 6],
  ['REGION', 4],
];

const nodeId = (type: string, key: string): string => Buffer.from(`${type}:${key}`).toString('base64url');

/**
 * 200 people signed in, with the ids that their documents ask for. Laid down by SQL: signing in costs a password hash each, and
 * has a benchmark of its own.
 */
export async function people(site: Site): Promise<readonly Person[]> {
  const [round] = await site.ledger.sql<{ id: string }>('select id from round order by preferences_close_at desc limit 1');
  const [vacancy] = await site.ledger.sql<{ id: string }>(`select id from vacancy where state = 'LIVE' limit 1`);
  const cast: Person[] = [];
  const rows: Readonly<Record<string, string | null>>[] = [];
  for (const [role, count] of CAST) {
    const homes = await homesOf(site, role, count);
    for (let n = 0; n < count; n++) {
      const home = homes[n % homes.length] as (typeof homes)[number];
      const token = `${randomUUID()}${randomUUID()}`;
      const tokenHash = createHash('sha256').update(token).digest('hex');
      rows.push({ personId: randomUUID(), membershipId: randomUUID(), sessionId: randomUUID(), tokenHash, role, organisationId: home.organisationId, learnerId: role === 'LEARNER' ? home.learnerId : null });
      cast.push({
        role,
        client: new GraphqlClient(site.origin, token),
        ids: {
          roundId: nodeId('Round', round?.id ?? randomUUID()),
          vacancyId: nodeId('Vacancy', home.vacancyId ?? vacancy?.id ?? randomUUID()),
          learnerId: nodeId('Learner', home.learnerId ?? randomUUID()),
          organisationId: nodeId('Organisation', home.organisationId),
        },
      });
    }
  }
  const given = `from jsonb_to_recordset($1::jsonb) r("personId" uuid, "membershipId" uuid, "sessionId" uuid, "tokenHash" text, role text, "organisationId" uuid, "learnerId" uuid)`;
  for (const sql of [
    `insert into person (id, email, name, disabled) select r."personId", r."personId" || '@bench.example', 'Bench Person (fictional)', false ${given}`,
    `insert into membership (id, person_id, organisation_id, role, learner_id) select r."membershipId", r."personId", r."organisationId", r.role, r."learnerId" ${given}`,
    `insert into session (id, token_hash, membership_id, kind, created_at, expires_at) select r."sessionId", r."tokenHash", r."membershipId", 'BEARER', now(), now() + interval '1 day' ${given}`,
  ]) await site.ledger.sql(sql, [JSON.stringify(rows)]);
  return cast;
}

type Home = Readonly<{ organisationId: string; learnerId: string | null; vacancyId: string | null }>;

async function homesOf(site: Site, role: Role, count: number): Promise<readonly Home[]> {
  switch (role) {
    case 'LEARNER':
      return site.ledger.sql<Home>(
        `select l.organisation_id as "organisationId", l.id as "learnerId", (select s.vacancy_id from suggestion s where s.learner_id = l.id order by rank limit 1) as "vacancyId"
         from learner l where exists (select 1 from suggestion s where s.learner_id = l.id) order by l.id limit $1`,
        [count],
      );
    case 'EMPLOYER':
      return site.ledger.sql<Home>(`select organisation_id as "organisationId", null as "learnerId", min(id::text) as "vacancyId" from vacancy where state = 'LIVE' group by organisation_id order by count(*) desc limit 10`);
    case 'PROVIDER_STAFF':
      return site.ledger.sql<Home>(`select organisation_id as "organisationId", min(id::text) as "learnerId", null as "vacancyId" from learner group by organisation_id order by count(*) desc limit 4`);
    default:
      return site.ledger.sql<Home>(`select organisation_id as "organisationId", null as "learnerId", null as "vacancyId" from membership where role = $1 limit 1`, [role]);
  }
}
