import { randomUUID } from 'node:crypto';
import { REFUSED, type Answer, type GraphqlClient, type Refusal } from '../../e2e/support/graphql-client.js';
import type { Dice } from './dice.js';
import type { Acknowledged } from './ledger.js';

type Id = Readonly<{ id: string }>;
type Versioned = Id & Readonly<{ version: number }>;
type Payload = Readonly<{ refusals?: readonly Refusal[] }> & Readonly<Record<string, unknown>>;

const PATIENCE_MS = 120_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The plain id inside a node id: the ledger speaks SQL. */
export const plainId = (nodeId: string): string => Buffer.from(nodeId, 'base64url').toString('utf8').split(':')[1] as string;

const mutation = (name: string, success: string): string => {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  return `mutation ($input: ${type}Input!) { ${name}(input: $input) { ... on ${type}Success { ${success} } ${REFUSED} } }`;
};

/**
 * What clients hold in their hands: the commands whose answer they got. A reply that is lost means neither yes nor no, so the same
 * command is sent again, under the same key or version, until there is an answer.
 */
export class Clients {
  readonly acknowledged: Acknowledged[] = [];
  /** Requests that ended without an answer. */
  repliesLost = 0;
  /** Replies the clients threw away on purpose: the server may or may not have done it. */
  #cut = 0;
  #stopping = false;
  readonly #running: Promise<void>[] = [];

  constructor(
    private readonly dice: Dice,
    /** Milliseconds between two commands of one client, about. */
    private readonly rhythmMs: number,
    /** Says that there is work enough: a backlog proves nothing more when it is longer, it only takes longer to do. */
    private readonly enough: () => boolean = () => false,
    /** Share of the replies that clients throw away. */
    private readonly deafness = 0.04,
  ) {}

  get repliesCut(): number {
    return this.#cut;
  }

  /** A member of staff changes the profiles of learners nobody else touches. */
  reviseProfiles(client: GraphqlClient, learners: readonly Versioned[]): void {
    const versions = new Map(learners.map(({ id, version }) => [id, version]));
    this.run('profiles', async (dice) => {
      const learnerId = dice.one([...versions.keys()]);
      const version = versions.get(learnerId) as number;
      const profile = { maxTravelMinutes: dice.between(20, 120) };
      const now = await this.change(client, dice, 'reviseProfile', 'learner', { learnerId, version, profile });
      versions.set(learnerId, now);
      this.acknowledged.push({ kind: 'score-learner', subject: plainId(learnerId), version: now });
    });
  }

  /** An employer changes its vacancies, and posts one now and then. */
  postAndRevise(client: GraphqlClient, vacancies: readonly Versioned[], details: Readonly<Record<string, unknown>>, everyMs: number): void {
    const versions = new Map(vacancies.map(({ id, version }) => [id, version]));
    this.run('vacancies', async (dice) => {
      if (versions.size === 0 || dice.fraction() < 0.15) {
        const answer = await this.insist(client, dice, mutation('postVacancy', 'vacancy { id version }'), { idempotencyKey: randomUUID(), publish: true, details });
        const { id, version } = successOf(answer)['vacancy'] as Versioned;
        versions.set(id, version);
        this.acknowledged.push({ kind: 'score-vacancy', subject: plainId(id), version });
      } else {
        const vacancyId = dice.one([...versions.keys()]);
        const version = versions.get(vacancyId) as number;
        const now = await this.change(client, dice, 'reviseVacancy', 'vacancy', { vacancyId, version, details: { openings: dice.between(1, 5) } });
        versions.set(vacancyId, now);
        this.acknowledged.push({ kind: 'score-vacancy', subject: plainId(vacancyId), version: now });
      }
    }, everyMs);
  }

  /** An operator has the region scored, and rounds solved. */
  operate(client: GraphqlClient, everyMs: number): void {
    let count = 0;
    this.run(
      'operator',
      async (dice) => {
        count++;
        if (count % 2 === 1) {
          const answer = await this.insist(client, dice, mutation('scoreRegion', 'scoringRun { id }'), { idempotencyKey: randomUUID() });
          this.acknowledged.push({ kind: 'score-region', subject: plainId((successOf(answer)['scoringRun'] as Id).id), version: null });
        } else {
          await this.solveRound(client, dice, `Round ${count} under fault`);
        }
      },
      everyMs,
    );
  }

  /** Opens, freezes and asks to solve. @returns node id of the round */
  async solveRound(client: GraphqlClient, dice: Dice, name: string): Promise<string> {
    const roundId = await this.openRound(client, dice, name);
    await this.askToSolve(client, dice, roundId);
    return roundId;
  }

  async openRound(client: GraphqlClient, dice: Dice, name: string): Promise<string> {
    const at = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
    const input = { idempotencyKey: randomUUID(), name, mode: 'LEARNER_OPTIMAL', preferencesCloseAt: at(1), replyBy: at(7) };
    const answer = await this.insist(client, dice, mutation('openRound', 'round { id version }'), input);
    return (successOf(answer)['round'] as Versioned).id;
  }

  async askToSolve(client: GraphqlClient, dice: Dice, roundId: string): Promise<void> {
    const frozen = await this.change(client, dice, 'freezeRound', 'round', { roundId, version: 1 });
    await this.change(client, dice, 'solveRound', 'round', { roundId, version: frozen });
    this.acknowledged.push({ kind: 'solve-round', subject: plainId(roundId), version: 1 });
  }

  /** No new commands; resolves when every client has the answer to its last one. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#running);
  }

  /**
   * Sends a change of a versioned object. When an earlier sending of it was done though its reply was lost, the next one is refused
   * as out of date: nobody else changes this object, so that refusal is the acknowledgement.
   * @returns the version after the change
   */
  private async change(client: GraphqlClient, dice: Dice, name: string, field: string, input: Readonly<Record<string, unknown> & { version: number }>): Promise<number> {
    const answer = await this.insist(client, dice, mutation(name, `${field} { version }`), input);
    if (answer.refusals === undefined) return (answer[field] as Readonly<{ version: number }>).version;
    // A round that was asked already is not out of date but beyond being asked; both say: it was done.
    if (answer['sendings'] !== 1 && answer.refusals.every(({ code }) => code === 'VERSION_CONFLICT' || code === 'STATE_WRONG')) return input.version + 1;
    throw new Error(`${name} was refused: ${JSON.stringify(answer.refusals)}`);
  }

  /** Sends until there is an answer, whatever it says. */
  private async insist(client: GraphqlClient, dice: Dice, query: string, input: Readonly<Record<string, unknown>>): Promise<Payload> {
    const until = performance.now() + PATIENCE_MS;
    for (let sendings = 1; ; sendings++) {
      try {
        const cutAfter = dice.fraction() < this.deafness ? dice.between(1, 40) : 15_000;
        const answer = await this.send(client, query, { input }, cutAfter);
        const [payload] = Object.values(answer.data ?? {});
        if (answer.errors.length === 0 && payload !== undefined) return { ...payload, sendings };
        if (answer.errors.some(({ extensions: { code } }) => /^(BAD_USER_INPUT|FORBIDDEN|UNAUTHENTICATED|GRAPHQL_VALIDATION_FAILED)$/.test(code))) {
          throw new TypeError(`the API will never take this: ${JSON.stringify(answer.errors)}`);
        }
      } catch (error) {
        if (error instanceof TypeError && error.message.startsWith('the API will')) throw error;
      }
      this.repliesLost++;
      if (performance.now() > until) throw new Error(`no answer within ${PATIENCE_MS} ms: ${query.slice(0, 60)}`);
      await pause(dice.between(50, 250));
    }
  }

  /** One request whose answer is thrown away when it takes longer than `patienceMs`. */
  private async send(client: GraphqlClient, query: string, variables: Readonly<Record<string, unknown>>, patienceMs: number): Promise<Answer<Record<string, Payload>>> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        if (patienceMs < 1_000) this.#cut++;
        reject(new Error('the reply was thrown away'));
      }, patienceMs);
    });
    try {
      return await Promise.race([client.send<Record<string, Payload>>(query, variables), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  private run(name: string, turn: (dice: Dice) => Promise<void>, everyMs = this.rhythmMs): void {
    const dice = this.dice.for(`${name} ${this.#running.length}`);
    this.#running.push(
      (async () => {
        while (!this.#stopping) {
          if (!this.enough()) await turn(dice);
          for (let left = dice.between(everyMs / 2, (everyMs * 3) / 2); left > 0 && !this.#stopping; left -= 100) await pause(Math.min(left, 100));
        }
      })(),
    );
  }
}


function successOf(payload: Payload): Payload {
  if (payload.refusals !== undefined) throw new Error(`refused: ${JSON.stringify(payload.refusals)}`);
  return payload;
}
