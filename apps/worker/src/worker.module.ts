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

/** Sessions with PostgreSQL that are not for scoring jobs: a round, and the loops. */
const NOT_SCORING = 4;

/** Composition root of the worker. */
@Module({})
export class WorkerModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        PlatformModule.forRoot(config, 'worker'),
        PersistenceModule.forRoot({ role: 'worker', url: config.databaseWorkerUrl, poolSize: NOT_SCORING + scoringAtOnce(config) }),
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

/** How many scoring jobs are in hand at once: each holds a session of its own. */
function scoringAtOnce({ databaseConnections }: Config): number {
  return databaseConnections === null ? WORKER_SETTINGS.concurrency.scoring : databaseConnections - NOT_SCORING;
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
    settings: { lockDuration: jobLockMs, stalledInterval, concurrency: { ...WORKER_SETTINGS.concurrency, scoring: scoringAtOnce(config) } },
  });
  health.register('postgres', () => unitOfWork.ping());
  health.register('queues', async () => {
    const states = await host.states();
    if (states.length === 0 || states.some((state) => !state.connected)) throw Object.assign(new Error('not connected'), { code: 'NOT_CONNECTED' });
  });
  return host;
}
