import { AuditChainStore, createDataSource, runMigrations, Tx, UnitOfWork } from '@meriden/persistence';
import { loadConfig, roleUrl } from '@meriden/platform';
import { AuditService } from '@meriden/services';
import { tamperings } from '../support/audit-tampering.js';
import { keepPromises } from './support/keep.js';

const CHAINS = 50;
const BATCH = 10_000;
/** Entries at which the variants are tried. */
const FEW = 2_000;

/** P13: a history of `count` entries is chained by its trigger, signed, checked; then changed in every way that is generated. */
await keepPromises({ small: 2_000, full: 1_000_000 }, async ({ count, servers, say }) => {
  await runMigrations(servers.databaseUrl);
  const config = loadConfig({ DATABASE_URL: servers.databaseUrl, REDIS_URL: servers.redisUrl, MERIDEN_SECRET: '7'.repeat(64) });
  const worker = await createDataSource({ url: roleUrl(servers.databaseUrl, 'meriden_worker'), role: 'worker' }).initialize();
  const app = await createDataSource({ url: roleUrl(servers.databaseUrl, 'meriden_app'), role: 'app' }).initialize();
  const owner = await createDataSource({ url: servers.databaseUrl, role: 'owner' }).initialize();
  try {
    const clock = { now: () => '2026-11-24T20:00:00.000Z', today: () => '2026-11-24' };
    const audit = new AuditService({ uow: new UnitOfWork({ app, worker }), clock } as never, new AuditChainStore(), config);
    const write = (from: number, to: number): Promise<unknown> =>
      owner.query(
        `insert into audit_entry select gen_random_uuid(), now(), gen_random_uuid(), md5((i % ${CHAINS})::text)::uuid, 'changed the profile of', 'learner', gen_random_uuid()::text, jsonb_build_object('version', i)
         from generate_series($1::integer, $2::integer) i`,
        [from, to],
      );
    // The variants first, while little is written: each is looked at in the transaction that made it, and undone; what is missed on 40 entries would be missed on a million.
    await write(1, FEW);
    const [{ chain } = { chain: '' }] = await owner.query<{ chain: string }[]>(`select chain from audit_chain where chain not like 'system%' order by chain limit 1`);
    const runner = owner.createQueryRunner();
    const missed: string[] = [];
    const variants = Array.from({ length: count > FEW ? 20 : 2 }, (_, seed) => tamperings(chain, seed)).flat();
    await runner.query('begin');
    await runner.query('set local session_replication_role = replica');
    await runner.query(`delete from audit_link where chain <> '${chain}' or seq > 40`);
    await runner.query(`delete from audit_entry e where not exists (select from audit_link l where l.entry_id = e.id)`);
    await runner.query(`delete from audit_head`);
    await runner.query(`delete from audit_chain where chain <> '${chain}'`);
    await runner.query(`update audit_chain set (seq, head) = (select seq, hash from audit_link order by seq desc limit 1)`);
    const tx = new Tx(runner.manager);
    for (const end of await new AuditChainStore().unsigned(tx, '2026-11-24')) await new AuditChainStore().sign(tx, audit.signed(end));
    for (const { name, statements } of variants) {
      await runner.query('savepoint variant');
      for (const sql of statements) await runner.query(sql);
      if ((await audit.checkIn(tx)).breaches.length === 0) missed.push(name);
      await runner.query('rollback to savepoint variant');
    }
    const whole = (await audit.checkIn(tx)).breaches.length === 0;
    await runner.query('rollback');
    await runner.release();
    for (const name of missed) say(`missed: ${name}`);
    say(`${variants.length} variants`);
    const writing = performance.now();
    for (let from = FEW + 1; from <= count; from += BATCH) {
      await write(from, Math.min(from + BATCH - 1, count));
      if ((from - FEW - 1) % 100_000 === 0) say(`${from - 1} entries`);
    }
    const written = (performance.now() - writing) / 1000;
    await audit.signHeads();
    const checking = performance.now();
    const check = await audit.check();
    const seconds = (performance.now() - checking) / 1000;
    const held = check.breaches.length === 0 && check.entries >= count && missed.length === 0 && whole && (count < 1_000_000 || seconds < 60);
    return [
      {
        promise: 'P13',
        held,
        figure: `${check.entries} entries in ${check.chains} chains checked in ${seconds.toFixed(1)} s (written in ${written.toFixed(0)} s); ${variants.length - missed.length} of ${variants.length} changes by a superuser found`,
        missed,
      },
    ];
  } finally {
    await Promise.all([worker, app, owner].map((source) => source.destroy()));
  }
});
