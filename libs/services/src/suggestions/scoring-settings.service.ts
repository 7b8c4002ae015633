import { Injectable } from '@nestjs/common';
import {
  Rejection,
  assertDecidable,
  assertReason,
  notFound,
  versionConflict,
  wrongState,
  type Actor,
  type CommandId,
  type ScoringRun,
  type SkillAlias,
  type SkillId,
  type TravelCell,
  type TravelImport,
  type WeightVersion,
} from '@meriden/domain';
import { LearnerStore, ScoringEditionStore, VacancyStore, type Tx } from '@meriden/persistence';
import { uuid } from '@meriden/platform';
import { EMPLOYER_TERM_CODES, TERM_CODES, policyFaults, type Policy } from '@meriden/scoring';
import { Desk, type Doer } from '../desk.js';
import { ReferenceService } from '../reference.service.js';
import { ScoringEditions, policyOf } from './scoring-editions.js';
import { ScoringService } from './scoring.service.js';
import { shadowReport } from './shadow-report.js';
import { Faults, shown } from '../validate/faults.js';
import { cellKey, checkJourney, type Journey } from '../validate/journey.js';

/** Up to so many learners are scored one by one when a name of a skill changes; more are a run over the region. */
const ONE_BY_ONE = 200;
const MOST_CELLS = 20_000;
/** Learners whose lists a shadow run compares, spread over everybody by a digest of their ids. */
const SHADOW_LEARNERS = 300;

/** What an operator may change about how scores come about; each change has a number, and every process picks it up with its next score. */
@Injectable()
export class ScoringSettingsService {
  constructor(
    private readonly desk: Desk,
    private readonly store: ScoringEditionStore,
    private readonly learners: LearnerStore,
    private readonly vacancies: VacancyStore,
    private readonly reference: ReferenceService,
    private readonly editions: ScoringEditions,
    private readonly scoring: ScoringService,
  ) {}

  /** A further name of a skill. Texts read from now on know it; learners who hold the skill are scored anew. */
  async addAlias(actor: Actor, input: Readonly<{ idempotencyKey: string; skillId: SkillId; alias: string; reason: string }>): Promise<SkillAlias> {
    const { idempotencyKey, ...request } = input;
    return this.desk.writeOnce(actor, 'change how scores come about', { operation: 'addSkillAlias', idempotencyKey, input: request }, async (tx) => {
      const faults = new Faults();
      faults.known('skillId', input.skillId, this.reference.hasSkill(input.skillId), 'skill');
      const alias = faults.text('alias', input.alias, { min: 2, max: 100 });
      faults.text('reason', input.reason, { min: 0, max: 500 });
      faults.refuseIfAny();
      const reason = assertReason(input.reason, 'A new name of a skill');
      if ((await this.store.aliases(tx)).some((held) => held.alias.toLowerCase() === alias.toLowerCase())) {
        throw new Rejection({
          code: 'ALREADY_EXISTS',
          message: `${shown(alias)} is a name of a skill already.`,
          rule: 'One name leads to one skill.',
          remedy: 'Retire the name first where it should lead elsewhere.',
          path: ['input', 'alias'],
        });
      }
      const held = this.reference.skillCalled(alias);
      if (held !== null && held !== input.skillId) {
        throw new Rejection({
          code: 'ALREADY_EXISTS',
          message: `${shown(alias)} is what ${shown(this.reference.skill(held)?.label ?? held)} is called.`,
          rule: 'One name leads to one skill.',
          remedy: 'Give a name that no other skill has as its label, or as another name in the taxonomy.',
          path: ['input', 'alias'],
        });
      }
      const added: SkillAlias = {
        id: uuid(),
        skillId: input.skillId,
        alias,
        reason,
        since: await this.store.next(tx, 'aliases'),
        until: null,
        addedBy: actor.personId,
        addedAt: this.desk.clock.now(),
        retiredBy: null,
        retiredAt: null,
      };
      await this.store.addAlias(tx, added);
      await this.desk.record(tx, actor, 'added a name of', 'skill', input.skillId, { alias: added.id, edition: added.since });
      await this.rescore(tx, actor, input.skillId);
      return added;
    });
  }

  async retireAlias(actor: Actor, input: Readonly<{ aliasId: string }>): Promise<SkillAlias> {
    return this.desk.write(actor, 'change how scores come about', async (tx) => {
      const held = await this.store.alias(tx, input.aliasId);
      if (held === null) throw notFound('skill alias', ['input', 'aliasId']);
      if (held.until !== null) throw wrongState('skill alias', 'retired', 'retired', ['in use']);
      const retired: SkillAlias = { ...held, until: await this.store.next(tx, 'aliases'), retiredBy: actor.personId, retiredAt: this.desk.clock.now() };
      await this.store.retireAlias(tx, retired);
      await this.desk.record(tx, actor, 'retired a name of', 'skill', held.skillId, { alias: held.id, edition: retired.until });
      await this.rescore(tx, actor, held.skillId);
      return retired;
    });
  }

  /** Real minutes in place of estimates, cell by cell, all or nothing. A coordinate given with a row must lie near its outcode. */
  async importTravel(actor: Actor, input: Readonly<{ idempotencyKey: string; source: string; rows: readonly Journey[] }>): Promise<Readonly<{ imported: TravelImport; run: ScoringRun }>> {
    const { idempotencyKey, ...request } = input;
    return this.desk.writeOnce(actor, 'change how scores come about', { operation: 'importTravel', idempotencyKey, input: request }, async (tx) => {
      this.checkTravel(input);
      return this.storeJourneys(tx, actor, input.source.trim(), input.rows.map(({ outcode, campusId, mode, minutes }) => ({ outcode, campusId, mode: mode as TravelCell['mode'], minutes })));
    });
  }

  /** The newest imported value of every cell. */
  journeys(tx: Tx): Promise<TravelCell[]> {
    return this.store.cells(tx);
  }

  /** Checked cells become the next edition of the journeys: the next score reads them, and everybody is scored anew. */
  async storeJourneys(tx: Tx, doer: Doer, source: string, rows: readonly Omit<TravelCell, 'edition'>[]): Promise<Readonly<{ imported: TravelImport; run: ScoringRun }>> {
    const edition = await this.store.next(tx, 'travel');
    const imported: TravelImport = { edition, source, cells: rows.length, importedBy: doer.personId, importedAt: this.desk.clock.now() };
    await this.store.importCells(tx, imported, rows.map((row): TravelCell => ({ ...row, edition })));
    await this.desk.record(tx, doer, 'imported', 'travel', String(edition), { cells: rows.length });
    return { imported, run: await this.scoring.startRun(tx, doer) };
  }

  async travelImports(tx: Tx, actor: Actor): Promise<TravelImport[]> {
    this.desk.permit(actor, 'change how scores come about');
    return this.store.imports(tx);
  }

  /** What scores are computed with now. */
  async inForce(tx: Tx): Promise<Readonly<{ policy: Policy; referenceVersion: string }>> {
    const { policy, reference } = await this.editions.current(tx);
    return { policy, referenceVersion: reference.version };
  }

  /** New weights, on trial: the worker computes who would move before anybody decides. */
  async proposeWeights(
    actor: Actor,
    input: Readonly<{ idempotencyKey: string; weights: Readonly<Record<string, number>>; employerWeights: Readonly<Record<string, number>>; reason: string }>,
  ): Promise<WeightVersion> {
    const { idempotencyKey, ...request } = input;
    return this.desk.writeOnce(actor, 'change how scores come about', { operation: 'proposeWeights', idempotencyKey, input: request }, async (tx) => {
      const faults = new Faults();
      codes(faults, 'weights', input.weights, TERM_CODES);
      codes(faults, 'employerWeights', input.employerWeights, EMPLOYER_TERM_CODES);
      faults.text('reason', input.reason, { min: 0, max: 2_000 });
      faults.refuseIfAny();
      const reason = assertReason(input.reason, 'A proposal of weights');
      const number = (await this.store.lastNumber(tx)) + 1;
      for (const fault of policyFaults(policyOf({ ...input, number }))) {
        faults.add('OUT_OF_RANGE', fault.startsWith('employer') ? 'employerWeights' : 'weights', `${fault}.`, 'Weights are whole basis points that add to 10,000 on each side, so that contributions add up to the score.', 'Change the weights until each side adds to 10,000.');
      }
      faults.refuseIfAny();
      const version: WeightVersion = {
        number,
        state: 'PROPOSED',
        weights: input.weights,
        employerWeights: input.employerWeights,
        reason,
        report: null,
        proposedBy: actor.personId,
        proposedAt: this.desk.clock.now(),
        decidedBy: null,
        decidedAt: null,
        decisionReason: null,
      };
      await this.store.propose(tx, version);
      await this.desk.record(tx, actor, 'proposed', 'weights', String(number));
      await this.desk.dispatch(tx, actor, 'shadow-weights', { number });
      return version;
    });
  }

  /** A second person approves or rejects; approved weights are in force with the next score, and the region is scored anew. */
  async decideWeights(actor: Actor, input: Readonly<{ number: number; approve: boolean; reason: string }>): Promise<WeightVersion> {
    return this.desk.write(actor, 'change how scores come about', async (tx) => {
      const reason = assertReason(input.reason, 'A decision about weights');
      const held = await this.store.weights(tx, input.number);
      if (held === null) throw notFound('weight version', ['input', 'number']);
      assertDecidable(held, actor.personId);
      const decided: WeightVersion = { ...held, state: input.approve ? 'ACTIVE' : 'REJECTED', decidedBy: actor.personId, decidedAt: this.desk.clock.now(), decisionReason: reason };
      if (!(await this.store.decide(tx, decided))) throw versionConflict('weight version', input.number, input.number);
      await this.desk.record(tx, actor, input.approve ? 'approved' : 'rejected', 'weights', String(input.number));
      if (input.approve) await this.scoring.startRun(tx, actor);
      return decided;
    });
  }

  /** The worker's part: the same learners with both weights, and who moves. */
  async shadow(job: Readonly<{ commandId: CommandId; number: number }>): Promise<void> {
    const name = 'shadow-weights';
    const input = await this.desk.uow.asSystem(
      { name },
      async (tx) => {
        const proposed = await this.store.weights(tx, job.number);
        if (proposed === null) return null;
        const ids = (await this.learners.everyone(tx)).map((learner) => learner.id);
        const step = Math.max(1, Math.floor(ids.length / SHADOW_LEARNERS));
        const sample = ids.filter((_, at) => at % step === 0).slice(0, SHADOW_LEARNERS);
        const [now, then] = [await this.editions.current(tx), await this.editions.shadow(tx, policyOf(proposed))];
        return { now, then, learners: await this.learners.byIds(tx, sample), vacancies: await this.vacancies.live(tx) };
      },
      { isolation: 'REPEATABLE READ' },
    );
    const report = input === null ? null : await shadowReport(input.now, input.then, input.learners, input.vacancies, this.desk.clock.today());
    await this.desk.effectOnce({ name, commandId: job.commandId }, async (tx) => {
      if (report !== null) await this.store.report(tx, job.number, report);
    });
  }

  private async rescore(tx: Tx, actor: Actor, skillId: SkillId): Promise<void> {
    const holders = await this.store.holdersOf(tx, skillId, ONE_BY_ONE + 1);
    if (holders.length > ONE_BY_ONE) {
      await this.scoring.startRun(tx, actor);
      return;
    }
    for (const { id, version } of holders) await this.desk.dispatch(tx, actor, 'score-learner', { learnerId: id, version });
  }

  private checkTravel({ source, rows }: Readonly<{ source: string; rows: readonly Journey[] }>): void {
    const faults = new Faults();
    faults.text('source', source, { min: 3, max: 300 });
    if (rows.length === 0) faults.add('FIELD_REQUIRED', 'rows', 'No row is given.', 'An import has at least one row.', 'Give rows of outcode, campus, mode and minutes.');
    faults.distinct('rows', rows.map(cellKey), MOST_CELLS);
    rows.slice(0, MOST_CELLS).forEach((row, at) => checkJourney(faults, row, this.reference, (field) => ['rows', at, field]));
    faults.refuseIfAny();
  }
}

function codes(faults: Faults, side: string, weights: Readonly<Record<string, number>>, wanted: readonly string[]): void {
  for (const code of Object.keys(weights)) if (!wanted.includes(code)) faults.add('FIELD_INVALID', [side, code], `${shown(code)} is no term.`, `One of ${wanted.join(', ')}.`, 'Remove it.');
  for (const code of wanted) if (weights[code] === undefined) faults.add('FIELD_REQUIRED', [side, code], `${code} has no weight.`, `Each of ${wanted.join(', ')} has a weight, which may be 0.`, 'Give it a weight.');
}
