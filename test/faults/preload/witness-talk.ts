/** What the witness inside a worker tells, in the order in which it happened. */
export type FromWitness =
  | Readonly<{ say: 'open' }>
  | Readonly<{ say: 'began' | 'ended'; jobId: string }>
  /** The worker stops itself (SIGSTOP) with the checked plan in hand, before it asks to save it. */
  | Readonly<{ say: 'stopped'; roundId: string }>;

/** What it is asked to do at the next occasion: moments that no signal from outside would meet. `go on` takes it back. */
export type ToWitness = 'die between sending and marking' | 'stop before saving a plan' | 'go on';
