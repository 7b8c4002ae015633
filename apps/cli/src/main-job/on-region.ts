import type { Config } from '@meriden/platform';
import type { ReferenceData } from '@meriden/reference';
import { AccessService, ReferenceService } from '@meriden/services';
import { demonstrationRegion } from '../demonstration/region.js';
import { readDemonstration, type DemonstrationFile } from '../installation/demonstration-file.js';
import { withServices } from '../installation/services.js';
import { AnswerIsNo, type Terminal } from '../terminal/terminal.js';
import { GraphqlClient } from './graphql-client.js';
import { MainJob, type Tokens } from './main-job.js';

const TOKEN_MINUTES = 30;
const TOKENS_AT_ONCE = 300;

/**
 * Runs `work` with the main job of this installation's demonstration region, against the API that runs here.
 *
 * @param seed of the preferences
 * @throws AnswerIsNo where there is no whole demonstration region
 */
export async function onRegion<T>(terminal: Terminal, seed: string, work: (job: MainJob, file: DemonstrationFile, config: Config) => Promise<T>): Promise<T> {
  return withServices(async (services, config) => {
    const file = readDemonstration(config.dataDir);
    if (!file?.complete) throw new AnswerIsNo('There is no demonstration region here. Run `npm run meriden -- seed` first.');
    const reference = services.get(ReferenceService).data;
    const region = demonstrationRegion(file.size, file.asOf, reference);
    const api = new GraphqlClient(`http://localhost:${config.port}`);
    try {
      return await work(new MainJob(api, terminal, region, file, namesIn(reference), tokensOf(services.get(AccessService)), seed), file, config);
    } finally {
      api.close();
    }
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
