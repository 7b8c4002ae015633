import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { loadavg } from 'node:os';
import type { Figures } from '../../faults/preload/statements.js';
import { type OwnServers, Site } from '../../faults/support/site.js';
import { consoleDocuments } from '../../support/console-documents.js';
import { type Ask, arrivals, percentile, type Reply } from './arrivals.js';
import { type Asked, MIX } from './mix.js';
import { people, type Person } from './people.js';

/** What one document costs when nothing else is asked. */
export type Cost = Readonly<{ document: string; statements: number; cpuMs: number; ms: number; fault: string | null }>;
export type Times = Readonly<{ n: number; cpuMs: number; rssMB: number; p50: number; p95: number; p99: number; errors: number; faults: readonly string[] }>;
export type ApiReport = Readonly<{
  load: number;
  costs: readonly Cost[];
  peer: Times;
  mix: Times;
  byDocument: readonly Readonly<{ document: string; n: number; p95: number }>[];
  attacked: Times;
  attack: Readonly<{ sent: number; refused: number; broke: number }>;
}>;

const RATE = 40;
const ATTACK_RATE = 200;
const REPEATS = 20;
const PEER = '{ __typename }';

/** The API alone on servers of its own, first quiet, then with 200 people, then with an attack besides. */
export async function runApiBench(servers: OwnServers, { seconds, say = () => undefined }: Readonly<{ seconds: number; say?: (words: string) => void }>): Promise<ApiReport> {
  const load = Math.round((loadavg()[0] as number) * 10) / 10;
  const site = await Site.start(servers, { learners: 400, vacancies: 120, workers: 1, lockMs: 15_000, preloads: ['statements'] });
  try {
    const cast = await people(site);
    // A profile is looked at between two scorings, as on most days: the worker has nothing to do meanwhile.
    const round = await openRound(site);
    const asks = asker(cast, { roundId: round });
    say('each document by itself');
    const costs: Cost[] = [];
    for (const asked of MIX) costs.push(await cost(site, asked, asks));
    say(`${PEER} at ${RATE}/s`);
    const peer = await timed(site, () => arrivals(Math.max(5, seconds / 4), RATE, (n) => ({ document: PEER, send: () => (cast[n % cast.length] as Person).client.send(PEER) })));
    say(`the mix at ${RATE}/s`);
    let replies: readonly Reply[] = [];
    const plan = shuffledMix();
    const mix = await timed(site, async () => (replies = await arrivals(seconds, RATE, (n) => asks(plan[n % plan.length] as Asked, n))));
    say(`the mix beside ${ATTACK_RATE} refused queries/s`);
    const half = Math.max(5, seconds / 2);
    const attacker = new Worker(new URL('./attack.thread.js', import.meta.url), { workerData: { origin: site.origin, token: cast[0]?.client.token, seconds: half, rate: ATTACK_RATE } });
    await once(attacker, 'message');
    const attack = new Promise<ApiReport['attack']>((resolve, reject) => attacker.once('message', resolve).once('error', reject));
    attacker.postMessage('begin');
    const attacked = await timed(site, () => arrivals(half, RATE, (n) => asks(plan[(n * 7) % plan.length] as Asked, n)));
    const byDocument = [...new Set(replies.map(({ document }) => document))].map((document) => {
      const own = replies.filter((reply) => reply.document === document);
      return { document, n: own.length, p95: percentile(own, 95) };
    });
    return { load, costs, peer, mix, byDocument, attacked, attack: await attack };
  } finally {
    await site.end();
  }
}

type Asks = (asked: Asked, n: number) => Ask;

export function asker(cast: readonly Person[], more: Readonly<Record<string, string>>): Asks {
  const documents = consoleDocuments();
  return ({ document, role, variables }, n) => {
    const own = cast.filter((person) => person.role === role);
    const person = own[n % own.length] as Person;
    const text = documents.get(document)?.text;
    if (text === undefined) throw new Error(`the console has no document ${document}`);
    return { document, send: () => person.client.send(text, variables?.({ ...person.ids, ...more }, n) ?? {}) };
  };
}

/** A hundred asks in the shares of the mix, in an order that spreads each of them out. */
function shuffledMix(): readonly Asked[] {
  const asked = MIX.flatMap((one) => Array.from({ length: one.share }, (_, i) => ({ one, at: (i + 0.5) / one.share })));
  return asked.sort((a, b) => a.at - b.at || (a.one.document < b.one.document ? -1 : 1)).map(({ one }) => one);
}

/** A round in which preferences can be given while we measure. */
export async function openRound(site: Site): Promise<string> {
  const operator = await site.as('operator');
  const at = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
  const input = { idempotencyKey: crypto.randomUUID(), name: 'Round of the benchmark', mode: 'LEARNER_OPTIMAL', preferencesCloseAt: at(1), replyBy: at(7) };
  const { round } = await operator.do<{ round: { id: string } }>('mutation ($input: OpenRoundInput!) { openRound(input: $input) { ... on OpenRoundSuccess { round { id } } ... on Refused { refusals { message } } } }', { input });
  return round.id;
}

export function figures(site: Site): Promise<Figures> {
  const { child } = site.api;
  return new Promise((resolve) => {
    child.once('message', (answer) => resolve(answer as Figures));
    child.send('figures');
  });
}

/** The least of several askings: what the document needs, not what a pool or a plan needed to warm up. */
export async function cost(site: Site, asked: Asked, asks: Asks, repeats = REPEATS): Promise<Cost> {
  for (let n = 0; n < 2; n++) await asks(asked, n).send();
  let statements = Number.POSITIVE_INFINITY;
  let fault: string | null = null;
  const before = await figures(site);
  const began = performance.now();
  let last = before;
  for (let n = 0; n < repeats; n++) {
    const { errors, status } = await asks(asked, n).send();
    if (status !== 200 || errors[0]?.extensions.code !== asked.refusal) fault = `${status} ${JSON.stringify(errors[0])}`;
    const now = await figures(site);
    statements = Math.min(statements, now.statements - last.statements);
    last = now;
  }
  const ms = (performance.now() - began) / repeats;
  return { document: asked.document, statements, cpuMs: round1((last.cpuMs - before.cpuMs) / repeats), ms: round1(ms), fault };
}

async function timed(site: Site, work: () => Promise<readonly Reply[]>): Promise<Times> {
  const before = await figures(site);
  const replies = await work();
  const after = await figures(site);
  const faults = [...new Set(replies.flatMap(({ document, fault }) => (fault === null ? [] : [`${document}: ${fault}`])))];
  return {
    n: replies.length,
    cpuMs: Math.round(after.cpuMs - before.cpuMs),
    rssMB: after.rssMB,
    p50: percentile(replies, 50),
    p95: percentile(replies, 95),
    p99: percentile(replies, 99),
    errors: replies.filter(({ fault }) => fault !== null).length,
    faults: faults.slice(0, 5),
  };
}

const round1 = (value: number): number => Math.round(value * 10) / 10;
