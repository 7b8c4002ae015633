import 'reflect-metadata';
import type { Server } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { UnitOfWork } from '@meriden/persistence/reads';
import { HealthRegistry, Logger, nestLogger, type Config } from '@meriden/platform';
import { ApiModule } from './api.module.js';
import { SubscriptionSocket } from './graphql/subscription-socket.js';
import { addSecurityHeaders } from './http/security-headers.js';

const BODY_LIMIT = 64 * 1024;
const REQUEST_MS = 15_000;

/** The API, ready to listen. */
export async function createApi(config: Config): Promise<NestFastifyApplication> {
  const logger = Logger.create('api', config.logLevel);
  const adapter = new FastifyAdapter({ bodyLimit: BODY_LIMIT, requestTimeout: REQUEST_MS, routerOptions: { maxParamLength: 500 } });
  // Files come as they are and are counted where they are read; whoever sends one must be signed in first.
  adapter.getInstance().addContentTypeParser('text/csv', (_request: unknown, payload: unknown, done: (error: Error | null, body: unknown) => void) => done(null, payload));
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.forRoot(config, logger), adapter, {
    logger: nestLogger(logger),
    bodyParser: false,
    abortOnError: false,
  });
  addSecurityHeaders(adapter.getInstance(), config);
  const uow = app.get(UnitOfWork);
  app.get(HealthRegistry).register('postgresql', () => uow.ping());
  await app.init();
  app.get(SubscriptionSocket).attach(app.getHttpServer() as Server, app.get(GraphQLSchemaHost).schema);
  return app;
}
