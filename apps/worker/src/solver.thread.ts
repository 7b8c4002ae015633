import { parentPort, workerData } from 'node:worker_threads';
import type { RoundStage } from '@meriden/domain';
import { sha256 } from '@meriden/platform';
import { type RoundPlan, type RoundSnapshot, planRound } from '@meriden/rounds';

export type ToThread = Readonly<{ snapshot: RoundSnapshot; secret: string }>;
export type FromThread = Readonly<{ kind: 'stage'; stage: RoundStage }> | Readonly<{ kind: 'plan'; plan: RoundPlan }>;

/** Entry of the solving thread: one frozen input in, stages and one plan out. Pure apart from the messages. */
const { snapshot, secret } = workerData as ToThread;
const tell = (message: FromThread): void => parentPort?.postMessage(message);
const plan = planRound(snapshot, secret, sha256, (stage) => tell({ kind: 'stage', stage }));
tell({ kind: 'plan', plan });
