import pg from 'pg';
import { DataSource } from 'typeorm';
import { ENTITIES } from './entities.js';
import { MIGRATIONS } from './migrations/index.js';
import { PostgresNames } from './naming.js';

export const POOL_SIZE = 10;

type DatabaseRole = 'app' | 'worker' | 'owner';

export type Connection = Readonly<{
  url: string;
  role: DatabaseRole;
  /** Most connections held at once, each kept once it was made; `POOL_SIZE` unless said. */
  poolSize?: number;
  /** Opens all of them at the start: a connection made in a rush costs the rush more than what it asks. */
  ready?: boolean;
  /** Told of a connection lost while it lay idle; such a loss must never end the process. */
  onFault?: (fault: Error) => void;
}>;

/** Milliseconds. A query that takes longer is a fault of ours and must not hold what others wait for. */
const LIMITS = {
  app: { statement_timeout: 5_000, idle_in_transaction_session_timeout: 15_000, lock_timeout: 4_000 },
  // A worker that froze with a row locked is cut off while those who wait for the row still have tries left: five of ten seconds.
  worker: { statement_timeout: 60_000, idle_in_transaction_session_timeout: 25_000, lock_timeout: 10_000 },
  // A migration waits briefly for its locks and gives up, rather than queue all readers behind itself.
  owner: { statement_timeout: 0, idle_in_transaction_session_timeout: 60_000, lock_timeout: 5_000 },
} as const satisfies Record<DatabaseRole, object>;

/** A session that lies idle is asked whether its other end is still there: one that went without a word would hold who uses it next. */
const ASKED_AFTER_MS = 10_000;

const DATE_OID = 1082;
const INT8_OID = 20;
const TIMESTAMPTZ_OID = 1184;

/** Dates and instants reach the domain as ISO text, counts as numbers. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: string) {
    if (format !== 'binary') {
      if (oid === DATE_OID) return (text: string) => text;
      if (oid === TIMESTAMPTZ_OID) return (text: string) => new Date(`${text.replace(' ', 'T')}:00`).toISOString();
      if (oid === INT8_OID) return safeInteger;
    }
    return pg.types.getTypeParser(oid, format as 'text') as (text: string) => unknown;
  },
};

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`A bigint of ${text} does not fit a number`);
  return value;
}

const OFTEN = 5;
const MOST_NAMES = 250;
const MOST_COUNTED = 2_000;

/**
 * Names for statements that come again and again: under its name a statement is parsed once a connection, and after a few runs planned
 * once too, where parsing and planning cost more than most of ours take to run. Rare texts (lists of varying length make new ones
 * without end) get none, and there are at most 250, because each connection keeps every name for its life.
 */
export class StatementNames {
  readonly #times = new Map<string, number>();
  readonly #names = new Map<string, string>();

  /** Undefined for a text that was not asked often, or came after there were names enough. */
  of(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined || this.#names.size === MOST_NAMES) return known;
    const times = (this.#times.get(text) ?? 0) + 1;
    if (times < OFTEN) {
      if (this.#times.size === MOST_COUNTED) this.#times.clear();
      this.#times.set(text, times);
      return undefined;
    }
    this.#times.delete(text);
    const name = `meriden_${this.#names.size + 1}`;
    this.#names.set(text, name);
    return name;
  }
}

/**
 * A client that always has an `error` listener: a server that restarts or cuts a connection between two queries makes the client
 * emit `error`, and an emitter without a listener would end the process. The lost query itself still rejects.
 */
function listeningClient(onFault: (fault: Error) => void, names: StatementNames): typeof pg.Client {
  return class extends pg.Client {
    constructor(config?: string | pg.ClientConfig) {
      super(config);
      this.on('error', onFault);
      const query = this.query.bind(this) as (...given: unknown[]) => unknown;
      this.query = ((text: unknown, values: unknown, ...rest: unknown[]) => {
        const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? names.of(text) : undefined;
        return name === undefined ? query(text, values, ...rest) : query({ name, text, values }, ...rest);
      }) as typeof this.query;
    }
  };
}

/** A data source that is not yet connected: call `initialize()`, and `destroy()` at the end. */
export function createDataSource({ url, role, poolSize = POOL_SIZE, onFault = () => undefined }: Connection): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    applicationName: `meriden-${role}`,
    entities: ENTITIES,
    migrations: MIGRATIONS,
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    namingStrategy: new PostgresNames(),
    installExtensions: false,
    logging: false,
    poolSize,
    connectTimeoutMS: 5_000,
    poolErrorHandler: onFault,
    extra: { ...LIMITS[role], types, options: '-c TimeZone=UTC', Client: listeningClient(onFault, new StatementNames()), keepAlive: true, keepAliveInitialDelayMillis: ASKED_AFTER_MS, min: poolSize },
  });
}
