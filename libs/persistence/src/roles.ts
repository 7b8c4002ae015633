import { DATABASE_ROLES, rolePassword, roleUrl } from '@meriden/platform';
import pg from 'pg';

/** Another process made or altered the same role at the same moment: roles belong to the whole cluster. */
const AT_ONCE = new Set(['23505', '42710', 'XX000', '40001']);

async function logsIn(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (fault) {
    if ((fault as { code?: string }).code === '28P01') return false;
    throw fault;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function ensureRole(client: pg.Client, name: string, login: string | null): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [name]);
  if (rowCount === 0) await client.query(`create role ${name} nologin nosuperuser nobypassrls nocreatedb nocreaterole noinherit`);
  if (login !== null) await client.query(`alter role ${name} login password ${pg.escapeLiteral(login)}`);
}

/**
 * `meriden_definer` owns the few SECURITY DEFINER functions, is no superuser and never logs in. An owner that is no superuser
 * itself must be able to become it, or it could not hand the functions over; it must not inherit it, or the definer's policies
 * would open the tables to the owner.
 */
async function ensureDefiner(client: pg.Client): Promise<void> {
  await ensureRole(client, 'meriden_definer', null);
  const { rows } = await client.query<{ may: boolean }>(`select pg_has_role(current_user, 'meriden_definer', 'SET') as may`);
  if (rows[0]?.may !== true) await client.query('grant meriden_definer to current_user with inherit false, set true');
}

/** `meriden_privacy` reads and empties what is registered as personal. It never logs in; the worker may become it, and must say so. */
async function ensurePrivacy(client: pg.Client): Promise<void> {
  await ensureRole(client, 'meriden_privacy', null);
  const { rows } = await client.query<{ may: boolean }>(`select pg_has_role('meriden_worker', 'meriden_privacy', 'SET') as may`);
  if (rows[0]?.may !== true) await client.query('grant meriden_privacy to meriden_worker with inherit false, set true');
}

/**
 * Makes the roles where they are missing and sets their passwords where they differ. Idempotent; processes may run it at once.
 * The owner needs CREATEROLE, or the roles must be there already.
 */
export async function ensureRoles(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'meriden-roles', lock_timeout: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query("select pg_advisory_lock(hashtextextended('meriden roles', 0))");
    for (let attempt = 1; ; attempt++) {
      try {
        await ensureDefiner(client);
        for (const role of DATABASE_ROLES) {
          const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1 and rolcanlogin', [role]);
          if (rowCount === 1 && (await logsIn(roleUrl(ownerUrl, role)))) continue;
          await ensureRole(client, role, rolePassword(ownerUrl, role));
        }
        await ensurePrivacy(client);
        return;
      } catch (fault) {
        if (attempt >= 6 || !AT_ONCE.has((fault as { code?: string }).code ?? '')) throw fault;
        await new Promise((resolve) => setTimeout(resolve, 20 * 2 ** attempt));
      }
    }
  } finally {
    await client.end();
  }
}
