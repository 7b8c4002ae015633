import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReferenceData } from '@meriden/reference';
import { AccessService, ReferenceService } from '@meriden/services';
import { demonstrationRegion } from '../demonstration/region.js';
import { readDemonstration } from '../installation/demonstration-file.js';
import { withServices } from '../installation/services.js';
import { AnswerIsNo, EXIT, type Exit, type Terminal } from '../terminal/terminal.js';
import { GraphqlClient } from './graphql-client.js';
import { MainJob, type Tokens } from './main-job.js';
import { verifyThroughDoor } from './verify-door.js';

const TOKEN_MINUTES = 30;
const TOKENS_AT_ONCE = 300;

/**
 * `once`: the main job on the demonstration region through the running API: score, rank on both sides, freeze, solve, publish,
 * a few acceptances, and the published file through the `verify` door. Prints one JSON line; exit 0 only if all of it is true.
 */
export async function once(terminal: Terminal, options: Readonly<{ seed: string }>): Promise<Exit> {
  return withServices(async (services, config) => {
    const started = performance.now();
    const file = readDemonstration(config.dataDir);
    if (!file?.complete) throw new AnswerIsNo('There is no demonstration region here. Run `npm run meriden -- seed` first.');
    const reference = services.get(ReferenceService).data;
    const region = demonstrationRegion(file.size, file.asOf, reference);
    const access = services.get(AccessService);
    const api = new GraphqlClient(`http://localhost:${config.port}`);
    const job = new MainJob(api, terminal, region, file, namesIn(reference), tokensOf(access), options.seed);

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
    api.close();
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

/** Tokens are asked for in batches and kept for the run. */
function tokensOf(access: AccessService): Tokens {
  const known = new Map<string, string>();
  return {
    async fetch(emails) {
      const missing = [...new Set(emails)].filter((email) => !known.has(email));
      for (let at = 0; at < missing.length; at += TOKENS_AT_ONCE) {
        for (const [email, token] of await access.issueTokens(missing.slice(at, at + TOKENS_AT_ONCE), TOKEN_MINUTES)) known.set(email, token);
      }
    },
    of(email) {
      const token = known.get(email);
      if (token === undefined) throw new Error(`no token was asked for ${email}`);
      return token;
    },
  };
}

/** Label and synonyms of a skill in lower case; very short ones stand in too many other words. */
const namesIn = (reference: ReferenceData) => (skillId: string): readonly string[] => {
  const skill = reference.skills.byId.get(skillId);
  return skill ? [skill.label, ...skill.synonyms].map((name) => name.toLowerCase()).filter((name) => name.length >= 3) : [];
};

/** Keeps the published file under the data folder, so that anyone can check it again. */
function keep(dataDir: string, text: string): string {
  const folder = join(dataDir, 'rounds');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${(JSON.parse(text) as { roundId: string }).roundId}.json`);
  writeFileSync(path, text);
  return path;
}
