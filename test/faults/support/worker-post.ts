import type { FromWitness, ToWitness } from '../preload/witness-talk.js';
import { Program, type Preload } from './program.js';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Long enough for what a stopped process told before it stopped to arrive. */
const TOLD_MS = 15;

/** A place where a worker is kept running: when it ends, whatever ended it, the next one starts at once. */
export class WorkerPost {
  /** Jobs in hand, as its witness told. */
  readonly active = new Set<string>();
  open = false;
  /** Stopped by a signal and not yet continued. */
  frozen = false;
  starts = 0;
  /** How workers ended that nobody had hurt or asked to stop. */
  readonly crashes: (number | string)[] = [];
  /** Rounds whose plan it held when it stopped itself. */
  readonly stoppedWith: string[] = [];
  #program: Program;
  #closing = false;
  #asked = false;
  /** What all its workers complained of, counted. */
  readonly troubles = new Map<string, number>();
  #logs = '';

  constructor(
    readonly name: string,
    private readonly environment: Readonly<Record<string, string | undefined>>,
    private readonly preloads: readonly Preload[],
  ) {
    this.#program = this.launch();
  }

  get program(): Program {
    return this.#program;
  }

  /** What all its workers wrote, the newest last. */
  get log(): string {
    return this.#logs + this.#program.log;
  }

  /** Ready for a blow: running, at its queues, not frozen. */
  get up(): boolean {
    return this.open && !this.frozen && this.#program.running;
  }

  get busy(): boolean {
    return this.up && this.active.size > 0;
  }

  /**
   * Stops it with a job in hand. What is in hand is known for certain, because it does nothing more.
   * @returns the jobs, or null when it had none just then: it goes on in that case
   */
  async catchBusy(): Promise<readonly string[] | null> {
    if (!this.busy) return null;
    this.freeze();
    await pause(TOLD_MS);
    if (this.active.size > 0 && this.#program.running) return [...this.active];
    this.thaw();
    return null;
  }

  freeze(): void {
    this.frozen = true;
    this.#program.signal('SIGSTOP');
  }

  thaw(): void {
    this.frozen = false;
    this.#program.signal('SIGCONT');
  }

  /** SIGKILL, also to one that is frozen; resolves when it is gone (and the next one started). */
  async kill(): Promise<void> {
    const { ended } = this.#program;
    this.#program.signal('SIGKILL');
    await ended;
  }

  tell(wish: ToWitness): void {
    this.#program.tell(wish);
  }

  /** SIGTERM to this one; the next one starts when it has ended. @returns how it ended */
  async replace(): Promise<number | string> {
    const { ended } = this.#program;
    this.#asked = true;
    this.#program.signal('SIGTERM');
    return ended;
  }

  /** In order, by force after ten seconds; no other follows. */
  async close(): Promise<void> {
    this.#closing = true;
    if (this.frozen) this.thaw();
    this.#program.signal('SIGTERM');
    const force = setTimeout(() => this.#program.signal('SIGKILL'), 10_000);
    await this.#program.ended;
    clearTimeout(force);
  }

  private heard(news: FromWitness): void {
    switch (news.say) {
      case 'open':
        this.open = true;
        return;
      case 'began':
        this.active.add(news.jobId);
        return;
      case 'ended':
        this.active.delete(news.jobId);
        return;
      case 'stopped':
        this.stoppedWith.push(news.roundId);
        this.frozen = true;
    }
  }

  private launch(): Program {
    this.starts++;
    this.open = false;
    this.frozen = false;
    this.active.clear();
    const program: Program = new Program('worker', this.environment, ['witness', ...this.preloads], (news: FromWitness) => {
      if (program !== this.#program) return;
      this.heard(news);
    });
    void program.ended.then((how) => {
      if (program !== this.#program) return;
      // Only we use SIGKILL here.
      if (!this.#asked && !this.#closing && how !== 'SIGKILL') this.crashes.push(how);
      this.#asked = false;
      this.open = false;
      for (const [words, n] of program.troubles) this.troubles.set(words, (this.troubles.get(words) ?? 0) + n);
      this.#logs = (this.#logs + program.log).slice(-100_000);
      if (!this.#closing) this.#program = this.launch();
    });
    return program;
  }
}
