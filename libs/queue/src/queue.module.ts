import { CONFIG, type Config, HealthRegistry, Logger } from '@meriden/platform';
import { type DynamicModule, Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { EventBus } from './event-bus.js';
import { JobOutbox } from './job-outbox.js';
import { RedisLink } from './redis-link.js';

/** The connections of a process to Redis, one a purpose, opened when it starts and ended when it stops. */
@Injectable()
export class RedisLinks implements OnApplicationShutdown {
  readonly send: RedisLink;
  /** For rate limits: `limit.client` is the store; refuse nothing because it is away, count in memory instead. */
  readonly limit: RedisLink;
  readonly outbox: JobOutbox;
  readonly events: EventBus;
  private readonly publish: RedisLink;
  private readonly listen: RedisLink;

  constructor(@Inject(CONFIG) config: Config, @Inject(Logger) logger: Logger, @Inject(HealthRegistry) health: HealthRegistry) {
    const link = (purpose: ConstructorParameters<typeof RedisLink>[1]): RedisLink => new RedisLink(config.redisUrl, purpose, logger);
    this.send = link('send');
    this.limit = link('limit');
    this.publish = link('publish');
    this.listen = link('listen');
    this.outbox = new JobOutbox(this.send, config.redisPrefix);
    this.events = new EventBus(this.publish, this.listen, config.redisPrefix, logger);
    // Not critical: without Redis every mutation still commits, and jobs wait in the outbox.
    health.register('redis', async () => void (await this.send.use()), false);
  }

  async onApplicationShutdown(): Promise<void> {
    this.events.close();
    await this.outbox.close();
    await Promise.all([this.send, this.limit, this.publish, this.listen].map((link) => link.close()));
  }
}

/** `JobOutbox`, `EventBus` and `RedisLinks` for services; needs the platform module. */
@Module({})
export class QueueModule {
  static forRoot(): DynamicModule {
    return {
      module: QueueModule,
      global: true,
      providers: [
        RedisLinks,
        { provide: JobOutbox, useFactory: (links: RedisLinks) => links.outbox, inject: [RedisLinks] },
        { provide: EventBus, useFactory: (links: RedisLinks) => links.events, inject: [RedisLinks] },
      ],
      exports: [RedisLinks, JobOutbox, EventBus],
    };
  }
}
