import { askRedis } from '#bootstrap/resp.mjs';
import type { Dice } from './dice.js';
import type { Site } from './site.js';
import type { WorkerPost } from './worker-post.js';

/** Kinds of fault, with their share of a mixed campaign. */
export const SHARES = {
  'worker killed': 455,
  'relay killed': 151,
  'worker frozen': 128,
  'Redis killed': 97,
  'Redis connections cut': 90,
  'PostgreSQL restarted': 46,
  'Redis emptied': 33,
} as const;

export type BlowKind = keyof typeof SHARES;

/** One fault as it really fell. */
export type Blow = Readonly<{
  kind: BlowKind;
  /** Seconds since the campaign began. */
  at: number;
  /** Where it fell. */
  on: string;
  /** Jobs that were in the hand of whoever was hit, or lay in the Redis that was hit. */
  jobs: number;
}>;

/** How long a blow waits for somebody with a job in hand before it falls all the same. */
const PATIENCE_MS = 20_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Deals the blows. Frozen workers thaw by themselves while the next blows fall. */
export class Striker {
  readonly blows: Blow[] = [];
  readonly #thawing: Promise<void>[] = [];
  readonly #began = performance.now();

  constructor(
    private readonly site: Site,
    private readonly dice: Dice,
  ) {}

  async strike(kind: BlowKind): Promise<void> {
    await this.healed();
    const { on, jobs } = await this[kind]();
    this.blows.push({ kind, at: Math.round((performance.now() - this.#began) / 100) / 10, on, jobs });
  }

  /** Resolves when nobody is frozen any more. */
  async settle(): Promise<void> {
    await Promise.all(this.#thawing);
  }

  private async ['worker killed'](): Promise<{ on: string; jobs: number }> {
    const { post, jobs } = await this.busyPost();
    await post.kill();
    return { on: post.name, jobs };
  }

  /** Between handing rows to Redis and marking them sent: the witness inside dies there. */
  private async ['relay killed'](): Promise<{ on: string; jobs: number }> {
    const up = await this.someone((post) => post.up);
    const starts = up.starts;
    const jobs = up.active.size;
    up.tell('die between sending and marking');
    await this.until(() => up.starts > starts);
    // No row came its way: it dies where it is.
    if (up.starts === starts) await up.kill();
    return { on: up.name, jobs };
  }

  /** Past its lock, so that others take over its jobs; then it goes on as if nothing had been. */
  private async ['worker frozen'](): Promise<{ on: string; jobs: number }> {
    const { post, jobs } = await this.busyPost();
    const { program } = post;
    post.freeze();
    const thaw = pause(this.site.wish.lockMs * 2.5).then(() => {
      if (post.program === program) post.thaw();
    });
    this.#thawing.push(thaw);
    return { on: post.name, jobs };
  }

  private async ['Redis killed'](): Promise<{ on: string; jobs: number }> {
    const jobs = await this.someJobs();
    await this.site.servers.redis.kill();
    await pause(this.dice.between(0, 1_500));
    await this.site.servers.redis.restart();
    return { on: 'redis', jobs };
  }

  private async ['Redis connections cut'](): Promise<{ on: string; jobs: number }> {
    const jobs = await this.someJobs();
    const url = this.site.servers.redisUrl;
    const cut = await askRedis(url, [['CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes'], ['CLIENT', 'KILL', 'TYPE', 'pubsub']]);
    return { on: `redis: ${cut.join(' and ')} connections`, jobs };
  }

  /** While jobs wait in it: those in somebody's hand live on without it. */
  private async ['Redis emptied'](): Promise<{ on: string; jobs: number }> {
    let jobs = 0;
    await this.until(async () => {
      jobs = await this.site.emptyRedis('when jobs wait').catch(() => 0);
      return jobs > 0;
    });
    if (jobs === 0) await this.site.emptyRedis('now');
    return { on: 'redis', jobs };
  }

  /** Immediate: every session is cut off in mid-sentence, and the server recovers from its log. */
  private async ['PostgreSQL restarted'](): Promise<{ on: string; jobs: number }> {
    const jobs = await this.someJobs();
    await this.site.servers.postgres.signal('SIGQUIT');
    await pause(this.dice.between(0, 500));
    await this.site.servers.postgres.restart();
    return { on: 'postgres', jobs };
  }

  /**
   * Lets those hit before get up again, all of them, and then some: blows that always fall on the first job the last worker standing
   * takes up would hit one command again and again until it is given up, which is no accident any more.
   */
  private async healed(): Promise<void> {
    await this.until(() => this.site.posts.every((post) => post.up || post.frozen));
    await pause(this.dice.between(0, 400));
  }

  /** Somebody stopped with jobs in hand; after a long wait, somebody without. */
  private async busyPost(): Promise<{ post: WorkerPost; jobs: number }> {
    const order = this.dice.shuffled(this.site.posts);
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      for (const post of order) {
        const caught = await post.catchBusy();
        if (caught !== null) return { post, jobs: caught.length };
      }
      if (performance.now() > until) break;
      await pause(3);
    }
    const post = await this.someone((each) => each.up);
    return { post, jobs: 0 };
  }

  private async someone(which: (post: WorkerPost) => boolean): Promise<WorkerPost> {
    const order = this.dice.shuffled(this.site.posts);
    await this.until(() => order.some(which));
    return order.find(which) ?? (order[0] as WorkerPost);
  }

  /** Waits until Redis holds a job; a blow to an empty Redis proves little. @returns how many it holds */
  private async someJobs(): Promise<number> {
    let jobs = 0;
    await this.until(async () => {
      jobs = await this.site.jobsInRedis().catch(() => 0);
      return jobs > 0;
    });
    return jobs;
  }

  private async until(condition: () => boolean | Promise<boolean>): Promise<void> {
    const until = performance.now() + PATIENCE_MS;
    while (!(await condition()) && performance.now() < until) await pause(5);
  }
}

/** So many faults in the shares given, every kind at least once where there is room, in an order that the seed decides. */
export function plannedBlows(count: number, dice: Dice, shares: Partial<Readonly<Record<BlowKind, number>>> = SHARES): BlowKind[] {
  const kinds = Object.entries(shares) as [BlowKind, number][];
  const sum = kinds.reduce((total, [, share]) => total + share, 0);
  const plan = kinds.map(([kind, share]) => ({ kind, exact: (count * share) / sum, n: Math.max(count >= kinds.length ? 1 : 0, Math.floor((count * share) / sum)) }));
  plan.sort((a, b) => b.exact - b.n - (a.exact - a.n));
  for (let left = count - plan.reduce((total, { n }) => total + n, 0), i = 0; left !== 0; i++) {
    const one = plan[i % plan.length] as (typeof plan)[number];
    if (left < 0 && one.n <= 1) continue;
    one.n += Math.sign(left);
    left -= Math.sign(left);
  }
  return dice.shuffled(plan.flatMap(({ kind, n }) => Array.from({ length: n }, () => kind)));
}
