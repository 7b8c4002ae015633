import { createHash } from 'node:crypto';
import pg from 'pg';

/** Roles that log in. A fourth one, `meriden_definer`, owns the few SECURITY DEFINER functions and never logs in. */
const LOGIN_ROLES = { app: 'meriden_app', worker: 'meriden_worker' } as const;

/** Hex SHA-256 of `owner password:role`: one secret to keep, three roles to log in as. */
function passwordOf(ownerPassword: string, role: string): string {
  return createHash('sha256').update(`${ownerPassword}:${role}`).digest('hex');
}

/** The address by which `role` reaches the database of `ownerUrl`. */
export function roleUrl(ownerUrl: string, role: keyof typeof LOGIN_ROLES): string {
  const url = new URL(ownerUrl);
  const name = LOGIN_ROLES[role];
  const password = passwordOf(decodeURIComponent(url.password), name);
  url.username = name;
  url.password = password;
  return url.href;
}

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
 * Makes the roles where they are missing and sets their passwords where they differ. Idempotent; processes may run it at once.
 * The owner needs CREATEROLE, or the roles must be there already.
 */
export async function ensureRoles(ownerUrl: string): Promise<void> {
  const ownerPassword = decodeURIComponent(new URL(ownerUrl).password);
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'meriden-roles', lock_timeout: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query("select pg_advisory_lock(hashtextextended('meriden roles', 0))");
    for (let attempt = 1; ; attempt++) {
      try {
        await ensureRole(client, 'meriden_definer', null);
        for (const [role, name] of Object.entries(LOGIN_ROLES) as [keyof typeof LOGIN_ROLES, string][]) {
          const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1 and rolcanlogin', [name]);
          if (rowCount === 1 && (await logsIn(roleUrl(ownerUrl, role)))) continue;
          await ensureRole(client, name, passwordOf(ownerPassword, name));
        }
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
