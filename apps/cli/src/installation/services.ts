import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { PersistenceModule } from '@meriden/persistence';
import { loadConfig, PlatformModule, type Config } from '@meriden/platform';
import { ServicesModule } from '@meriden/services';

@Module({})
class TerminalModule {}

/**
 * Runs a command over the services, in the roles of app and worker, and closes everything afterwards. Logs are off: standard output
 * belongs to the command.
 */
export async function withServices<T>(work: (services: INestApplicationContext, config: Config) => Promise<T>): Promise<T> {
  const config = { ...loadConfig(), logLevel: 'silent' } as const;
  const application = await NestFactory.createApplicationContext(
    {
      module: TerminalModule,
      imports: [PlatformModule.forRoot(config, 'cli'), PersistenceModule.forRoot({ role: 'app', url: config.databaseAppUrl, poolSize: 8 }, { role: 'worker', url: config.databaseWorkerUrl, poolSize: 2 }), ServicesModule.forRoot()],
    },
    { logger: false, abortOnError: false },
  );
  try {
    return await work(application, config);
  } finally {
    await application.close();
  }
}
