import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDemonstration, type DemonstrationFile, type ReadyRound } from '../installation/demonstration-file.js';
import { EXIT, type Exit, type Terminal } from '../terminal/terminal.js';
import type { MainJob } from './main-job.js';
import { onRegion } from './on-region.js';
import { verifyThroughDoor } from './verify-door.js';

/**
 * `once`: the main job on the demonstration region through the running API: score, rank on both sides (or take the
 * round in which they have ranked), freeze, solve, publish,
 * a few acceptances, and the published file through the `verify` door. Prints one JSON line; exit 0 only if all of it is true.
 */
export async function once(terminal: Terminal, options: Readonly<{ seed: string }>): Promise<Exit> {
  return onRegion(terminal, options.seed, async (job, file, { dataDir }) => {
    const started = performance.now();
    await job.signIn();
    const scoring = await job.score();
    const openings = await job.openings();
    const declined = await job.makeRoom();
    const round = (await takeReady(job, file, dataDir, declined)) ?? (await ownRound(job));
    const { learnersRanked, employersRanked } = round;
    const solved = await job.solve(round.id);
    const text = await job.publish(round.id);
    const accepted = await job.accept(round.id);
    const kept = keep(dataDir, text);
    const certificateValid = await verifyThroughDoor(kept, terminal);

    const summary = {
      learners: scoring.learners,
      vacancies: scoring.vacancies,
      openings,
      pairsScored: scoring.pairs,
      scoringMs: scoring.ms,
      roundMs: solved.ms,
      matched: solved.matched,
      unmatched: solved.unmatched,
      certificateValid,
      learnersRanked,
      employersRanked,
      accepted,
      declined,
      roundId: (JSON.parse(text) as { roundId: string }).roundId,
      roundFile: kept,
      totalMs: Math.round(performance.now() - started),
      notice: file.notice,
    };
    terminal.answer(summary);
    const untrue = [
      !certificateValid && 'the certificate is not valid',
      scoring.pairs !== scoring.learners * scoring.vacancies && 'pairs are not learners times vacancies',
      solved.matched + solved.unmatched !== scoring.learners && 'matched and unmatched do not add up to the learners',
      solved.matched === 0 && 'nobody was matched',
    ].filter((reason) => reason !== false);
    for (const reason of untrue) terminal.tell(`Not true: ${reason}.`);
    return untrue.length === 0 ? EXIT.done : EXIT.no;
  });
}

/**
 * The round that waits with everybody's preferences in it, where there is one and nobody had to give up a place for this run: it is
 * run as it stands, and is ready no more.
 */
async function takeReady(job: MainJob, file: DemonstrationFile, dataDir: string, declined: number): Promise<ReadyRound | null> {
  const { readyRound, ...rest } = file;
  if (readyRound === undefined || declined > 0 || !(await job.isOpen(readyRound.id))) return null;
  writeDemonstration(dataDir, rest);
  return readyRound;
}

/** A new round in which everybody ranks. */
async function ownRound(job: MainJob): Promise<ReadyRound> {
  const round = await job.openRound();
  return { ...round, learnersRanked: await job.rankAsLearners(round.id), employersRanked: await job.rankAsEmployers(round.id) };
}

/** Keeps the published file under the data folder, so that anyone can check it again. */
function keep(dataDir: string, text: string): string {
  const folder = join(dataDir, 'rounds');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${(JSON.parse(text) as { roundId: string }).roundId}.json`);
  writeFileSync(path, text);
  return path;
}
