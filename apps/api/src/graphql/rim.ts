import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, projectRoot, type Config } from '@meriden/platform';
import type { DocumentNode } from 'graphql';
import type { Rim } from './admission.js';
import { documentHash } from './document-hash.js';
import { PointBudgets } from './point-budgets.js';
import { Refusals } from './refusals.js';

/** A refused document costs some 4 ms to read and far less to send: so many keep one account to a fiftieth of a core. */
const REFUSALS_A_MINUTE = 300;
/** Where accounts have more points, programs at work, as many more of theirs may be refused. */
const POINTS_A_REFUSAL = 1_000;

/** The one rim of this process: HTTP and the socket share its list of documents and its budgets. */
@Injectable()
export class RimOfInstallation implements Rim {
  readonly openSchema: boolean;
  readonly budgets: PointBudgets;
  readonly refusals: Refusals;
  readonly #trusted: ReadonlySet<string> | null;

  constructor(@Inject(CONFIG) config: Config) {
    this.openSchema = config.demonstration;
    this.budgets = new PointBudgets(config.pointsAMinute);
    this.refusals = new Refusals(Math.max(REFUSALS_A_MINUTE, Math.round(config.pointsAMinute / POINTS_A_REFUSAL)));
    this.#trusted = config.trustedDocuments ? hashesOfConsole() : null;
  }

  trusts(document: DocumentNode): boolean {
    return this.#trusted === null || this.#trusted.has(documentHash(document));
  }
}

/** The list that the build wrote beside the programs. Without it no page of the console would work, so nothing starts. */
function hashesOfConsole(): ReadonlySet<string> {
  const file = join(projectRoot(), 'dist', 'trusted-documents.json');
  if (!existsSync(file)) throw new Error('MERIDEN_TRUSTED_DOCUMENTS is set and dist/trusted-documents.json is not there: build again with `npm run build`.');
  return new Set(Object.values(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>));
}
