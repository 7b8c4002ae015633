import { randomBytes } from 'node:crypto';
import { Rejection, type Actor, type OrganisationId } from '@meriden/domain';
import { Clock } from '@meriden/platform';
import { AccessService, LearnerService, OrganisationService, ReferenceService, RoundService, ScoringService, VacancyService, type OrganisationDetails } from '@meriden/services';
import type { INestApplicationContext } from '@nestjs/common';
import { commandKey } from '../demonstration/command-key.js';
import { account, DEFAULT_SIZE, demonstrationRegion, type Region, type RegionSize } from '../demonstration/region.js';
import type { DemonstrationLearner } from '../demonstration/learners.js';
import { showProgress } from '../terminal/progress.js';
import { AnswerIsNo, EXIT, type Exit, type Terminal } from '../terminal/terminal.js';
import { readDemonstration, writeDemonstration, type DemonstrationFile } from './demonstration-file.js';
import { withServices } from './services.js';

const NOTICE = 'Demonstration data: people and employers are fictional.';
/** The accounts in the order in which they are told. */
const SHOWN = ['operator', 'operator2', 'region', 'college', 'college2', 'employer', 'employer2', 'learner', 'learner2'].map(account);
/** Minutes that the seeding may act for a member of staff. */
const ERRAND_MINUTES = 15;

/**
 * Writes the demonstration region through the services, as the people who would do it: the operator founds and makes
 * organisations and accounts, providers enrol, employers post, the operator opens a round. A seeding that was cut off goes on
 * where it stopped; a region that is there is left alone (exit 1).
 */
export async function seed(terminal: Terminal, wish: Partial<RegionSize>): Promise<Exit> {
  return withServices(async (services, config) => {
    // A file without its database (somebody emptied that) tells nothing any more.
    const written = readDemonstration(config.dataDir);
    const known = written !== null && (await hasOperator(services)) ? written : null;
    const size: RegionSize = { ...DEFAULT_SIZE, ...defined(wish) };
    if (known?.complete) throw new AnswerIsNo('The demonstration region is there already. `npm start -- --fresh` empties the embedded data first.');
    if (known && JSON.stringify(known.size) !== JSON.stringify(size)) throw new AnswerIsNo(`A region of another size was begun here: ${JSON.stringify(known.size)}. Go on with that size, or empty the data with \`npm start -- --fresh\`.`);
    const started = Date.now();
    const file: DemonstrationFile = known ?? { notice: NOTICE, size, asOf: services.get(Clock).today(), password: newPassword(), accounts: [], steps: [], complete: false };
    const region = demonstrationRegion(size, file.asOf, services.get(ReferenceService).data);
    const sower = new Sower(services, terminal, region, file, (next) => writeDemonstration(config.dataDir, next));
    const counted = await sower.sow();
    terminal.answer({ ...counted, seed: size.seed, ms: Date.now() - started });
    terminal.tell(`The demonstration region stands: ${counted.learners} learners, ${counted.vacancies} vacancies, ${counted.openings} openings. ${NOTICE}`);
    return EXIT.done;
  });
}

const hasPassword = ({ email }: DemonstrationLearner): boolean => email === account('learner') || email === account('learner2');
const newPassword = (): string => randomBytes(12).toString('base64url');

async function hasOperator(services: INestApplicationContext): Promise<boolean> {
  try {
    await services.get(AccessService).issueToken(account('operator'), 1);
    return true;
  } catch (error) {
    if (error instanceof Rejection && error.code === 'NOT_FOUND') return false;
    throw error;
  }
}

function defined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, given]) => given !== undefined)) as Partial<T>;
}

class Sower {
  #file: DemonstrationFile;
  #operator: Actor | null = null;
  readonly #access: AccessService;
  readonly #organisations: OrganisationService;

  constructor(
    private readonly services: INestApplicationContext,
    private readonly terminal: Terminal,
    private readonly region: Region,
    file: DemonstrationFile,
    private readonly keep: (file: DemonstrationFile) => void,
  ) {
    this.#file = file;
    this.#access = services.get(AccessService);
    this.#organisations = services.get(OrganisationService);
  }

  async sow(): Promise<Readonly<{ organisations: number; learners: number; vacancies: number; openings: number }>> {
    const { region } = this;
    this.keep(this.#file);
    await this.operator();
    const funder = await this.organisation({ name: region.funder.name, roles: ['FUNDER'] });
    // Whoever has a round solved does not publish it.
    await this.staff('operator2', 'OPERATOR', (await this.operator()).organisationId, account('operator2'), 'Second operator (demo)', true);
    await this.staff('region', 'REGION', funder, account('region'), 'Region desk (demo)', true);
    const openings = await this.sowHosts();
    await this.sowLearners();
    await this.step('round', async () => {
      await this.services.get(RoundService).open(await this.operator(), { idempotencyKey: this.key('round'), mode: 'LEARNER_OPTIMAL', objective: null, previousRoundId: null, ...region.round });
    });
    // One pass for everybody; the worker takes it up as soon as it starts.
    await this.step('scoring', async () => {
      await this.services.get(ScoringService).scoreRegion(await this.operator(), { idempotencyKey: this.key('scoring') });
    });
    this.write({ complete: true });
    return { organisations: region.hosts.length + region.providers.length + 2, learners: region.learners.length, vacancies: this.region.hosts.reduce((sum, host) => sum + host.vacancies.length, 0), openings };
  }

  private async sowHosts(): Promise<number> {
    const progress = showProgress(this.terminal, 'hosts and their vacancies', this.region.hosts.length);
    let openings = 0;
    for (const [i, { host, vacancies, email, contact }] of this.region.hosts.entries()) {
      openings += host.openings;
      await this.step(`host ${host.name}`, async () => {
        const organisation = await this.organisation({ name: host.name, roles: ['EMPLOYER'], fictional: true });
        const shown = email === account('employer') || email === account('employer2');
        await this.staff(`staff of ${host.name}`, 'EMPLOYER', organisation, email, contact, shown);
        await this.services.get(VacancyService).postMany(await this.as(email), vacancies, true, 'LATER');
      });
      progress.to(i + 1);
    }
    progress.end();
    return openings;
  }

  private async sowLearners(): Promise<void> {
    const progress = showProgress(this.terminal, 'learners at their providers', this.region.learners.length);
    let done = 0;
    for (const [i, { ukprn, name }] of this.region.providers.entries()) {
      const own = this.region.learners.filter((learner) => learner.ukprn === ukprn);
      const email = i === 0 ? account('college') : i === 1 ? account('college2') : `staff-${ukprn}@providers.demo.example`;
      await this.step(`provider ${ukprn}`, async () => {
        const provider = await this.organisation({ name, roles: ['PROVIDER'], ukprn });
        await this.staff(`staff of ${ukprn}`, 'PROVIDER_STAFF', provider, email, `Placements office, ${name} (demo)`, i < 2);
        for (const learner of own.filter(hasPassword)) await this.step(learner.email, () => this.enrolWithPassword(email, provider, learner));
        const others = own.filter((learner) => !hasPassword(learner));
        if (others.length > 0) await this.services.get(LearnerService).enrolMany(await this.as(email), others.map(({ ukprn: _ukprn, ...enrolment }) => enrolment), 'LATER');
      });
      done += own.length;
      progress.to(done);
    }
    progress.end();
  }

  /** A learner of the demonstration accounts: the operator makes the account, because enrolment gives no password. */
  private async enrolWithPassword(staff: string, provider: OrganisationId, { ukprn: _ukprn, ...learner }: DemonstrationLearner): Promise<void> {
    const [row] = await this.services.get(LearnerService).enrolMany(await this.as(staff), [{ ...learner, email: null }], 'LATER');
    if (!row) throw new Error('enrolMany gave nothing back');
    const name = `${learner.givenName} ${learner.familyName}`;
    await this.#access.createAccount(await this.operator(), { email: learner.email, name, password: this.#file.password, role: 'LEARNER', organisationId: provider, learnerId: row.id });
    this.write({ accounts: [...this.#file.accounts, { email: learner.email, role: 'LEARNER' }] });
  }

  /** Does a step once, also over several runs. */
  private async step(name: string, work: () => Promise<void>): Promise<void> {
    if (this.#file.steps.includes(name)) return;
    await work();
    this.write({ steps: [...this.#file.steps, name] });
  }

  private async operator(): Promise<Actor> {
    if (this.#operator) return this.#operator;
    const email = account('operator');
    await this.step('operator', async () => {
      const { totpSecret } = await this.#access.found({ organisationName: this.region.operator.name, email, name: 'Operator (demo)', password: this.#file.password, demonstration: true });
      this.write({ accounts: [...this.#file.accounts, { email, role: 'OPERATOR', totpSecret }] });
    });
    this.#operator = await this.as(email);
    return this.#operator;
  }

  private async organisation(wish: Pick<OrganisationDetails, 'name' | 'roles'> & Partial<OrganisationDetails>): Promise<OrganisationId> {
    const details: OrganisationDetails = { ukprn: null, odsCode: null, fictional: false, roundCapacity: null, ...wish };
    const made = await this.#organisations.create(await this.operator(), { idempotencyKey: this.key(`organisation ${wish.ukprn ?? wish.name}`), details });
    return made.id;
  }

  private async staff(step: string, role: 'EMPLOYER' | 'PROVIDER_STAFF' | 'REGION' | 'OPERATOR', organisationId: OrganisationId, email: string, name: string, shown: boolean): Promise<void> {
    await this.step(step, async () => {
      const password = shown ? this.#file.password : null;
      const { totpSecret } = await this.#access.createAccount(await this.operator(), { email, name, password, role, organisationId, learnerId: null });
      if (shown) this.write({ accounts: [...this.#file.accounts, { email, role, ...(totpSecret === null ? {} : { totpSecret }) }] });
    });
  }

  private async as(email: string): Promise<Actor> {
    return (await this.#access.issueToken(email, ERRAND_MINUTES)).actor;
  }

  private write(change: Partial<DemonstrationFile>): void {
    const changed = { ...this.#file, ...change };
    this.#file = { ...changed, accounts: changed.accounts.toSorted((a, b) => SHOWN.indexOf(a.email) - SHOWN.indexOf(b.email)) };
    this.keep(this.#file);
  }

  /** The same command of the same region has the same key, so that a seeding cut off between commit and note does it once. */
  private key(label: string): string {
    return commandKey(`${JSON.stringify(this.region.size)}/${this.region.asOf}/${label}`);
  }
}
