import type { Tx } from '@meriden/persistence';
import type { TestDatabase } from '../support/database.js';
import { WATCHERS } from './canaries.js';
import { inParallel, type Ground, type Walls } from './ground.js';
import { look, wronglyFound, type Sweep } from './looks.js';
import { Sightings } from './sightings.js';

export type TablePolicy = Readonly<{ table: string; name: string; condition: string }>;

/** The policies by which the app's role reads rows that are not everybody's. */
export function readingPolicies(database: TestDatabase): Promise<TablePolicy[]> {
  return database.sql<TablePolicy>(
    `select tablename as table, policyname as name, qual as condition from pg_policies
     where schemaname = 'public' and 'meriden_app' = any (roles) and cmd in ('SELECT', 'ALL') order by 1, 2`,
  );
}

/** One policy lets everybody read every row, for the time of the work. */
export async function withOpened<T>(database: TestDatabase, { table, name, condition }: TablePolicy, work: () => Promise<T>): Promise<T> {
  await database.sql(`alter policy "${name}" on "${table}" using (true)`);
  try {
    return await work();
  } finally {
    await database.sql(`alter policy "${name}" on "${table}" using (${condition})`);
  }
}

/** Rows of a table that the app's role reads at the database as each of some actors, and as nobody: what no second condition of a query hides. */
export async function rowsSeen({ database, region }: Ground, table: string): Promise<readonly (number | null)[]> {
  const { a, b, operator, region: authority } = region.colleges;
  const count = async (tx: Tx): Promise<number | null> => (await tx.manager.query<{ n: number }[]>(`select count(*) as n from "${table}"`))[0]?.n ?? null;
  const actors = [a, b].flatMap(({ staff, host, student }) => [staff, host, student]);
  return Promise.all([database.uow.anonymous(count), ...[...actors, operator, authority].map((actor) => database.uow.readAs(actor, count))]);
}

/** Goes through the matrix of queries until something is wrong. @returns it in words, or null */
export async function firstWrong(ground: Ground, walls: Walls, sweep: Sweep): Promise<string | null> {
  const [found] = await wronglyFound(ground, walls);
  if (found !== undefined) return found;
  const sightings = new Sightings(ground.region, walls === 'row-level security alone');
  let first: string | null = null;
  await inParallel(
    sweep.flatMap(({ document, coordinates }) =>
      WATCHERS.map((watcher) => async () => {
        if (first !== null) return;
        const [wrong] = await look(ground, walls, sightings, watcher, document, coordinates);
        first ??= wrong ?? null;
      }),
    ),
  );
  return first;
}
