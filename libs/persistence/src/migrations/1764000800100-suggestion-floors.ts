import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The lowest fit of each list is asked for whenever a vacancy changes, of thousands of learners at once: it stands in an index, or every wide row would be read for one number. */
export class SuggestionFloors1764000800100 implements MigrationInterface {
  readonly name = 'SuggestionFloors1764000800100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index suggestion_learner_id_fit_key_idx on suggestion (learner_id, fit_key)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index suggestion_learner_id_fit_key_idx');
  }
}
