type Waiting = { readonly alone: boolean; /** It waited long enough. */ due: boolean; go(): void };

/**
 * Lets many in at once, and one that may kill its process alone: whoever is inside with it would die of it too, be taken up beside it
 * again, and be given up in the end for what another did. In the order of their coming; each who never leaves keeps others out for
 * `patienceMs` and no longer.
 */
export class Gate {
  readonly #waiting: Waiting[] = [];
  #inside = 0;
  #alone: Waiting | null = null;

  /** @param patienceMs milliseconds to wait for others to leave, and to keep others out */
  constructor(private readonly patienceMs = 10_000) {}

  /** @throws the reason of `signal` when that aborts before its turn comes: the work is not begun then */
  async pass<T>(alone: boolean, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const me = await this.entered(alone, signal);
    const leave = (): void => {
      if (this.#alone === me) this.#alone = null;
      this.letIn();
    };
    const over = alone ? setTimeout(leave, this.patienceMs) : undefined;
    try {
      // Where several are told to stop one after the other, the first to go lets in who is told next.
      signal.throwIfAborted();
      return await work();
    } finally {
      clearTimeout(over);
      this.#inside--;
      leave();
    }
  }

  private entered(alone: boolean, signal: AbortSignal): Promise<Waiting> {
    return new Promise((resolve, reject) => {
      let patience: NodeJS.Timeout | undefined;
      const settle = (): void => {
        clearTimeout(patience);
        signal.removeEventListener('abort', stop);
      };
      const me: Waiting = {
        alone,
        due: false,
        go: () => {
          settle();
          this.#inside++;
          if (alone) this.#alone = me;
          resolve(me);
        },
      };
      const stop = (): void => {
        settle();
        const at = this.#waiting.indexOf(me);
        if (at >= 0) this.#waiting.splice(at, 1);
        reject(signal.reason as Error);
        this.letIn();
      };
      if (signal.aborted) return stop();
      signal.addEventListener('abort', stop);
      if (alone) {
        patience = setTimeout(() => {
          me.due = true;
          this.letIn();
        }, this.patienceMs);
      }
      this.#waiting.push(me);
      this.letIn();
    });
  }

  private letIn(): void {
    for (let [first] = this.#waiting; first !== undefined && this.#alone === null; [first] = this.#waiting) {
      if (first.alone && this.#inside > 0 && !first.due) return;
      this.#waiting.shift();
      first.go();
    }
  }
}
