import { Inject, Module, type DynamicModule, type OnApplicationShutdown, type Provider, type Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { DataSource } from 'typeorm';
import { POOL_SIZE, createDataSource, type Connection } from './data-source.js';
import { READS } from './reads-list.js';
import { STORES } from './stores-list.js';
import { UnitOfWork } from './unit-of-work.js';

/** The open data sources of a module, for closing them. */
class OpenSources {
  constructor(readonly sources: readonly DataSource[]) {}
}

/**
 * The unit of work, every store and every read, for the whole application. Connects when the application starts and closes when it
 * stops.
 */
@Module({})
export class PersistenceModule implements OnApplicationShutdown {
  constructor(@Inject(ModuleRef) private readonly modules: ModuleRef) {}

  /** One connection for the app's role or the worker's; both only where one process does both, as the terminal does. */
  static forRoot(...connections: readonly (Connection & { role: 'app' | 'worker' })[]): DynamicModule {
    const nouns: Type[] = [...STORES, ...READS];
    const providers: Provider[] = [
      {
        provide: OpenSources,
        useFactory: async () => new OpenSources(await open(connections)),
      },
      {
        provide: UnitOfWork,
        inject: [OpenSources],
        useFactory: ({ sources }: OpenSources) =>
          new UnitOfWork(
            Object.fromEntries(connections.map((connection, index) => [connection.role, sources[index]])),
            (fault) => connections[0]?.onFault?.(fault instanceof Error ? fault : new Error(String(fault))),
          ),
      },
      ...nouns,
    ];
    return { module: PersistenceModule, global: true, providers, exports: [UnitOfWork, ...nouns] };
  }

  async onApplicationShutdown(): Promise<void> {
    const { sources } = this.modules.get(OpenSources);
    await Promise.all(sources.map((source) => source.destroy()));
  }
}

/** All or none: a source that did open is closed again when another could not. */
async function open(connections: readonly Connection[]): Promise<DataSource[]> {
  const sources = connections.map(createDataSource);
  const opened = await Promise.allSettled(sources.map((source) => source.initialize()));
  const failure = opened.find((result) => result.status === 'rejected');
  if (failure === undefined) {
    // Each holds its connection for a moment, so that all are made; one that cannot be made now is made when it is wanted.
    await Promise.all(connections.flatMap(({ ready, poolSize = POOL_SIZE }, at) => (ready ? Array.from({ length: poolSize }, () => sources[at]?.query('select pg_sleep(0.1)').catch(() => undefined)) : [])));
    return sources;
  }
  await Promise.all(sources.filter((source) => source.isInitialized).map((source) => source.destroy()));
  throw failure.reason;
}
