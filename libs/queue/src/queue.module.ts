import { CONFIG, type Config, HealthRegistry, Logger } from '@meriden/platform';
import { type DynamicModule, Inject, Injectable, Module, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { CounterStore } from './counter-store.js';
import { EventBus } from './event-bus.js';
import { JobOutbox } from './job-outbox.js';
import { RedisLink, RedisUnsafe } from './redis-link.js';

/** Milliseconds a start waits for Redis, to look it over: one that is away is no reason not to begin. */
const GREETING_MS = 1_000;

/** The connections of a process to Redis, one a purpose, opened when it starts and ended when it stops. */
@Injectable()
class RedisLinks implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly send: RedisLink;
  readonly outbox: JobOutbox;
  readonly events: EventBus;
  readonly counters: CounterStore;
  private readonly publish: RedisLink;
  private readonly listen: RedisLink;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Logger) private readonly logger: Logger,
    @Inject(HealthRegistry) health: HealthRegistry,
  ) {
    this.send = this.link('send');
    this.publish = this.link('publish');
    this.listen = this.link('listen');
    this.outbox = new JobOutbox(this.send, config.redisPrefix);
    this.counters = new CounterStore(this.send, config.redisPrefix);
    this.events = new EventBus(this.publish, this.listen, config.redisPrefix, logger);
    // Not critical: without Redis every mutation still commits, and jobs wait in the outbox.
    health.register('redis', async () => void (await this.send.use()), false);
  }

  /** @throws RedisUnsafe for a server that may lose jobs, with the reason */
  async onApplicationBootstrap(): Promise<void> {
    await this.send.whenReady(GREETING_MS).catch((error: unknown) => {
      if (error instanceof RedisUnsafe) throw error;
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.events.close();
    await this.outbox.close();
    await Promise.all([this.send, this.publish, this.listen].map((link) => link.close()));
  }

  private link(purpose: ConstructorParameters<typeof RedisLink>[1]): RedisLink {
    return new RedisLink(this.config.redisUrl, purpose, this.logger);
  }
}

/** `JobOutbox`, `EventBus` and `CounterStore` for services; needs the platform module. */
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
        { provide: CounterStore, useFactory: (links: RedisLinks) => links.counters, inject: [RedisLinks] },
      ],
      exports: [JobOutbox, EventBus, CounterStore],
    };
  }
}
