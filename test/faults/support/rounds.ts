import type { GraphqlClient } from '../../e2e/support/graphql-client.js';
import { type Clients, plainId } from './clients.js';
import type { ToWitness } from '../preload/witness-talk.js';
import type { Dice } from './dice.js';
import type { Site } from './site.js';
import type { WorkerPost } from './worker-post.js';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What is stored of a round's solution; two of them equal: nothing was published in between. */
export type Published = Readonly<{ state: string; attempt: number; solved: number; outcomes: string; file: string }>;

/** How one frozen holder of a round came out. */
export type Freeze = Readonly<{
  /** Where it was frozen: anywhere while solving, or with the checked plan in its hands. */
  where: 'while solving' | 'before saving' | 'in the midst of saving';
  /** When it went on: while its successor solved, or after that. */
  thawed: 'while the other solves' | 'after the other saved';
  /** Whether the round was taken over and solved by a newer attempt. */
  takenOver: boolean;
  /** Whether anything of the round changed after the successor had saved, or it was saved more than once. */
  stale: boolean;
  overfilled: number;
}>;

/** Rounds with preferences in them, solved by workers that are hurt. */
export class Rounds {
  #count = 0;

  constructor(
    private readonly site: Site,
    private readonly operator: GraphqlClient,
    private readonly clients: Clients,
    private readonly dice: Dice,
  ) {}

  /** A round in which every learner ranks what was suggested, asked to be solved. @returns its plain id */
  async asked(): Promise<string> {
    const nodeId = await this.clients.openRound(this.operator, this.dice, `Round ${++this.#count} under fault`);
    const roundId = plainId(nodeId);
    // Laid down by SQL, to spare hundreds of requests a round; the campaign is about what comes after.
    await this.site.ledger.sql(
      `insert into learner_preference (id, round_id, organisation_id, learner_id, groups, submitted_at, submitted_by, receipt, version)
       select gen_random_uuid(), $1::uuid, l.organisation_id, l.id,
         (select jsonb_agg(jsonb_build_array(s.vacancy_id) order by s.rank) from suggestion s where s.learner_id = l.id and s.rank <= 10),
         now(), l.id, repeat('0', 64), 1
       from learner l where exists (select 1 from suggestion s where s.learner_id = l.id)`,
      [roundId],
    );
    await this.site.ledger.sql(
      `insert into candidate (id, organisation_id, learner_id, provider_id, pseudonym)
       select gen_random_uuid(), s.employer_id, s.learner_id, l.organisation_id, 'Candidate ' || left(md5(s.employer_id::text || s.learner_id), 8)
       from (select distinct employer_id, learner_id from suggestion where rank <= 10) s join learner l on l.id = s.learner_id
       on conflict do nothing`,
    );
    await this.site.ledger.sql(
      `insert into employer_preference (id, round_id, organisation_id, groups, submitted_at, submitted_by, receipt, version)
       select gen_random_uuid(), $1::uuid, c.organisation_id, jsonb_agg(jsonb_build_array(c.id) order by md5(c.id::text)), now(), c.organisation_id, repeat('0', 64), 1
       from candidate c group by c.organisation_id`,
      [roundId],
    );
    await this.clients.askToSolve(this.operator, this.dice, nodeId);
    return roundId;
  }

  async state(roundId: string): Promise<Readonly<{ state: string; attempt: number; version: number }>> {
    const [row] = await this.site.ledger.sql<{ state: string; attempt: number; version: number }>('select state, attempt, version from round where id = $1', [roundId]);
    if (row === undefined) throw new Error('no such round');
    return row;
  }

  async published(roundId: string): Promise<Published> {
    const [row] = await this.site.ledger.sql<Published>(
      `select r.state, r.attempt,
         (select count(*)::int from audit_entry e where e.noun = 'round' and e.verb = 'solved' and e.object_id = r.id::text) as solved,
         (select count(*) || ' ' || coalesce(md5(string_agg(o.id || coalesce(o.vacancy_id::text, ''), ',' order by o.id)), '') from outcome o where o.round_id = r.id) as outcomes,
         coalesce((select md5(f::text) from round_file f where f.round_id = r.id), '') as file
       from round r where r.id = $1`,
      [roundId],
    );
    if (row === undefined) throw new Error('no such round');
    return row;
  }

  /**
   * Catches whoever solves a round in the act, stopped with the round in hand and nothing saved. Rounds that were over too soon are
   * left behind and another is asked for.
   */
  async caught(): Promise<{ roundId: string; post: WorkerPost }> {
    for (let tries = 0; tries < 20; tries++) {
      const roundId = await this.asked();
      // Another moment each time: taking up, freezing the input, solving, checking.
      await this.site.eventually('somebody takes the round', async () => this.holder() !== undefined || (await this.state(roundId)).state === 'SOLVED');
      await pause(this.dice.between(0, 300));
      const post = this.holder();
      if (post === undefined) continue;
      post.freeze();
      await pause(50);
      if ((await this.state(roundId)).state === 'SOLVING' && (await this.free(roundId))) return { roundId, post };
      post.thaw();
      await this.solved(roundId);
    }
    throw new Error('no worker could be caught solving');
  }

  /**
   * Whether nobody holds the round's row. One who stopped inside a transaction keeps the row until PostgreSQL ends his session: nobody
   * can take over so long, and nothing is to be seen but waiting.
   */
  private async free(roundId: string): Promise<boolean> {
    try {
      await this.site.ledger.sql('select 1 from round where id = $1 for update nowait', [roundId]);
      return true;
    } catch (error) {
      if ((error as { code?: string }).code === '55P03') return false;
      throw error;
    }
  }

  /** Waits until the round is solved. */
  async solved(roundId: string): Promise<void> {
    await this.site.eventually('the round is solved', async () => (await this.state(roundId)).state === 'SOLVED', 120_000);
  }

  /** The n-th freeze: by turns while solving and before saving, thawed by turns at once and late. */
  async freezeByTurns(n: number): Promise<Freeze> {
    return this.freeze(n % 2 === 0 ? 'while solving' : 'before saving', n % 4 < 2 ? 'while the other solves' : 'after the other saved');
  }

  /** Freezes the holder of a round past its lock, lets another take over, and lets the first go on. */
  async freeze(where: Freeze['where'], thawed: Freeze['thawed']): Promise<Freeze> {
    const { roundId, post } = where === 'while solving' ? await this.caught() : await this.stoppedItself(`stop ${where} a plan`);
    const { attempt } = await this.state(roundId);
    await this.site.eventually('another worker takes over', async () => (await this.state(roundId)).attempt > attempt);
    if (thawed === 'after the other saved') await this.solved(roundId);
    post.thaw();
    await this.solved(roundId);
    const first = await this.published(roundId);
    // The late one has had its say when nothing is in its hands any more.
    await this.site.eventually('the thawed worker is at rest', () => post.active.size === 0);
    await pause(100);
    const last = await this.published(roundId);
    const full = await this.site.ledger.sql(
      `select 1 from outcome o join vacancy v on v.id = o.vacancy_id where o.round_id = $1 group by v.id, v.openings having count(*) > v.openings`,
      [roundId],
    );
    return { where, thawed, takenOver: first.attempt > attempt, stale: last.solved !== 1 || JSON.stringify(first) !== JSON.stringify(last), overfilled: full.length };
  }

  /** The holder stops itself with the plan in its hands; the others are told not to. */
  private async stoppedItself(wish: ToWitness): Promise<{ roundId: string; post: WorkerPost }> {
    for (const post of this.site.posts) {
      post.stoppedWith.length = 0;
      post.tell(wish);
    }
    const roundId = await this.asked();
    const holder = (): WorkerPost | undefined => this.site.posts.find((post) => post.stoppedWith.includes(roundId));
    await this.site.eventually('the holder stops itself', () => holder() !== undefined);
    for (const post of this.site.posts) if (post !== holder()) post.tell('go on');
    return { roundId, post: holder() as WorkerPost };
  }

  private holder(): WorkerPost | undefined {
    return this.site.posts.find((post) => post.up && [...post.active].some((jobId) => jobId.startsWith('solve-round-')));
  }
}
