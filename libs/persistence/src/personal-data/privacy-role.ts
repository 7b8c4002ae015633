import type { DataSource } from 'typeorm';
import { PERSONAL_DATA } from './registry.js';
import { RETENTION_TABLES } from './retention.store.js';

/**
 * What the role `meriden_privacy` may do: read, empty and delete the registered tables, put a copy down where it is fetched, and nothing else. It never logs in; the
 * worker becomes it for the statements of `PersonalDataStore` alone. Run after each migration, so that a table that was
 * registered today is not forgotten by an erasure tomorrow.
 */
export async function ensurePrivacyWalls(owner: DataSource): Promise<void> {
  await owner.query('grant usage on schema public to meriden_privacy');
  for (const table of new Set([...Object.keys(PERSONAL_DATA), ...RETENTION_TABLES])) {
    const [state] = await owner.query<{ there: boolean; policy: boolean }[]>(
      `select to_regclass($1) is not null as there, exists (select from pg_policies where schemaname = 'public' and tablename = $1 and policyname = 'privacy') as policy`,
      [table],
    );
    if (state?.there !== true || state.policy) continue;
    await owner.query(`grant select, update, delete on "${table}" to meriden_privacy`);
    await owner.query(`create policy privacy on "${table}" to meriden_privacy using (true) with check (true)`);
  }
  // It makes nobody up: earlier builds let it insert everywhere.
  await owner.query('revoke insert on all tables in schema public from meriden_privacy');
  await owner.query('grant insert on subject_file to meriden_privacy');
  // The history is read and never changed.
  await owner.query('revoke update, delete on audit_entry from meriden_privacy');
}
