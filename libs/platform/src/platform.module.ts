import { type DynamicModule, Module } from '@nestjs/common';
import { Clock, SystemClock } from './clock.js';
import type { Config } from './config.js';
import { HealthRegistry } from './health.js';
import { Logger } from './logger.js';
import { Metrics } from './metrics.js';

/** Token of the `Config`: `@Inject(CONFIG) config: Config`. */
export const CONFIG = Symbol('CONFIG');

/** Config, clock, log, health and meters for every module of a process. */
@Module({})
export class PlatformModule {
  /** @param service the name of the process in its log lines: `api`, `worker`, `cli` */
  static forRoot(config: Config, service = 'meriden'): DynamicModule {
    const providers = [
      { provide: CONFIG, useValue: config },
      { provide: Clock, useClass: SystemClock },
      { provide: Logger, useFactory: () => Logger.create(service, config.logLevel) },
      { provide: HealthRegistry, useFactory: () => new HealthRegistry() },
      { provide: Metrics, useFactory: () => new Metrics(true) },
    ];
    return { module: PlatformModule, global: true, providers, exports: providers.map((p) => p.provide) };
  }
}
