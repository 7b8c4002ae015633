import { CONFIG, type Config, HealthRegistry, Logger, Metrics, PlatformModule } from '@meriden/platform';
import { PersistenceModule, UnitOfWork } from '@meriden/persistence/reads';
import { WORKER_SETTINGS, WorkerHost, createProcessors } from '@meriden/queue';
import { ServicesModule } from '@meriden/services';
import { type DynamicModule, Module } from '@nestjs/common';
import { Duties } from './duties.js';
import { HealthPort } from './health-port.js';
import { MailProcessor } from './mail.processor.js';
import { PrivacyProcessor } from './privacy.processor.js';
import { RoundsProcessor } from './rounds.processor.js';
import { ScoringProcessor } from './scoring.processor.js';
import { Solver } from './solver.js';
import { Tries } from './tries.js';

/** Connections to PostgreSQL: ten scoring jobs, a round, and the loops. */
const POOL_SIZE = 14;

/** Composition root of the worker. */
@Module({})
export class WorkerModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        PlatformModule.forRoot(config, 'worker'),
        PersistenceModule.forRoot({ role: 'worker', url: config.databaseWorkerUrl, poolSize: POOL_SIZE }),
        ServicesModule.forRoot(),
      ],
      providers: [
        Tries,
        Solver,
        ScoringProcessor,
        RoundsProcessor,
        MailProcessor,
        PrivacyProcessor,
        Duties,
        HealthPort,
        { provide: WorkerHost, useFactory: hostOf, inject: [CONFIG, Logger, Metrics, HealthRegistry, UnitOfWork, ScoringProcessor, RoundsProcessor, MailProcessor, PrivacyProcessor] },
      ],
    };
  }
}

function hostOf(
  config: Config,
  logger: Logger,
  metrics: Metrics,
  health: HealthRegistry,
  unitOfWork: UnitOfWork,
  scoring: ScoringProcessor,
  rounds: RoundsProcessor,
  mail: MailProcessor,
  privacy: PrivacyProcessor,
): WorkerHost {
  const { jobLockMs } = config;
  const stalledInterval = Math.round((jobLockMs * WORKER_SETTINGS.stalledInterval) / WORKER_SETTINGS.lockDuration);
  const host = new WorkerHost({
    redisUrl: config.redisUrl,
    prefix: config.redisPrefix,
    processors: createProcessors({ scoring: scoring.handlers, rounds: rounds.handlers, mail: mail.handlers, privacy: privacy.handlers }),
    logger,
    metrics,
    settings: { lockDuration: jobLockMs, stalledInterval },
  });
  health.register('postgres', () => unitOfWork.ping());
  health.register('queues', async () => {
    const states = await host.states();
    if (states.length === 0 || states.some((state) => !state.connected)) throw Object.assign(new Error('not connected'), { code: 'NOT_CONNECTED' });
  });
  return host;
}
