import process from 'node:process';
import { ConfigError, HealthRegistry, Logger, loadConfig, type Config } from '@meriden/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApi } from './api.js';

/** PostgreSQL may be starting beside us, or between two lives: wait that long for it before giving up. */
const DATABASE_PATIENCE_MS = 60_000;

async function main(config: Config): Promise<void> {
  const logger = Logger.create('api', config.logLevel);
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error) => {
      logger.defect(event, { error });
      process.exit(1);
    });
  }
  const stop = new Promise<NodeJS.Signals>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal));
  });
  const app = await Promise.race([assemble(config, logger), stop]);
  if (typeof app === 'string') process.exit(0);
  await app.listen(config.port, config.host);
  logger.info('the API listens', { url: await app.getUrl(), demonstration: config.demonstration });
  logger.info('stopping', { signal: await stop });
  // Readiness fails first, and for as long as whoever routes to us needs to see that, everything is answered as before; then running
  // requests finish; what does not end in time is cut off.
  app.get(HealthRegistry).beginDrain();
  setTimeout(() => process.exit(1), config.drainMs + config.shutdownMs).unref();
  await new Promise((resolve) => setTimeout(resolve, config.drainMs));
  await app.close();
  process.exit(0);
}

/** Builds the application, again and again while the database cannot be reached. */
async function assemble(config: Config, logger: Logger): Promise<NestFastifyApplication> {
  const until = performance.now() + DATABASE_PATIENCE_MS;
  for (let pause = 250; ; pause = Math.min(pause * 2, 5_000)) {
    try {
      return await createApi(config);
    } catch (error) {
      if (performance.now() > until || !isAway(error)) throw error;
      logger.warn('the database cannot be reached, trying again', { pauseMs: pause, error });
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/** Refused connections, and a server that says it is starting or stopping. */
function isAway(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'ETIMEDOUT', '57P01', '57P03'].includes(code);
}

try {
  await main(loadConfig());
} catch (error) {
  // What the operator can mend is told without a stack: a wrong environment, a Redis that may lose jobs.
  const sentence = error instanceof ConfigError || (error as Error).name === 'RedisUnsafe';
  process.stderr.write(`meriden api: ${sentence ? (error as Error).message : ((error as Error).stack ?? String(error))}\n`);
  process.exit(error instanceof ConfigError ? 2 : 3);
}
