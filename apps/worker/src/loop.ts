import type { Logger } from '@meriden/platform';

export type LoopWish = Readonly<{
  name: string;
  /** One turn; how much it found to do. More than nothing: the next turn follows at once. */
  turn: () => Promise<number>;
  /** Milliseconds to rest after a turn that found nothing. */
  idleMs: number;
  /** Most milliseconds of rest while one turn after the other finds nothing, doubled each time; `idleMs` unless said. */
  calmMs?: number;
  /** Most milliseconds between turns that fail one after the other; the first pause is `idleMs`, doubled each time. */
  longestMs: number;
}>;

/** A turn again and again: at once while there is work, at rest otherwise, ever slower while it fails, until stopped. */
export class Loop {
  private running: Promise<void> | null = null;
  private stopping = false;
  private wake: (() => void) | null = null;
  private nudged = false;
  private failures = 0;
  /** Turns that found nothing, one after the other. */
  private idle = 0;

  constructor(
    private readonly wish: LoopWish,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.running ??= this.run();
  }

  /** There may be work: do not wait for the end of the pause. A pause after a failure is waited out all the same. */
  nudge(): void {
    this.nudged = true;
    if (this.failures === 0) this.wake?.();
  }

  /** Resolves when the turn that runs now is over. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wake?.();
    await this.running;
  }

  private calm(): number {
    const { idleMs, calmMs = idleMs } = this.wish;
    return Math.min(idleMs * 2 ** Math.min(this.idle++, 20), calmMs);
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      this.nudged = false;
      const found = await this.turn();
      if (found > 0 || (this.nudged && this.failures === 0)) {
        this.idle = 0;
        continue;
      }
      await this.rest(this.failures === 0 ? this.calm() : Math.min(this.wish.idleMs * 2 ** this.failures, this.wish.longestMs));
    }
  }

  private async turn(): Promise<number> {
    try {
      const found = await this.wish.turn();
      if (this.failures > 0) this.logger.info('loop works again', { loop: this.wish.name, afterFailures: this.failures });
      this.failures = 0;
      return found;
    } catch (error) {
      // The first of a row only: what follows is the same fault, and a log must not fill a disk while a server is away.
      if (this.failures === 0) this.logger.warn('loop failed', { loop: this.wish.name, error });
      this.failures++;
      return 0;
    }
  }

  private rest(ms: number): Promise<void> {
    if (this.stopping) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
