import { randomUUID } from 'node:crypto';
import { Rejection, type Actor, type Learner, type Proposal, type Vacancy } from '@meriden/domain';
import { LearnerStore, OrganisationStore, PersistenceModule, ProposalStore, RoundStore, UnitOfWork, VacancyStore } from '@meriden/persistence';
import { loadConfig, PlatformModule } from '@meriden/platform';
import { ProposalService, ServicesModule, VacancyService } from '@meriden/services';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Dice } from '../faults/support/dice.js';
import { aLearner, anOrganisation, aVacancy } from './builders.js';
import type { TestDatabase } from './database.js';
import { aProposal, aRound } from './two-colleges.js';

export type PlacesReport = Readonly<{
  operations: number;
  /** By operation and how it ended: done, or the code of the refusal. */
  ends: Readonly<Record<string, number>>;
  /** Looks from beside, each at one snapshot, taken while the others worked. */
  looks: number;
  anomalies: readonly string[];
}>;

const LEARNERS = 24;
const VACANCIES = 6;
const ROUNDS = 3;
const LANES = 8;
/** Operations between two comparisons of the database with the model. */
const STRETCH = 250;

type Held = { readonly proposal: Proposal; done: number; accepted: boolean };
/** What must be true given every operation that said it was done. */
type Model = { readonly live: Map<string, Held>; readonly openings: Map<string, number>; readonly versions: Map<string, Set<number>> };

@Module({})
class PlacesModule {}

/**
 * Many at once offer, accept, decline and withdraw places and change the number of openings, few places among many; every operation and
 * its end is on record. Nobody may ever see more live proposals than openings or a learner placed twice, and at every pause the
 * database must be what the record says: nothing lost, nothing done that was refused, no two done on one version.
 */
export async function runPlaces(database: TestDatabase, dataDir: string, { count, seed, onStretch }: Readonly<{ count: number; seed: string; onStretch?: (done: number) => void }>): Promise<PlacesReport> {
  const config = { ...loadConfig({ ...process.env, DATABASE_URL: database.ownerUrl, MERIDEN_DATA_DIR: dataDir }), logLevel: 'silent' } as const;
  const imports = [PlatformModule.forRoot(config, 'test'), PersistenceModule.forRoot({ role: 'app', url: config.databaseAppUrl, poolSize: LANES }), ServicesModule.forRoot()];
  const context = await NestFactory.createApplicationContext({ module: PlacesModule, imports }, { logger: false, abortOnError: false });
  try {
    const market = await Market.open(database, context, new Dice(seed));
    for (let done = 0; done < count; done += STRETCH) {
      await market.stretch(Math.min(STRETCH, count - done));
      onStretch?.(Math.min(count, done + STRETCH));
    }
    return market.report();
  } finally {
    await context.close();
  }
}

class Market {
  readonly #ends: Record<string, number> = {};
  readonly #anomalies = new Set<string>();
  #operations = 0;
  #looks = 0;
  readonly #model: Model;

  private constructor(
    private readonly database: TestDatabase,
    private readonly services: INestApplicationContext,
    private readonly dice: Dice,
    private readonly people: readonly Readonly<{ learner: Learner; actor: Actor }>[],
    private readonly vacancies: readonly Vacancy[],
    private readonly host: Actor,
    private readonly operator: Actor,
    private readonly rounds: readonly string[],
  ) {
    this.#model = { live: new Map(), openings: new Map(vacancies.map(({ id, openings }) => [id, openings])), versions: new Map(vacancies.map(({ id }) => [id, new Set()])) };
  }

  static async open(database: TestDatabase, services: INestApplicationContext, dice: Dice): Promise<Market> {
    return database.asOwner(async (tx) => {
      const provider = anOrganisation({ id: randomUUID(), name: 'Provider of the market (fictional)', roles: ['PROVIDER'] });
      const employer = anOrganisation({ id: randomUUID(), name: 'Employer of the market (fictional)', roles: ['EMPLOYER'] });
      const operating = anOrganisation({ id: randomUUID(), name: 'Operator of the market (fictional)', roles: ['OPERATOR'] });
      await new OrganisationStore().insertMany(tx, [provider, employer, operating]);
      const learners = Array.from({ length: LEARNERS }, () => aLearner({ id: randomUUID(), organisationId: provider.id, uln: null, personId: null }));
      for (const learner of learners) await new LearnerStore().insertMany(tx, [learner]);
      const vacancies = Array.from({ length: VACANCIES }, (_, n) => aVacancy({ id: randomUUID(), organisationId: employer.id, state: 'LIVE', openings: 1 + (n % 3) }));
      await new VacancyStore().insertMany(tx, vacancies);
      const rounds = Array.from({ length: ROUNDS }, () => aRound(operating.id));
      for (const round of rounds) await new RoundStore().insert(tx, round, 'the secret');
      const actor = (role: Actor['role'], organisationId: string, learnerId: string | null = null): Actor => ({ personId: randomUUID(), membershipId: randomUUID(), sessionId: randomUUID(), role, organisationId, learnerId });
      return new Market(
        database,
        services,
        dice,
        learners.map((learner) => ({ learner, actor: actor('LEARNER', provider.id, learner.id) })),
        vacancies,
        actor('EMPLOYER', employer.id),
        actor('OPERATOR', operating.id),
        rounds.map(({ id }) => id),
      );
    });
  }

  /** So many operations in eight lanes at once, somebody looking on; then the database is compared with the record. */
  async stretch(count: number): Promise<void> {
    let left = count;
    let working = true;
    const lane = async (): Promise<void> => {
      while (left-- > 0) await this.operate();
    };
    const onlooker = (async () => {
      while (working) await this.look();
    })();
    await Promise.all(Array.from({ length: LANES }, lane));
    working = false;
    await onlooker;
    await this.compare();
  }

  report(): PlacesReport {
    return { operations: this.#operations, ends: this.#ends, looks: this.#looks, anomalies: [...this.#anomalies] };
  }

  private async operate(): Promise<void> {
    this.#operations += 1;
    const roll = this.dice.fraction();
    const [name, work] = roll < 0.4 ? (['offer', () => this.offer()] as const) : roll < 0.65 ? (['accept', () => this.accept()] as const) : roll < 0.8 ? (['decline', () => this.decline()] as const) : roll < 0.9 ? (['withdraw', () => this.withdraw()] as const) : (['openings', () => this.changeOpenings()] as const);
    let end: string;
    try {
      end = await work();
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      end = error.code;
    }
    const key = `${name}: ${end}`;
    this.#ends[key] = (this.#ends[key] ?? 0) + 1;
  }

  private async offer(): Promise<string> {
    const { learner } = this.dice.one(this.people);
    const vacancy = this.dice.one(this.vacancies);
    const proposal = aProposal(aRound(this.operator.organisationId, { id: this.dice.one(this.rounds) }), learner, vacancy, { replyBy: '2099-01-01T00:00:00.000Z' });
    await this.services.get(UnitOfWork).as(this.operator, (tx) => this.services.get(ProposalStore).insertMany(tx, [proposal]));
    this.#model.live.set(proposal.id, { proposal, done: 0, accepted: false });
    return 'done';
  }

  private async accept(): Promise<string> {
    const { held, actor } = this.somebodysProposal();
    if (held === null) return 'nothing to do';
    await this.services.get(ProposalService).accept(actor, { idempotencyKey: randomUUID(), proposalId: held.proposal.id, version: 1 });
    this.answered(held);
    held.accepted = true;
    return 'done';
  }

  private async decline(): Promise<string> {
    const { held, actor } = this.somebodysProposal();
    if (held === null) return 'nothing to do';
    await this.services.get(ProposalService).decline(actor, { idempotencyKey: randomUUID(), proposalId: held.proposal.id, version: 1, reason: 'It is too far to travel.' });
    this.answered(held);
    this.#model.live.delete(held.proposal.id);
    return 'done';
  }

  /** Two that both say they answered one proposal: one of them was lost. */
  private answered(held: Held): void {
    held.done += 1;
    if (held.done > 1) this.#anomalies.add(`proposal ${held.proposal.id} was answered ${held.done} times`);
  }

  /** As the owner: no verb of the product ends a placement yet, and without it the market would soon be full. */
  private async withdraw(): Promise<string> {
    const accepted = [...this.#model.live.values()].filter((held) => held.accepted);
    if (accepted.length === 0) return 'nothing to do';
    const { id } = this.dice.one(accepted).proposal;
    const rows = await this.database.sql(
      `with ended as (update placement set state = 'WITHDRAWN', version = version + 1 where proposal_id = $1 and state = 'AGREED' returning proposal_id)
       select proposal_id from ended`,
      [id],
    );
    if (rows.length === 0) return 'nothing to do';
    await this.database.sql(`update proposal set state = 'DECLINED', version = version + 1 where id = $1`, [id]);
    this.#model.live.delete(id);
    return 'done';
  }

  private async changeOpenings(): Promise<string> {
    const { id } = this.dice.one(this.vacancies);
    const [now] = await this.database.sql<{ version: number }>('select version from vacancy where id = $1', [id]);
    const version = now?.version ?? 0;
    const openings = this.dice.between(1, 4);
    await this.services.get(VacancyService).revise(this.host, { vacancyId: id, version, details: { openings } });
    const versions = this.#model.versions.get(id) as Set<number>;
    if (versions.has(version)) this.#anomalies.add(`vacancy ${id} was changed twice on version ${version}`);
    versions.add(version);
    // Lanes end in another order than they commit in: the highest version counts.
    if (version === Math.max(...versions)) this.#model.openings.set(id, openings);
    return 'done';
  }

  private somebodysProposal(): { held: Held | null; actor: Actor } {
    const open = [...this.#model.live.values()].filter((held) => !held.accepted);
    if (open.length === 0) return { held: null, actor: this.host };
    const held = this.dice.one(open);
    const person = this.people.find(({ learner }) => learner.id === held.proposal.learnerId);
    if (person === undefined) throw new Error('a proposal of nobody');
    return { held, actor: person.actor };
  }

  /** One snapshot from beside, in the midst of it all. */
  private async look(): Promise<void> {
    this.#looks += 1;
    for (const { finding } of await this.database.sql<{ finding: string }>(IMPOSSIBLE)) this.#anomalies.add(finding);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }

  private async compare(): Promise<void> {
    await this.look();
    const rows = await this.database.sql<{ id: string; state: string }>(`select id, state from proposal where state in ('PROPOSED', 'ACCEPTED')`);
    const stored = new Map(rows.map(({ id, state }) => [id, state === 'ACCEPTED']));
    for (const [id, held] of this.#model.live) if (stored.get(id) !== held.accepted) this.#anomalies.add(`proposal ${id} should be ${held.accepted ? 'accepted' : 'open'}, and is ${stored.get(id) ?? 'gone'}`);
    for (const id of stored.keys()) if (!this.#model.live.has(id)) this.#anomalies.add(`proposal ${id} lives though no operation that was done left it so`);
    for (const { id, openings } of await this.database.sql<{ id: string; openings: number }>('select id, openings from vacancy where id = any ($1)', [this.vacancies.map((vacancy) => vacancy.id)])) {
      if (this.#model.openings.get(id) !== openings) this.#anomalies.add(`vacancy ${id} should have ${this.#model.openings.get(id)} openings, and has ${openings}`);
    }
  }
}

const IMPOSSIBLE = `
  select 'vacancy ' || v.id || ' has ' || count(*) || ' live proposals for ' || v.openings || ' openings' as finding
    from proposal p join vacancy v on v.id = p.vacancy_id where p.state in ('PROPOSED', 'ACCEPTED') group by v.id, v.openings having count(*) > v.openings
  union all
  select 'learner ' || learner_id || ' has ' || count(*) || ' active placements' from placement where state in ('AGREED', 'STARTED') group by learner_id having count(*) > 1
  union all
  select 'learner ' || learner_id || ' has ' || count(*) || ' live proposals in one round' from proposal where state in ('PROPOSED', 'ACCEPTED') group by round_id, learner_id having count(*) > 1
  union all
  select 'proposal ' || proposal_id || ' has ' || count(*) || ' placements' from placement group by proposal_id having count(*) > 1`;
