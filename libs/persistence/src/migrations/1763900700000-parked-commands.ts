import type { MigrationInterface, QueryRunner } from 'typeorm';

const OPERATOR = `(select nullif(current_setting('meriden.role', true), '')) = 'OPERATOR'`;

/** An operator may take up again what was parked: that column by column, from DEAD to ACCEPTED and in no other way. */
export class ParkedCommands1763900700000 implements MigrationInterface {
  readonly name = 'ParkedCommands1763900700000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [
      'grant update (state, attempts, dead_reason, done_at) on command to meriden_app',
      `create policy app_update on command for update to meriden_app using (${OPERATOR} and state = 'DEAD') with check (${OPERATOR} and state = 'ACCEPTED')`,
      // Which row is a command's, and whether it rang; not what it rings for.
      'grant select (command_id), update (sent_at, sends, next_send_at) on outbox to meriden_app',
      `create policy app_select on outbox for select to meriden_app using (${OPERATOR})`,
      `create policy app_update on outbox for update to meriden_app using (${OPERATOR}) with check (${OPERATOR} and sent_at is null)`,
      'grant update (state, ended_at) on scoring_run to meriden_app',
      `create policy app_update on scoring_run for update to meriden_app using (${OPERATOR} and state = 'FAILED') with check (${OPERATOR} and state = 'RUNNING')`,
      // Lists are read newest first, those that are parked above all.
      'create index command_created_at_idx on command (created_at)',
      `create index command_dead_idx on command (created_at) where state = 'DEAD'`,
    ]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const sql of [
      'drop index command_dead_idx',
      'drop index command_created_at_idx',
      'drop policy app_update on scoring_run',
      'revoke update (state, ended_at) on scoring_run from meriden_app',
      'drop policy app_update on outbox',
      'drop policy app_select on outbox',
      'revoke select (command_id), update (sent_at, sends, next_send_at) on outbox from meriden_app',
      'drop policy app_update on command',
      'revoke update (state, attempts, dead_reason, done_at) on command from meriden_app',
    ]) await runner.query(sql);
  }
}
