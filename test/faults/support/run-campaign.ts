import type { GraphqlClient } from '../../e2e/support/graphql-client.js';
import { type Blow, type BlowKind, plannedBlows, SHARES, Striker } from './blows.js';
import { Clients } from './clients.js';
import { Dice } from './dice.js';
import type { Verdict } from './ledger.js';
import { type OwnServers, Site, type SiteWish } from './site.js';

/** Milliseconds between two commands, about: of each who changes profiles, of each employer, of the operator. */
export type Pace = Readonly<{ profiles: number; vacancies: number; operator: number }>;

export type CampaignWish = Readonly<{
  count: number;
  seed: string;
  site?: Partial<SiteWish>;
  /** Which faults in which proportion; the mixed ones unless said. */
  shares?: Partial<Readonly<Record<BlowKind, number>>>;
  /** Milliseconds without progress after which what is undone counts as lost. */
  patienceMs?: number;
  /** Milliseconds of work before the first fault, after which nothing may be lost or, with an inbox, doubled: what is hurt is not broken already. */
  calmMs?: number;
  /** Commands undone at once beyond which clients wait. */
  enough?: number;
  /** How fast people work. */
  pace?: Pace;
  onBlow?: (done: number, blow: Blow) => void;
}>;

export type Report = Readonly<{
  seed: string;
  faults: number;
  byKind: Readonly<Record<string, number>>;
  /** Commands whose answer a client holds. */
  accepted: number;
  /** The same by kind of work. */
  acceptedByKind: Readonly<Record<string, number>>;
  /** All commands, those the worker gave itself included. */
  commands: number;
  lost: number;
  doubled: number;
  workerKills: number;
  /** Worker kills that fell while the worker had a job in hand. */
  killsOnActive: number;
  /** Requests that got no answer, or whose answer was thrown away, and were sent again. */
  repliesLost: number;
  resends: number;
  mostTries: number;
  /** How the API and workers ended that nobody had hurt: an exit code each. */
  crashes: readonly (number | string)[];
  drainSeconds: number;
  seconds: number;
  findings: readonly string[];
  /** What workers complained of, counted by their words. */
  troubles: Readonly<Record<string, number>>;
  blows: readonly Blow[];
}>;

const SITE: SiteWish = { learners: 60, vacancies: 20, workers: 4, lockMs: 1_000 };
const PATIENCE_MS = 90_000;
const ENOUGH = 25;
/** Work is in hand at every blow. */
const PACE: Pace = { profiles: 150, vacancies: 700, operator: 2_500 };
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Faults against a running Meriden while several people work with it over GraphQL; then, with the faults over, everything
 * acknowledged must be done, once. The faults, their order and the clients' choices follow from the seed; the timing does not.
 */
export async function runCampaign(servers: OwnServers, wish: CampaignWish): Promise<Report> {
  const site = await Site.start(servers, { ...SITE, ...wish.site });
  let report: Report | undefined;
  try {
    report = await campaign(site, wish);
  } finally {
    await site.end();
  }
  // Told when the last worker has ended.
  const troubles: Record<string, number> = {};
  for (const post of site.posts) for (const [words, n] of post.troubles) troubles[words] = (troubles[words] ?? 0) + n;
  return { ...report, troubles };
}

async function campaign(site: Site, { count, seed, shares = SHARES, patienceMs = PATIENCE_MS, enough = ENOUGH, calmMs = 0, pace = PACE, onBlow }: CampaignWish): Promise<Report> {
  const began = performance.now();
  const dice = new Dice(seed);
  if (calmMs > 0) await calm(site, dice.for('calm'), calmMs);
  const backlog = new Backlog(site);
  const clients = new Clients(dice.for('clients'), pace.profiles, () => backlog.size > enough);
  await beginWork(site, clients, pace);
  const striker = new Striker(site, dice.for('blows'));
  for (const kind of plannedBlows(count, dice.for('plan'), shares)) {
    await striker.strike(kind);
    onBlow?.(striker.blows.length, striker.blows.at(-1) as Blow);
  }
  await striker.settle();
  await clients.stop();
  await backlog.end();
  const over = performance.now();
  await drained(site, patienceMs);
  const drainSeconds = seconds(over);
  const verdict = await site.ledger.verdict(clients.acknowledged);
  const crashes = [...site.apiCrashes, ...site.posts.flatMap((post) => post.crashes)];
  return report({ seed, clients, verdict, blows: striker.blows, crashes, drainSeconds, seconds: seconds(began) });
}

async function calm(site: Site, dice: Dice, ms: number): Promise<void> {
  const clients = new Clients(dice, PACE.profiles);
  await beginWork(site, clients, PACE);
  await pause(ms);
  await clients.stop();
  await drained(site, PATIENCE_MS);
  const { lost, doubled, findings } = await site.ledger.verdict(clients.acknowledged);
  // A busy machine takes jobs over from the living, too: a site without its inbox doubles them before any fault.
  const broken = lost + (site.wish.preloads?.includes('without-inbox') ? 0 : doubled);
  if (broken > 0 || clients.acknowledged.length === 0) throw new Error(`before any fault ${lost} are lost and ${doubled} doubled of ${clients.acknowledged.length}: ${findings.join('; ')}`);
}

/** How many commands are undone, looked at twice a second. */
class Backlog {
  size = 0;
  #over = false;
  readonly #watching: Promise<void>;

  constructor(site: Site) {
    this.#watching = (async () => {
      for (; !this.#over; await pause(500)) this.size = await site.ledger.undone();
    })();
  }

  async end(): Promise<void> {
    this.#over = true;
    await this.#watching;
  }
}

type Page = Readonly<{ nodes: readonly Readonly<{ id: string; version: number }>[] }>;

/** Two colleges, two employers and the operator begin to work. */
async function beginWork(site: Site, clients: Clients, { vacancies, operator: rounds }: Pace): Promise<void> {
  const [college, college2, employer, employer2, operator] = (await Promise.all(
    (['college', 'college2', 'employer', 'employer2', 'operator'] as const).map((name) => site.as(name)),
  )) as [GraphqlClient, GraphqlClient, GraphqlClient, GraphqlClient, GraphqlClient];
  for (const client of [college, college2]) {
    const { learners } = await client.ask<{ learners: Page }>('{ learners(first: 50) { nodes { id version } } }');
    // Two people in each office, each with learners of their own.
    clients.reviseProfiles(client, learners.nodes.filter((_, i) => i % 2 === 0));
    clients.reviseProfiles(client, learners.nodes.filter((_, i) => i % 2 === 1));
  }
  for (const client of [employer, employer2]) clients.postAndRevise(client, [], DETAILS, vacancies);
  clients.operate(operator, rounds);
}

/** A vacancy like many. */
const DETAILS = {
  title: 'Prototype workshop technician (fault campaign)',
  description: 'Make and finish parts for device prototypes. Demonstration data.',
  campusId: 'bhic',
  skills: [
    { skillId: 'cad', need: 'ESSENTIAL' },
    { skillId: 'laser-cutting', need: 'OPTIONAL' },
  ],
  levelFrom: 2,
  levelTo: 5,
  programmeKinds: ['T_LEVEL', 'HTQ'],
  entryPointIds: [],
  startsOn: '2027-02-08',
  endsOn: '2027-04-16',
  weekdays: ['MON', 'TUE', 'WED', 'THU', 'FRI'],
  hoursPerWeek: 35,
  totalHours: 350,
  remoteShare: 0,
  openings: 2,
  pay: 'UNPAID_REQUIRED_BY_COURSE',
  hourlyPence: null,
  checksNeeded: [],
  deliveryApproach: 'ON_SITE',
  hazards: [],
  adjustmentsOffered: ['STEP_FREE'],
  fundingSourceIds: [],
  fundingRequired: false,
};

/** Waits until nothing is undone, or until nothing got done for `patienceMs`. */
async function drained(site: Site, patienceMs: number): Promise<void> {
  let least = Number.POSITIVE_INFINITY;
  let since = performance.now();
  for (;;) {
    const undone = await site.ledger.undone();
    if (undone === 0) return;
    if (undone < least) {
      least = undone;
      since = performance.now();
    }
    if (performance.now() - since > patienceMs) return;
    await pause(100);
  }
}

function report(of: Readonly<{ seed: string; clients: Clients; verdict: Verdict; blows: readonly Blow[]; crashes: readonly (number | string)[]; drainSeconds: number; seconds: number }>): Report {
  const { seed, clients, verdict, blows, crashes, drainSeconds } = of;
  const byKind: Record<string, number> = {};
  for (const { kind } of blows) byKind[kind] = (byKind[kind] ?? 0) + 1;
  const acceptedByKind: Record<string, number> = {};
  for (const { kind } of clients.acknowledged) acceptedByKind[kind] = (acceptedByKind[kind] ?? 0) + 1;
  const kills = blows.filter(({ kind }) => kind === 'worker killed');
  const { commands, lost, doubled, resends, mostTries, findings } = verdict;
  return {
    seed,
    faults: blows.length,
    byKind,
    accepted: clients.acknowledged.length,
    acceptedByKind,
    commands,
    lost,
    doubled,
    workerKills: kills.length,
    killsOnActive: kills.filter(({ jobs }) => jobs > 0).length,
    repliesLost: clients.repliesLost,
    resends,
    mostTries,
    crashes,
    drainSeconds,
    seconds: of.seconds,
    findings,
    troubles: {},
    blows,
  };
}

const seconds = (since: number): number => Math.round((performance.now() - since) / 100) / 10;
