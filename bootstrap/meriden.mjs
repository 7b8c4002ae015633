// `npm run --silent meriden -- COMMAND`: the operator's command line, after making sure that packages and build are right.
// Standard output belongs to the command alone; its exit code is ours.
import { spawn } from 'node:child_process';
import { built, dataDirectory, makePassable, withoutDatabase } from './place.mjs';
import { EXIT, Problem, entry } from './problem.mjs';
import { beQuiet, say } from './say.mjs';
import { ensureInstalled } from './install.mjs';
import { ensureBuilt } from './build.mjs';

/** Work on the stored data: when no instance runs, the embedded servers are brought up for as long as the command takes. */
const NEED_SERVERS = new Set(['migrate', 'seed', 'import', 'export-return', 'backup', 'restore']);

function runCommand(args, environment) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--enable-source-maps', built.cli, ...args], { stdio: 'inherit', env: environment });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.on('error', (error) => reject(new Problem(`The command cannot be started: ${error.message}`)));
    child.on('exit', (code) => resolve(code ?? EXIT.fault));
  });
}

await entry(async () => {
  const args = process.argv.slice(2);
  await ensureInstalled();
  beQuiet();
  await ensureBuilt();
  const dataDir = makePassable(dataDirectory());
  const { knownInstance, takeInstance } = await import('./instance.mjs');
  const instance = knownInstance(dataDir);
  const urls = (from) => ({ DATABASE_URL: process.env.DATABASE_URL || from.databaseUrl, REDIS_URL: process.env.REDIS_URL || from.redisUrl });
  const environment = { ...(process.env.DATABASE_URL ? process.env : withoutDatabase()), MERIDEN_DATA_DIR: dataDir };
  if (instance.running) {
    return runCommand(args, defined({ ...environment, ...urls(instance), PORT: process.env.PORT ?? String(instance.port) }));
  }
  const asksForHelp = args.some((arg) => arg === '--help' || arg === '-h' || arg === '--template');
  const [wantsDatabase, wantsRedis] = [!process.env.DATABASE_URL, !process.env.REDIS_URL];
  if (!NEED_SERVERS.has(args[0]) || asksForHelp || !(wantsDatabase || wantsRedis)) return runCommand(args, defined({ ...environment, ...(args[0] === 'doctor' ? urls(instance) : {}) }));

  const { startServers } = await import('./servers.mjs');
  const lock = takeInstance(dataDir, `meriden ${args[0]}`);
  let servers;
  try {
    servers = await startServers({ dataDir, given: { databaseUrl: process.env.DATABASE_URL || undefined, redisUrl: process.env.REDIS_URL || undefined }, say });
    return await runCommand(args, { ...environment, ...urls(servers) });
  } finally {
    await servers?.stop();
    lock.release();
  }
});

function defined(environment) {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined));
}
