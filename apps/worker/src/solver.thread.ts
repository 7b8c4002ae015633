import { parentPort, workerData } from 'node:worker_threads';
import type { DryRunMode, RoundStage } from '@meriden/domain';
import { sha256 } from '@meriden/platform';
import { type RoundPlan, type RoundSnapshot, type RoundTrial, planRound, tryRound } from '@meriden/rounds';

/** `mode`: a trial in that mode; left out, the round itself. */
export type ToThread = Readonly<{ snapshot: RoundSnapshot; secret: string; mode?: DryRunMode }>;
export type FromThread = Readonly<{ kind: 'stage'; stage: RoundStage }> | Readonly<{ kind: 'plan'; plan: RoundPlan | RoundTrial }>;

/** Entry of the solving thread: one frozen input in, stages and one plan or trial out. Pure apart from the messages. */
const { snapshot, secret, mode } = workerData as ToThread;
const tell = (message: FromThread): void => parentPort?.postMessage(message);
const onStage = (stage: RoundStage): void => tell({ kind: 'stage', stage });
tell({ kind: 'plan', plan: mode === undefined ? planRound(snapshot, secret, sha256, onStage) : tryRound(snapshot, secret, mode, sha256, onStage) });
