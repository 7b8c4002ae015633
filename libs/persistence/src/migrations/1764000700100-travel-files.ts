import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Journey times come from files too: handed in by an operator, or read at the server's own terminal, where nobody is signed in. */
export class TravelFiles1764000700100 implements MigrationInterface {
  readonly name = 'TravelFiles1764000700100';

  async up(runner: QueryRunner): Promise<void> {
    await kinds(runner, ['LEARNERS', 'VACANCIES', 'ORGANISATIONS', 'TRAVEL']);
    await runner.query('alter table travel_import alter column imported_by drop not null');
  }

  /** Fails while a file of journeys or an import from the terminal is kept: neither had a place before. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table travel_import alter column imported_by set not null');
    await kinds(runner, ['LEARNERS', 'VACANCIES', 'ORGANISATIONS']);
  }
}

async function kinds(runner: QueryRunner, allowed: readonly string[]): Promise<void> {
  await runner.query('alter table import_run drop constraint import_run_kind_check');
  await runner.query(`alter table import_run add constraint import_run_kind_check check (kind in (${allowed.map((kind) => `'${kind}'`).join(', ')}))`);
}
