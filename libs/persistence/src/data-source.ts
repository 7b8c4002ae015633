import pg from 'pg';
import { DataSource } from 'typeorm';
import { ENTITIES } from './entities.js';
import { MIGRATIONS } from './migrations/index.js';
import { PostgresNames } from './naming.js';

type DatabaseRole = 'app' | 'worker' | 'owner';

export type Connection = Readonly<{
  url: string;
  role: DatabaseRole;
  /** Most connections held at once; 10 unless said. */
  poolSize?: number;
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

/**
 * A client that always has an `error` listener: a server that restarts or cuts a connection between two queries makes the client
 * emit `error`, and an emitter without a listener would end the process. The lost query itself still rejects.
 */
function listeningClient(onFault: (fault: Error) => void): typeof pg.Client {
  return class extends pg.Client {
    constructor(config?: string | pg.ClientConfig) {
      super(config);
      this.on('error', onFault);
    }
  };
}

/** A data source that is not yet connected: call `initialize()`, and `destroy()` at the end. */
export function createDataSource({ url, role, poolSize = 10, onFault = () => undefined }: Connection): DataSource {
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
    extra: { ...LIMITS[role], types, options: '-c TimeZone=UTC', Client: listeningClient(onFault), keepAlive: true },
  });
}
