/** What one embedded server can be made to do. */
export interface EmbeddedServer {
  readonly pid: number;
  readonly port: number;
  readonly url: string;
  /** Its log file. */
  readonly log: string;
  /** SIGKILL, as a crash; resolves when the process is gone. It is not started again by itself. */
  kill(): Promise<void>;
  /** Stops it in order and waits. */
  stop(): Promise<unknown>;
  /** Stops it, should it run, and starts it on the same port and data; resolves when it answers. */
  restart(): Promise<void>;
  /** SIGSTOP and SIGCONT freeze and thaw (of PostgreSQL only the postmaster: open sessions go on). */
  signal(signal: NodeJS.Signals): Promise<unknown>;
}

export interface EmbeddedPostgres extends EmbeddedServer {
  /** Whether its data was found or made anew. */
  readonly how: 'found' | 'created';
  /** As whom it runs. */
  readonly identity: string;
}

export interface EmbeddedRedis extends EmbeddedServer {
  readonly version: string;
  /** The program it was started from. */
  readonly origin: string;
  /** FLUSHALL. */
  flush(): Promise<void>;
}

export interface ServersWish {
  /** Where data, logs, secrets.json and ports.json go. */
  readonly dataDir: string;
  /** Free ports, no fsync, and the folder is deleted when the servers end. */
  readonly testMode?: boolean;
  /** Servers that exist already; they are looked over, not started. */
  readonly given?: { readonly databaseUrl?: string; readonly redisUrl?: string };
  readonly progress?: (name: string, work: (note: (text: string) => void) => Promise<string | undefined>) => Promise<unknown>;
  readonly say?: (text: string) => void;
}

export interface Keeper {
  readonly pid: number;
  readonly events: import('node:events').EventEmitter;
  spawn(wish: {
    name: string;
    command: string;
    args: readonly string[];
    options?: { cwd?: string; env?: Record<string, string | undefined> };
    log: string;
    stop?: readonly (readonly [NodeJS.Signals, number])[];
  }): Promise<number>;
  stop(name: string): Promise<unknown>;
  signal(name: string, signal: NodeJS.Signals): Promise<unknown>;
  end(): Promise<void>;
}

export interface Servers<Postgres = EmbeddedPostgres | undefined, Redis = EmbeddedRedis | undefined> {
  /** The owner's URL (the initdb superuser `meriden` when embedded). */
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly postgres: Postgres;
  readonly redis: Redis;
  /** Keeps more processes that must not outlive this one (an api, a worker). */
  readonly keeper: Keeper;
  /** Ends everything kept, last started first. */
  stop(): Promise<void>;
}

export function startServers(wish: ServersWish): Promise<Servers>;

/** Both servers embedded, in a folder `.data/test-*` of their own that is deleted at the end, even if we are killed. */
export function startTestServers(
  wish?: Pick<ServersWish, 'progress' | 'say'>,
): Promise<Servers<EmbeddedPostgres, EmbeddedRedis> & { readonly dataDir: string }>;
