import type { MigrationInterface, QueryRunner } from 'typeorm';

const ORGANISATION = "(select nullif(current_setting('meriden.organisation', true), '')::uuid)";
const ROLE = "(select nullif(current_setting('meriden.role', true), ''))";
const COLLEAGUES = `${ROLE} in ('PROVIDER_STAFF', 'EMPLOYER', 'REGION') and organisation_id = ${ORGANISATION}`;
/** Those whom somebody may invite into their organisation: their own kind, and a college's staff its learners. */
const OWN_KIND = `organisation_id = ${ORGANISATION} and ((${ROLE} in ('PROVIDER_STAFF', 'EMPLOYER', 'REGION') and role = ${ROLE}) or (${ROLE} = 'PROVIDER_STAFF' and role = 'LEARNER'))`;
const ENDS = `(${ROLE} = 'OPERATOR') or (${OWN_KIND})`;
const BEFORE = `(${ROLE} = 'OPERATOR') or (${COLLEAGUES})`;

/** Staff end the memberships that the service lets them end, of their own kind and of a college's learners, and begin none again. */
export class MembershipEnds1764000100000 implements MigrationInterface {
  readonly name = 'MembershipEnds1764000100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter policy app_update on membership using (ended_at is null and (${ENDS})) with check (ended_at is not null and (${ENDS}))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter policy app_update on membership using (${BEFORE}) with check (${BEFORE})`);
  }
}
