import 'reflect-metadata';
import { type Config, ConfigError, HealthRegistry, Logger, loadConfig, nestLogger } from '@meriden/platform';
import { WorkerHost } from '@meriden/queue';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Duties } from './duties.js';
import { HealthPort } from './health-port.js';
import { WorkerModule } from './worker.module.js';

/** PostgreSQL may be starting beside us, or between two lives: wait that long for it before giving up. */
const DATABASE_PATIENCE_MS = 60_000;
/** Of the time a stop may take, what is kept for closing connections once the jobs are out. */
const CLOSING_MS = 2_000;

async function main(): Promise<void> {
  const config = loadConfig();
  const logger = Logger.create('worker', config.logLevel);
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error) => {
      logger.defect(event, { error });
      process.exit(1);
    });
  }
  let stopped = false;
  const stop = new Promise<NodeJS.Signals>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (stopped) process.exit(130);
        stopped = true;
        resolve(signal);
      });
    }
  });
  const app = await Promise.race([assemble(config, logger), stop]);
  if (typeof app === 'string') process.exit(0);
  await work(app, config, logger, stop);
}

async function work(app: INestApplicationContext, config: Config, logger: Logger, stop: Promise<NodeJS.Signals>): Promise<void> {
  const [host, duties, port, health] = [app.get(WorkerHost), app.get(Duties), app.get(HealthPort), app.get(HealthRegistry)];
  if (config.workerPort !== null) logger.info('health port open', { port: await port.open(config.host, config.workerPort) });
  // The loops need Redis for nothing durable and begin at once; jobs begin when Redis is there and was found safe.
  duties.start();
  const begun = host.start();
  const signal = await Promise.race([stop, begun.then(() => stop)]);
  const started = performance.now();
  logger.info('stopping', { signal });
  health.beginDrain();
  await Promise.all([host.close(Math.max(100, config.shutdownMs - CLOSING_MS)), duties.stop()]);
  await port.close();
  await app.close();
  logger.info('stopped', { ms: Math.round(performance.now() - started) });
  // What a job that was told to stop still holds must not hold the process.
  process.exit(0);
}

/** Builds the application, again and again while the database cannot be reached. */
async function assemble(config: Config, logger: Logger): Promise<INestApplicationContext> {
  const until = performance.now() + DATABASE_PATIENCE_MS;
  for (let pause = 250; ; pause = Math.min(pause * 2, 5_000)) {
    try {
      return await NestFactory.createApplicationContext(WorkerModule.forRoot(config), { logger: nestLogger(logger), abortOnError: false });
    } catch (error) {
      if (!isAway(error) || performance.now() > until) throw error;
      logger.warn('the database does not answer yet', { error });
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/** No server there, one that is starting or stopping (57P), or one whose connections are all taken (53300). */
function isAway(error: unknown): boolean {
  const { code, errors, message } = error as { code?: unknown; errors?: unknown[]; message?: unknown };
  if (errors?.some(isAway)) return true;
  // One too busy to greet us in time, or that went away in mid greeting: the driver has words for it but no code.
  if (typeof message === 'string' && message.startsWith('Connection terminated')) return true;
  return typeof code === 'string' && /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|57P0\d|53300)$/.test(code);
}

try {
  await main();
} catch (error) {
  if (error instanceof ConfigError) process.stderr.write(`meriden worker: ${error.message}\n`);
  else Logger.create('worker', 'info').error('the worker cannot work', { error });
  process.exit(error instanceof ConfigError ? 2 : 3);
}
