import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tries of a command that ended because a server went away are counted apart from those that it failed by itself. */
export class InterruptedTries1764000300000 implements MigrationInterface {
  readonly name = 'InterruptedTries1764000300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table command add column interruptions integer not null default 0');
    // Whoever starts parked work again forgets both counts.
    await runner.query('grant update (interruptions) on command to meriden_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table command drop column interruptions');
  }
}
