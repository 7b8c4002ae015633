import type { MigrationInterface, QueryRunner } from 'typeorm';

const MODES = `'LEARNER_OPTIMAL', 'EMPLOYER_OPTIMAL', 'ROBUST', 'LARGEST', 'RERUN', 'SCORE'`;
const OBJECTIVES = `'SIZE', 'SIZE_COST', 'SIZE_DEGREE', 'SIZE_SQUARED', 'GENEROUS', 'GREEDY_LARGEST', 'GREEDY'`;

/** A round can promise every mode of the matching engine; the objective and the round that a re-run keeps to are part of the promise. */
export class RoundModes1763901100000 implements MigrationInterface {
  readonly name = 'RoundModes1763901100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table round
      add column objective text,
      add column previous_round_id uuid references round,
      drop constraint round_mode_check,
      add constraint round_mode_check check (mode in (${MODES})),
      add constraint round_objective_check check (objective in (${OBJECTIVES}) and (mode = 'SCORE') = (objective is not null)),
      add constraint round_previous_check check ((mode = 'RERUN') = (previous_round_id is not null))`);
    await runner.query(`alter table dry_run drop constraint dry_run_mode_check, add constraint dry_run_mode_check check (mode in (${MODES}))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table dry_run drop constraint dry_run_mode_check, add constraint dry_run_mode_check check (mode in ('LEARNER_OPTIMAL', 'EMPLOYER_OPTIMAL'))`);
    await runner.query(`alter table round drop constraint round_previous_check, drop constraint round_objective_check, drop constraint round_mode_check,
      drop column previous_round_id, drop column objective, add constraint round_mode_check check (mode in ('LEARNER_OPTIMAL'))`);
  }
}
