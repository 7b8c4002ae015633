import process from 'node:process';
import { HealthRegistry, Logger, loadConfig } from '@meriden/platform';
import { createApi } from './api.js';

const config = loadConfig();
const logger = Logger.create('api', config.logLevel);
const app = await createApi(config);

/** Readiness fails first, then running requests finish, then the process ends; late ones are cut off. */
async function stop(signal: string): Promise<void> {
  logger.info('stopping', { signal });
  app.get(HealthRegistry).beginDrain();
  setTimeout(() => process.exit(1), config.shutdownMs).unref();
  await app.close();
  process.exit(0);
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal));

await app.listen(config.port, config.host);
logger.info('the API listens', { url: await app.getUrl(), demonstration: config.demonstration });
