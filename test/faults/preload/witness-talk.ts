/** What the witness inside a worker tells, in the order in which it happened. */
export type FromWitness =
  | Readonly<{ say: 'open' }>
  | Readonly<{ say: 'began' | 'ended'; jobId: string }>
  /** The worker stops itself (SIGSTOP): with the checked plan in hand, or in the midst of the transaction that saves it. */
  | Readonly<{ say: 'stopped'; roundId: string }>;

/** What it is asked to do at the next occasion: moments that no signal from outside would meet. `go on` takes it back. */
export type ToWitness = 'die between sending and marking' | 'stop before saving a plan' | 'stop in the midst of saving a plan' | 'go on';

/** File in the data folder of a site that names the learner whose scoring kills. */
export const POISON = 'poison';
