import { Injectable } from '@nestjs/common';
import type { LearnerId } from '@meriden/domain';
import { RETENTION_RULES, RetentionStore } from '@meriden/persistence';
import { Desk } from '../desk.js';
import { PersonalDataService } from './personal-data.service.js';

/** Records erased in one night at most; the rest follow the next nights. */
const RECORDS_A_NIGHT = 500;

type RetentionCounts = Readonly<Record<string, number>>;

/** Deletes what the register says is kept no longer, by its schedule; and says beforehand what it would. */
@Injectable()
export class RetentionService {
  constructor(
    private readonly desk: Desk,
    private readonly store: RetentionStore,
    private readonly people: PersonalDataService,
  ) {}

  /** Rows (for LEARNER_RECORD: records) that each rule would delete now. */
  async dryRun(): Promise<RetentionCounts> {
    return this.desk.uow.asSystem({ name: 'retention-dry-run' }, async (tx) => {
      const counts: Record<string, number> = {};
      for (const rule of RETENTION_RULES) counts[rule] = await this.store.apply(tx, rule, this.desk.clock.now(), true);
      return { ...counts, LEARNER_RECORD: (await this.store.recordsDue(tx, this.desk.clock.today(), RECORDS_A_NIGHT)).length };
    });
  }

  /** Once a day, whichever worker comes first. @returns what was deleted, or null when the day is done already. */
  async runToday(): Promise<RetentionCounts | null> {
    const day = this.desk.clock.today();
    if (!(await this.desk.uow.asSystem({ name: 'retention', objectId: day }, (tx) => this.store.beginDay(tx, day, this.desk.clock.now())))) return null;
    const counts = await this.run();
    await this.desk.uow.asSystem({ name: 'retention', objectId: day }, (tx) => this.store.endDay(tx, day, counts, this.desk.clock.now()));
    return counts;
  }

  /** Each rule in a transaction of its own: one that fails holds up no other, is told at the end, and what was deleted stays deleted. */
  async run(): Promise<RetentionCounts> {
    const counts: Record<string, number> = {};
    let failed: Error | null = null;
    for (const rule of RETENTION_RULES) {
      try {
        counts[rule] = await this.desk.uow.asSystem({ name: 'retention', objectId: rule }, async (tx) => {
          const rows = await this.store.apply(tx, rule, this.desk.clock.now(), false);
          if (rows > 0) await this.desk.record(tx, null, 'deleted by schedule', 'retention', rule, { rows });
          return rows;
        });
      } catch (error) {
        failed ??= error as Error;
      }
    }
    const due = await this.desk.uow.asSystem({ name: 'retention' }, (tx) => this.store.recordsDue(tx, this.desk.clock.today(), RECORDS_A_NIGHT));
    let erased = 0;
    for (const learnerId of due) if (await this.erase(learnerId)) erased++;
    if (failed !== null) throw failed;
    return { ...counts, LEARNER_RECORD: erased };
  }

  private async erase(learnerId: LearnerId): Promise<boolean> {
    const request = await this.desk.uow.asSystem({ name: 'retention', objectId: learnerId }, (tx) => this.people.eraseDue(tx, learnerId));
    return request.state === 'DONE';
  }
}
