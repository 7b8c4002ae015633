import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { commandKey } from '../demonstration/command-key.js';
import { account, type Region } from '../demonstration/region.js';
import { showProgress } from '../terminal/progress.js';
import type { Terminal } from '../terminal/terminal.js';
import type { DemonstrationFile } from '../installation/demonstration-file.js';
import * as documents from './documents.js';
import { ApiRefusal, together, type GraphqlClient } from './graphql-client.js';
import { employerGroups, learnerGroups, type Seen, type Suggested, type Wanted } from './preferences.js';
import { codeAt, stepOf } from './totp.js';

/** Requests in flight at once: enough to keep two cores busy, few enough to leave the worker its share. */
const AT_ONCE = 16;
const POLL_MS = 100;
const SCORING_PATIENCE_MS = 10 * 60_000;
const SOLVING_PATIENCE_MS = 5 * 60_000;
const ROUND_DAYS = { close: 1, reply: 7 } as const;
/** Of a round that waits for people. */
const REGION_ROUND_DAYS = { close: 42, reply: 49 } as const;
/** Learners who accept at once; the others still have their proposal. */
const ACCEPTING = 12;
const DECLINING = 'The demonstration runs its main job again.';
const REASON = 'Checked in the main job of the demonstration: the certificate is valid and the figures add up.';

type Page<Node> = Readonly<{ nodes: readonly Node[]; pageInfo: Readonly<{ hasNextPage: boolean; endCursor: string | null }> }>;
type RoundHandle = Readonly<{ id: string; name: string }>;
type RoundState = RoundHandle & Readonly<{ state: string; stage: string; version: number; matched: number | null; unmatched: number | null; failure: string | null }>;
export type ScoringFigures = Readonly<{ learners: number; vacancies: number; pairs: number; ms: number }>;
export type RoundFigures = Readonly<{ id: string; name: string; matched: number; unmatched: number; ms: number }>;

/** Bearer tokens from the operator's own terminal: many at once, since each of 1,200 people acts for themselves. */
export type Tokens = Readonly<{ fetch(emails: readonly string[]): Promise<void>; of(email: string): string }>;

/**
 * The main job, driven from outside: every step goes through the API of the running instance, as the person whose step it is.
 */
export class MainJob {
  #operator = '';
  readonly #emails: ReadonlyMap<string, string>;

  constructor(
    private readonly api: GraphqlClient,
    private readonly terminal: Terminal,
    private readonly region: Region,
    private readonly demonstration: DemonstrationFile,
    private readonly namesOf: (skillId: string) => readonly string[],
    private readonly tokens: Tokens,
    private readonly seed: string,
  ) {
    const byHand = [account('learner'), account('learner2')];
    this.#emails = new Map(region.learners.filter(({ email }) => !byHand.includes(email)).map(({ uln, email }) => [uln, email]));
  }

  /** Signs in as the operator, with password and second factor: there is no other way in for a person. */
  async signIn(): Promise<void> {
    const email = account('operator');
    const secret = this.demonstration.accounts.find((known) => known.email === email)?.totpSecret;
    if (secret === undefined) throw new Error('the demonstration file does not know the operator’s second factor');
    const now = stepOf(Date.now());
    // A code works once, and the server bears one step of drift: a second run within half a minute takes the next code.
    for (const step of [now, now + 1]) {
      try {
        const { signIn } = await this.api.ask<{ signIn: { token: string } }>(null, documents.SIGN_IN, {
          input: { email, password: this.demonstration.password, code: codeAt(secret, step), kind: 'BEARER' },
        });
        this.#operator = signIn.token;
        return;
      } catch (error) {
        if (!(error instanceof ApiRefusal && error.codes.includes('SECOND_FACTOR_WRONG')) || step > now) throw error;
      }
    }
  }

  /** Acts for the operator with a token of the server's own terminal, which leaves the codes of the second factor to the person. */
  async takeOperatorToken(): Promise<void> {
    const email = account('operator');
    await this.tokens.fetch([email]);
    this.#operator = this.tokens.of(email);
  }

  /** Scores the whole region and waits for the worker. */
  async score(): Promise<ScoringFigures> {
    const started = performance.now();
    const { scoreRegion } = await this.asOperator<{ scoreRegion: { scoringRun: { id: string } } }>(documents.SCORE_REGION, { input: { idempotencyKey: randomUUID() } });
    return this.scored(scoreRegion.scoringRun.id, started);
  }

  /** Waits for the latest pass over the region, which the seeding asked for; starts one where there is none that can end. */
  async awaitSuggestions(): Promise<void> {
    const started = performance.now();
    const { scoringRuns } = await this.asOperator<{ scoringRuns: { nodes: readonly Readonly<{ id: string; state: string }>[] } }>(documents.LATEST_RUN, {});
    const [latest] = scoringRuns.nodes;
    if (latest?.state === 'DONE') return;
    await (latest === undefined || latest.state === 'FAILED' ? this.score() : this.scored(latest.id, started));
  }

  private async scored(runId: string, started: number): Promise<ScoringFigures> {
    const progress = showProgress(this.terminal, 'scoring, pieces of work', 100);
    for (;;) {
      type Run = Readonly<{ state: string; learners: number; vacancies: number; pairs: number; chunks: number; chunksDone: number }>;
      const { scoringRun: run } = await this.asOperator<{ scoringRun: Run }>(documents.SCORING_RUN, { id: runId });
      progress.to(run.chunks === 0 ? 0 : Math.floor((100 * run.chunksDone) / run.chunks));
      const ms = Math.round(performance.now() - started);
      if (run.state === 'DONE') {
        progress.end(`${run.pairs} pairs in ${ms} ms`);
        return { learners: run.learners, vacancies: run.vacancies, pairs: run.pairs, ms };
      }
      if (run.state === 'FAILED') throw new Error('the scoring run failed: see the worker’s log');
      if (ms > SCORING_PATIENCE_MS) throw new Error(`scoring did not end within ${SCORING_PATIENCE_MS / 60_000} minutes: is the worker running?`);
      await pause(POLL_MS);
    }
  }

  /** Openings of all live vacancies. */
  async openings(): Promise<number> {
    let sum = 0;
    for await (const vacancy of this.pages<{ openings: number }>(this.#operator, documents.VACANCIES, 'vacancies')) sum += vacancy.openings;
    return sum;
  }

  /** A round of the main job's own. */
  openRound(): Promise<RoundHandle> {
    return this.open(`Main job of ${new Date().toISOString().slice(0, 16).replace('T', ' ')}`, ROUND_DAYS);
  }

  /** The region's round that takes preferences still; a further one is opened where the seeded one was run or its deadline is past. */
  async regionRound(): Promise<RoundHandle> {
    type Row = RoundHandle & Readonly<{ rules: Readonly<{ preferencesCloseAt: string }> }>;
    const { rounds } = await this.asOperator<{ rounds: { nodes: readonly Row[] } }>(documents.OPEN_ROUNDS, {});
    const { name } = this.region.round;
    const waiting = rounds.nodes.find((round) => round.name.startsWith(name) && Date.parse(round.rules.preferencesCloseAt) > Date.now());
    return waiting ?? this.open(`${name}, opened ${new Date().toISOString().slice(0, 10)}`, REGION_ROUND_DAYS);
  }

  /** Whether a round takes preferences and can be frozen. */
  async isOpen(roundId: string): Promise<boolean> {
    const { round } = await this.asOperator<{ round: RoundState | null }>(documents.ROUND, { id: roundId });
    return round?.state === 'OPEN';
  }

  private async open(name: string, days: Readonly<{ close: number; reply: number }>): Promise<RoundHandle> {
    const at = (ahead: number): string => new Date(Date.now() + ahead * 86_400_000).toISOString();
    const input = { idempotencyKey: randomUUID(), name, mode: 'LEARNER_OPTIMAL', preferencesCloseAt: at(days.close), replyBy: at(days.reply) };
    return (await this.asOperator<{ openRound: { round: RoundHandle } }>(documents.OPEN_ROUND, { input })).openRound.round;
  }

  /**
   * Places that an earlier main job left unanswered are declined by their learners, or nothing would be left to match on the
   * same data. Gives back how many.
   */
  async makeRoom(): Promise<number> {
    type Row = Readonly<{ id: string; version: number; learner: { uln: string | null } | null }>;
    const waiting: { email: string; proposalId: string; version: number }[] = [];
    for await (const { id, version, learner } of this.pages<Row>(this.#operator, documents.UNANSWERED, 'proposals')) {
      const email = this.emailOf(learner?.uln ?? null);
      if (email !== null) waiting.push({ email, proposalId: id, version });
    }
    if (waiting.length === 0) return 0;
    await this.tokens.fetch(waiting.map(({ email }) => email));
    await this.inLanes('earlier proposals declined', waiting, async ({ email, proposalId, version }) => {
      await this.api.ask(this.tokens.of(email), documents.DECLINE_PROPOSAL, { input: { idempotencyKey: randomUUID(), proposalId, version, reason: DECLINING } });
    });
    return waiting.length;
  }

  /**
   * Every learner of the region ranks, by the seeded rule, what the worker suggested to them. A list that is there from a run
   * that was cut off is not given twice. Gives back how many ranked.
   */
  async rankAsLearners(roundId: string): Promise<number> {
    type Row = Readonly<{ uln: string | null; bestSuggestions: readonly Readonly<{ score: number; vacancy: { id: string } | null }>[] }>;
    const lists: { email: string; groups: readonly (readonly string[])[] }[] = [];
    for await (const { uln, bestSuggestions } of this.pages<Row>(this.#operator, documents.BEST_SUGGESTIONS, 'learners')) {
      const email = this.emailOf(uln);
      if (uln === null || email === null) continue;
      const suggested = bestSuggestions.flatMap(({ score, vacancy }): Suggested[] => (vacancy === null ? [] : [{ vacancyId: vacancy.id, score }]));
      const groups = learnerGroups(this.seed, uln, suggested);
      if (groups.length > 0) lists.push({ email, groups });
    }
    await this.tokens.fetch(lists.map(({ email }) => email));
    await this.inLanes('preferences of learners', lists, async ({ email, groups }) => {
      const idempotencyKey = commandKey(`${roundId}/${email}`);
      await this.api.ask(this.tokens.of(email), documents.RANK_VACANCIES, { input: { idempotencyKey, roundId, groups } }).catch((error: unknown) => {
        // Their list stands, from other suggestions than today's.
        if (!(error instanceof ApiRefusal && error.codes.includes('IDEMPOTENCY_KEY_REUSED'))) throw error;
      });
    });
    return lists.length;
  }

  /** Every host that has not ranked yet ranks the candidates it sees, under their pseudonyms. Gives back how many hosts have a list. */
  async rankAsEmployers(roundId: string): Promise<number> {
    let ranked = 0;
    await this.tokens.fetch(this.region.hosts.map(({ email }) => email));
    await this.inLanes('preferences of employers', this.region.hosts, async ({ email, host, vacancies }) => {
      const token = this.tokens.of(email);
      const { employerPreference } = await this.api.ask<{ employerPreference: object | null }>(token, documents.OWN_LIST, { roundId });
      if (employerPreference !== null) {
        ranked += 1;
        return;
      }
      const seen: Seen[] = [];
      type Row = Readonly<{ id: string; skills: readonly Readonly<{ evidence: string }>[] }>;
      for await (const { id, skills } of this.pages<Row>(token, documents.CANDIDATES, 'candidates')) seen.push({ candidateId: id, evidence: skills.map(({ evidence }) => evidence) });
      const groups = employerGroups(this.seed, host.name, seen, this.wantedBy(vacancies));
      if (groups.length === 0) return;
      await this.api.ask(token, documents.RANK_CANDIDATES, { input: { idempotencyKey: randomUUID(), roundId, groups } });
      ranked += 1;
    });
    return ranked;
  }

  /** Freezes, has the worker solve, and waits. */
  async solve(roundId: string): Promise<RoundFigures> {
    const started = performance.now();
    const version = async (): Promise<number> => (await this.round(roundId)).version;
    await this.asOperator(documents.FREEZE_ROUND, { input: { roundId, version: await version() } });
    await this.asOperator(documents.SOLVE_ROUND, { input: { roundId, version: await version() } });
    let stage = '';
    for (;;) {
      const round = await this.round(roundId);
      if (round.stage !== stage) this.terminal.tell(`matching: ${round.stage.toLowerCase()}`);
      stage = round.stage;
      const ms = Math.round(performance.now() - started);
      if (round.state === 'SOLVED') {
        if (round.matched === null || round.unmatched === null) throw new Error('the round is solved but says no figures');
        return { id: roundId, name: round.name, matched: round.matched, unmatched: round.unmatched, ms };
      }
      if (round.state === 'FAILED') throw new Error(`the round failed: ${round.failure ?? 'see the worker’s log'}`);
      if (ms > SOLVING_PATIENCE_MS) throw new Error(`the round was not solved within ${SOLVING_PATIENCE_MS / 60_000} minutes: is the worker running?`);
      await pause(POLL_MS);
    }
  }

  async publish(roundId: string): Promise<string> {
    const { version } = await this.round(roundId);
    // Another person publishes than the one who had it solved.
    const second = account('operator2');
    await this.tokens.fetch([second]);
    await this.api.ask(this.tokens.of(second), documents.PUBLISH_ROUND, { input: { roundId, version, reason: REASON } });
    return this.api.download(this.#operator, `/rounds/${encodeURIComponent(roundId)}/file`);
  }

  /** The first few learners with a proposal of this round accept it; the others still have theirs to answer. */
  async accept(roundId: string): Promise<number> {
    let accepted = 0;
    for (const email of this.#emails.values()) {
      if (accepted >= ACCEPTING) break;
      await this.tokens.fetch([email]);
      const token = this.tokens.of(email);
      type Row = Readonly<{ id: string; version: number; round: { id: string } }>;
      const { proposals } = await this.api.ask<{ proposals: { nodes: readonly Row[] } }>(token, documents.OWN_PROPOSALS);
      const proposal = proposals.nodes.find((row) => row.round.id === roundId);
      if (proposal === undefined) continue;
      await this.api.ask(token, documents.ACCEPT_PROPOSAL, { input: { idempotencyKey: randomUUID(), proposalId: proposal.id, version: proposal.version } });
      accepted += 1;
    }
    return accepted;
  }

  /** Null for the learners of the demonstration accounts, who are left to the person who tries them, and for anybody enrolled since. */
  private emailOf(uln: string | null): string | null {
    return uln === null ? null : (this.#emails.get(uln) ?? null);
  }

  /** What the adverts of a host ask for, essential skills twice the others. */
  private wantedBy(vacancies: Region['hosts'][number]['vacancies']): Wanted[] {
    const weights = new Map<string, number>();
    for (const { skillId, need } of vacancies.flatMap(({ skills }) => skills)) {
      if (need !== 'WILL_TRAIN') weights.set(skillId, (weights.get(skillId) ?? 0) + (need === 'ESSENTIAL' ? 2 : 1));
    }
    return [...weights].map(([skillId, weight]) => ({ names: this.namesOf(skillId), weight }));
  }

  private async round(id: string): Promise<RoundState> {
    const { round } = await this.asOperator<{ round: RoundState | null }>(documents.ROUND, { id });
    if (round === null) throw new Error('the round is gone');
    return round;
  }

  private asOperator<Data extends object>(query: string, variables: Readonly<Record<string, unknown>>): Promise<Data> {
    return this.api.ask<Data>(this.#operator, query, variables);
  }

  private async *pages<Node>(token: string, query: string, field: string): AsyncGenerator<Node> {
    for (let after: string | null = null; ; ) {
      const data: Record<string, Page<Node>> = await this.api.ask(token, query, { after });
      const page = data[field];
      if (page === undefined) throw new Error(`the API gave no ${field}`);
      yield* page.nodes;
      if (!page.pageInfo.hasNextPage) return;
      after = page.pageInfo.endCursor;
    }
  }

  private async inLanes<Item>(what: string, items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
    const progress = showProgress(this.terminal, what, items.length);
    let done = 0;
    await together(items, AT_ONCE, async (item) => {
      await work(item);
      progress.to(++done);
    });
    progress.end();
  }
}
