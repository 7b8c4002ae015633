import { randomUUID } from 'node:crypto';
import type { Role } from '@meriden/domain';
import { sha256 } from '@meriden/platform';
import type { TestDatabase } from './database.js';

export type AddedPerson = Readonly<{ personId: string; membershipId: string; email: string }>;

/** People of an organisation, written by SQL past every verb: many in no time. Learners need a record, which several may share here. */
export async function addPeople(database: TestDatabase, count: number, about: Readonly<{ role: Role; organisationId: string; learnerId?: string; passwordHash?: string }>): Promise<readonly AddedPerson[]> {
  const people = Array.from({ length: count }, () => {
    const personId = randomUUID();
    return { personId, membershipId: randomUUID(), email: `${personId}@example.org` };
  });
  const json = JSON.stringify(people);
  await database.sql(
    `insert into person (id, email, name, password_hash, disabled) select "personId", email, 'Test Person', $2, false from jsonb_to_recordset($1::jsonb) as p("personId" uuid, email text)`,
    [json, about.passwordHash ?? null],
  );
  await database.sql(
    `insert into membership (id, person_id, organisation_id, role, learner_id) select "membershipId", "personId", $2, $3, $4::uuid from jsonb_to_recordset($1::jsonb) as p("personId" uuid, "membershipId" uuid)`,
    [json, about.organisationId, about.role, about.learnerId ?? null],
  );
  return people;
}

/** A bearer session of a day, written by SQL. @returns its token */
export async function sessionBySql(database: TestDatabase, membershipId: string): Promise<string> {
  const token = `${randomUUID()}${randomUUID()}`;
  await database.sql(`insert into session (id, token_hash, membership_id, kind, created_at, expires_at) values ($1, $2, $3, 'BEARER', now(), now() + interval '1 day')`, [randomUUID(), sha256(token), membershipId]);
  return token;
}
