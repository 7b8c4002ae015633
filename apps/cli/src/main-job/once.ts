import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AccessService, ReferenceService } from '@meriden/services';
import { demonstrationRegion } from '../demonstration/region.js';
import { readDemonstration } from '../installation/demonstration-file.js';
import { withServices } from '../installation/services.js';
import { AnswerIsNo, EXIT, type Exit, type Terminal } from '../terminal/terminal.js';
import { GraphqlClient } from './graphql-client.js';
import { MainJob } from './main-job.js';
import { verifyThroughDoor } from './verify-door.js';

const TOKEN_MINUTES = 30;

/**
 * `once`: the main job on the demonstration region through the running API: score, rank on both sides, freeze, solve, publish,
 * a few acceptances, and the published file through the `verify` door. Prints one JSON line; exit 0 only if all of it is true.
 */
export async function once(terminal: Terminal, options: Readonly<{ seed: string }>): Promise<Exit> {
  return withServices(async (services, config) => {
    const started = performance.now();
    const file = readDemonstration(config.dataDir);
    if (!file?.complete) throw new AnswerIsNo('There is no demonstration region here. Run `npm run meriden -- seed` first.');
    const region = demonstrationRegion(file.size, file.asOf, services.get(ReferenceService).data);
    const access = services.get(AccessService);
    const tokens = new Map<string, Promise<string>>();
    const tokenFor = (email: string): Promise<string> => {
      const known = tokens.get(email) ?? access.issueToken(email, TOKEN_MINUTES).then((signedIn) => signedIn.token);
      tokens.set(email, known);
      return known;
    };
    const job = new MainJob(new GraphqlClient(`http://localhost:${config.port}`), terminal, region, file, tokenFor, options.seed);

    await job.signIn();
    const scoring = await job.score();
    const openings = await job.openings();
    const declined = await job.makeRoom();
    const round = await job.openRound();
    const learnersRanked = await job.rankAsLearners(round.id);
    const employersRanked = await job.rankAsEmployers(round.id);
    const solved = await job.solve(round.id);
    const text = await job.publish(round.id);
    const accepted = await job.accept(round.id);
    const kept = keep(config.dataDir, text);
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

/** Keeps the published file under the data folder, so that anyone can check it again. */
function keep(dataDir: string, text: string): string {
  const folder = join(dataDir, 'rounds');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${(JSON.parse(text) as { roundId: string }).roundId}.json`);
  writeFileSync(path, text);
  return path;
}
