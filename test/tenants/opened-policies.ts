import type { Tx } from '@meriden/persistence';
import type { TestDatabase } from '../support/database.js';
import { WATCHERS } from './canaries.js';
import { inParallel, type Ground, type Walls } from './ground.js';
import { look, wronglyFound, type Found, type Sweep } from './looks.js';
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

/**
 * Goes through the matrix of queries until somebody gets what they must not. What fails on the way there says nothing about the wall, as
 * any request may fail: it is told beside the leak, and is never one.
 */
export async function firstLeak(ground: Ground, walls: Walls, sweep: Sweep): Promise<Readonly<{ leak: string | null; faults: readonly string[] }>> {
  const faults: string[] = [];
  let leak: string | null = null;
  const take = (found: Found): void => {
    faults.push(...found.faults);
    leak ??= found.leaks[0] ?? null;
  };
  take(await wronglyFound(ground, walls));
  const sightings = new Sightings(ground.region, walls === 'row-level security alone');
  await inParallel(
    sweep.flatMap(({ document, coordinates }) => WATCHERS.map((watcher) => async () => (leak === null ? take(await look(ground, walls, sightings, watcher, document, coordinates)) : undefined))),
  );
  return { leak, faults };
}
