import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@meriden/platform';
import { buildSchema } from 'graphql';
import { startApi, type ApiProcess } from '../e2e/support/meriden.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { plantRegion } from '../tenants/canaries.js';
import { FORMULAS } from './files.js';
import type { Site, Variant } from './site.js';

export type OpenSite = Readonly<{ site: Site; api: ApiProcess; database: TestDatabase; end(): Promise<void> }>;

/** The two colleges of the tenant tests and an API before them; formulas are planted in drafts of the first. */
export async function openSite(): Promise<OpenSite> {
  const database = await startTestDatabase();
  const region = await plantRegion(database);
  for (const [i, formula] of FORMULAS.entries()) await plantVacancy(database, region.colleges.a.draft.id, i, formula);
  const api = await startApi({ DATABASE_URL: database.ownerUrl, LOG_LEVEL: 'warn' });
  const schema = buildSchema(readFileSync(join(projectRoot(), 'apps/api/schema.graphql'), 'utf8'));
  return {
    site: { region, schema, database, as: (watcher) => api.nobody.as(region.tokens.get(watcher) ?? null) },
    api,
    database,
    async end() {
      await api.end();
      await database.end();
    },
  };
}

/** A copy of a draft with a formula for its description. */
async function plantVacancy(database: TestDatabase, draftId: string, i: number, formula: string): Promise<void> {
  const columns = await database.sql<{ column_name: string }>(`select column_name from information_schema.columns where table_name = 'vacancy' order by ordinal_position`);
  const values = columns.map(({ column_name: name }) => ({ id: '$1::uuid', title: '$2::text', description: '$3::text' })[name] ?? name).join(', ');
  await database.sql(`insert into vacancy select ${values} from vacancy where id = $4`, [randomUUID(), `Planted ${i}`, formula, draftId]);
}

/** A digest of every table but the audit, sessions and kept answers: looking and signing in write there. */
export async function picture(database: TestDatabase): Promise<Record<string, string>> {
  const tables = await database.sql<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' and table_name not in ('audit_entry', 'audit_chain', 'audit_link', 'audit_head', 'session', 'idempotent_answer') order by 1`,
  );
  const digests: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await database.sql<{ digest: string }>(`select coalesce(md5(string_agg(t::text, '|' order by t::text)), 'empty') as digest from "${name}" t`);
    digests[name] = row?.digest ?? '';
  }
  return digests;
}

/** Every variant, four at a time; what came of those that did not end as they must. */
export async function attemptAll(site: Site, variants: readonly Variant[]): Promise<readonly string[]> {
  const wrong: string[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < variants.length; at = next++) {
      const variant = variants[at] as Variant;
      const fault = await variant.attempt(site);
      if (fault !== null) wrong.push(`${variant.name}: ${fault}`);
    }
  };
  await Promise.all(Array.from({ length: 4 }, lane));
  return wrong;
}
