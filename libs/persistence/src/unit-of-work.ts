import type { Actor } from '@meriden/domain';
import pg from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { mayRetry, translated } from './faults.js';
import { cancelStatement } from './cancel.js';
import { Tx } from './tx.js';

export type Work<T> = (tx: Tx) => Promise<T>;
type Isolation = 'READ COMMITTED' | 'REPEATABLE READ' | 'SERIALIZABLE';
export type TransactionOptions = Readonly<{ isolation?: Isolation }>;

/** What the system does of itself: `name` becomes the verb of its audit entry, `objectId` says to what it was done. */
export type SystemJob = Readonly<{ name: string; objectId?: string }>;

type Sources = Readonly<{ app?: DataSource; worker?: DataSource }>;
type Settings = Readonly<{ organisation: string; person: string; role: string; learner: string }>;
/** What a transaction of the system is called in the audit: `noun` says whose it was. */
type Entry = Readonly<{ job: SystemJob; noun: 'job' | 'terminal'; organisationId?: string }>;
type Plan = Readonly<{ settings: Settings; isolation?: Isolation; readOnly?: boolean; signal?: AbortSignal; audited?: Entry }>;

const NOBODY: Settings = { organisation: '', person: '', role: '', learner: '' };
const TERMINAL: Settings = { ...NOBODY, role: 'OPERATOR' };
const TRIES = 4;

const settingsOf = (actor: Actor): Settings => ({
  organisation: actor.organisationId,
  person: actor.personId,
  role: actor.role,
  learner: actor.learnerId ?? '',
});

/**
 * Every transaction there is. The tenant is set inside it and for it alone (`set_config(..., true)`), for reads as for writes, so
 * a connection goes back to the pool knowing nobody. Work is begun again, at most three times, when PostgreSQL found that two
 * transactions crossed: it must therefore do nothing but read and write through its `tx` (see `Tx.afterCommit`).
 */
export class UnitOfWork {
  constructor(
    private readonly sources: Sources,
    /** Told of a failed `afterCommit` call: the change itself stands. */
    private readonly onFault: (fault: unknown) => void = () => undefined,
  ) {}

  /** Reads and writes as `actor`. */
  async as<T>(actor: Actor, work: Work<T>, options: TransactionOptions = {}): Promise<T> {
    return this.run(this.app, { ...options, settings: settingsOf(actor) }, work);
  }

  /** Reads as `actor`: one snapshot, and PostgreSQL refuses writes. A statement that runs when `signal` is given is cancelled. */
  async readAs<T>(actor: Actor, work: Work<T>, signal?: AbortSignal): Promise<T> {
    return this.run(this.app, { isolation: 'REPEATABLE READ', readOnly: true, settings: settingsOf(actor), ...(signal && { signal }) }, work);
  }

  /** A read transaction that begins when first needed and lasts until `close()`: one for each GraphQL operation. */
  openRead(actor: Actor, signal?: AbortSignal): ReadSession {
    return new ReadSession((work) => this.readAs(actor, work, signal));
  }

  /**
   * Nobody is known yet: no row of any table, only the sign-in functions answer. No transaction, since there is no tenant to set in
   * one: each statement stands by itself, which makes the look-up of a session one message instead of three.
   */
  async anonymous<T>(work: Work<T>): Promise<T> {
    return this.run(this.app, null, work);
  }

  /** An operator at the server's own terminal: may what role OPERATOR may, belongs to no organisation; audited if it wrote. */
  async atTerminal<T>(job: SystemJob, work: Work<T>): Promise<T> {
    return this.run(this.app, { settings: TERMINAL, audited: { job, noun: 'terminal' } }, work);
  }

  /** The same in the name of one organisation: may there what its own people of that role may; audited if it wrote. */
  async atTerminalFor<T>(job: SystemJob, { organisationId, role }: Pick<Actor, 'organisationId' | 'role'>, work: Work<T>): Promise<T> {
    const settings = { ...NOBODY, organisation: organisationId, role };
    return this.run(this.app, { settings, audited: { job, noun: 'terminal', organisationId } }, work);
  }

  /** A job of the system, in the worker's role; audited if it wrote. */
  async asSystem<T>(job: SystemJob, work: Work<T>, options: TransactionOptions = {}): Promise<T> {
    return this.run(this.worker, { ...options, settings: NOBODY, audited: { job, noun: 'job' } }, work);
  }

  /**
   * A look of the system's that finds nothing most times, in the worker's role: no transaction, each statement stands by itself, so that
   * it is one message instead of three. Nothing may be written so: nothing would tell of it.
   */
  async glance<T>(look: Work<T>): Promise<T> {
    return this.run(this.worker, null, look);
  }

  /** Asks the database for one row; rejects when it does not answer. */
  async ping(): Promise<void> {
    for (const source of Object.values(this.sources)) await source?.query('select 1');
  }

  private get app(): DataSource {
    if (this.sources.app === undefined) throw new Error('This process has no connection in the role of the app');
    return this.sources.app;
  }

  private get worker(): DataSource {
    if (this.sources.worker === undefined) throw new Error('This process has no connection in the role of the worker');
    return this.sources.worker;
  }

  private async run<T>(source: DataSource, plan: Plan | null, work: Work<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        const { result, tx } = await once(source, plan, work);
        for (const call of tx.calls) await Promise.resolve().then(call).catch(this.onFault);
        return result;
      } catch (fault) {
        if (attempt === TRIES || !mayRetry(fault) || plan?.signal?.aborted) throw translated(fault);
        // Jitter, so that the two that crossed do not cross again.
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt));
      }
    }
  }
}

/** One lazily opened read transaction. */
export class ReadSession {
  #opened: Promise<Tx> | null = null;
  #ended: Promise<void> = Promise.resolve();
  #end: () => void = () => undefined;
  #closed = false;

  constructor(private readonly read: (work: Work<void>) => Promise<void>) {}

  tx(): Promise<Tx> {
    if (this.#closed) return Promise.reject(new Error('This read session is closed'));
    this.#opened ??= new Promise((resolve, reject) => {
      const untilClosed = new Promise<void>((end) => (this.#end = end));
      this.#ended = this.read(async (tx) => {
        resolve(tx);
        await untilClosed;
      }).catch(reject);
    });
    return this.#opened;
  }

  /** Ends the transaction, if one was begun; safe to call twice. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#end();
    await this.#ended;
  }
}

async function once<T>(source: DataSource, plan: Plan | null, work: Work<T>): Promise<{ result: T; tx: Tx }> {
  const runner = source.createQueryRunner();
  const failure = inTurn(runner, plan?.signal);
  let cancelled: Promise<void> | null = null;
  const cancel = (): void => {
    cancelled = cancelStatement(runner).catch(() => undefined);
  };
  try {
    plan?.signal?.throwIfAborted();
    if (plan !== null) await begin(runner, plan);
    plan?.signal?.addEventListener('abort', cancel, { once: true });
    const tx = new Tx(runner.manager);
    const result = await work(tx);
    // After a failed statement COMMIT would quietly roll back: work that swallowed the failure must not look done.
    const failed = failure();
    if (failed !== null) throw failed;
    if (plan !== null) await runner.query(`${plan.audited ? auditing(plan.audited) : ''}commit`);
    return { result, tx };
  } catch (fault) {
    await cancelled;
    if (runner.isTransactionActive) await runner.query('rollback').catch(() => undefined);
    throw fault;
  } finally {
    plan?.signal?.removeEventListener('abort', cancel);
    await cancelled;
    await runner.release().catch(() => undefined);
  }
}

/**
 * One message begins the transaction at its isolation and sets the tenant. Several statements in one message take no parameters, so the
 * settings stand in it as literals. The runner must not begin: it would take three messages for that, which is as much as most reads.
 */
async function begin(runner: QueryRunner, { settings, isolation, readOnly }: Plan): Promise<void> {
  await runner.connect();
  // As the runner itself would note: nothing in it may begin a transaction of its own, and from here on there is one to roll back.
  Object.assign(runner, { isTransactionActive: true });
  const { organisation, person, role, learner } = settings;
  const values = [organisation, person, role, learner].map((value) => pg.escapeLiteral(value));
  await runner.query(
    `start transaction isolation level ${isolation ?? 'READ COMMITTED'}, ${readOnly ? 'read only' : 'read write'};
     select set_config('meriden.organisation', ${values[0]}, true), set_config('meriden.person', ${values[1]}, true),
       set_config('meriden.role', ${values[2]}, true), set_config('meriden.learner', ${values[3]}, true)`,
  );
}

/**
 * Lets the statements of one transaction follow one another even when several loaders ask at once: a connection does one thing at
 * a time. None begins after `signal`. @returns a function that gives the first failure, or null.
 */
function inTurn(runner: QueryRunner, signal?: AbortSignal): () => unknown {
  const query = runner.query.bind(runner) as (...given: unknown[]) => Promise<unknown>;
  let last: Promise<unknown> = Promise.resolve();
  let failure: unknown = null;
  runner.query = ((...given: unknown[]) => {
    const turn = last.then(() => {
      if (given[0] !== 'rollback') signal?.throwIfAborted();
      return query(...given);
    });
    last = turn.catch((fault: unknown) => {
      failure ??= fault;
    });
    return turn;
  }) as typeof runner.query;
  return () => failure;
}

/**
 * One audit entry for a system transaction that wrote something (it then has a transaction id); a look alone leaves none. It goes
 * with the commit in one message, as literals: where it fails nothing is committed.
 */
function auditing({ job, noun, organisationId }: Entry): string {
  const [verb, kind, object] = [job.name, noun, job.objectId ?? job.name].map((value) => pg.escapeLiteral(value));
  const organisation = organisationId === undefined ? 'null' : pg.escapeLiteral(organisationId);
  return `insert into audit_entry (id, at, person_id, organisation_id, verb, noun, object_id, detail)
     select gen_random_uuid(), now(), null, ${organisation}::uuid, ${verb}, ${kind}, ${object}, '{}'::jsonb where pg_current_xact_id_if_assigned() is not null; `;
}
