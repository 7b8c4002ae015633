// Where things lie. Everything that runs writes below one data directory, and nowhere else.
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Embedded data: `.data/` in the checkout unless MERIDEN_DATA_DIR names another folder. */
export function dataDirectory(environment = process.env) {
  return environment.MERIDEN_DATA_DIR ? resolve(root, environment.MERIDEN_DATA_DIR) : join(root, '.data');
}

/** Makes a folder that other users may pass through but not list: the servers may run as another user. */
export function makePassable(folder) {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o711);
  return folder;
}

export const built = {
  api: join(root, 'dist/apps/api/src/main.js'),
  worker: join(root, 'dist/apps/worker/src/main.js'),
  cli: join(root, 'dist/apps/cli/src/main.js'),
};

const DATABASE_VARIABLES = /^(DATABASE_(APP_|WORKER_)?URL|PG[A-Z]+)$/;
const OUR_VARIABLES = /^(DATABASE_(APP_|WORKER_)?URL|REDIS_URL|SMTP_URL|PG[A-Z]+|MERIDEN_(DATA_DIR|REDIS_PREFIX|WORKER_PORT|PUBLIC_ORIGIN|DEMONSTRATION|SECRET|SHUTDOWN_MS|DRAIN_MS|JOB_LOCK_MS)|PORT|HOST|LOG_LEVEL)$/;

const without = (environment, pattern) => Object.fromEntries(Object.entries(environment).filter(([name]) => !pattern.test(name)));

/** An environment for the embedded database: nothing that points elsewhere (DATABASE_APP_URL, PGSSLMODE ...) may linger. */
export const withoutDatabase = (environment = process.env) => without(environment, DATABASE_VARIABLES);

/** An environment for tests: nothing of the caller's installation reaches them. */
export const withoutInstallation = (environment = process.env) => without(environment, OUR_VARIABLES);
