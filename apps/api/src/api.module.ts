import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { PersistenceModule } from '@meriden/persistence/reads';
import { Logger, PlatformModule, type Config } from '@meriden/platform';
import { ServicesModule } from '@meriden/services';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import { OperationContexts } from './graphql/context.js';
import { ErrorTranslator } from './graphql/errors.js';
import { LIMITS } from './graphql/limits.js';
import { OperationPlugin } from './graphql/operation.plugin.js';
import { ReadShelf } from './graphql/read-shelf.js';
import { RimOfInstallation } from './graphql/rim.js';
import { SubscriptionSocket } from './graphql/subscription-socket.js';
import { ConsoleFiles } from './http/console-files.js';
import { ConsoleController } from './http/console.controller.js';
import { DataCopyController } from './http/data-copy.controller.js';
import { ExportController } from './http/export.controller.js';
import { FrontPageController } from './http/front-page.controller.js';
import { GraphiqlController } from './http/graphiql.controller.js';
import { HealthController } from './http/health.controller.js';
import { ImportController } from './http/import.controller.js';
import { OidcController } from './http/oidc.controller.js';
import { PasskeyController } from './http/passkey.controller.js';
import { RimFilter } from './http/rim.filter.js';
import { RoundFileController } from './http/round-file.controller.js';
import { ReferenceShelf } from './reference/reference-shelf.js';
import { RESOLVERS } from './resolvers.js';
import { BUILD_SCHEMA } from './schema.js';

/** What contexts and errors of an operation are made with: a module of its own, because the GraphQL module is given it first. */
@Module({ providers: [OperationContexts, ErrorTranslator, ReadShelf, RimOfInstallation], exports: [OperationContexts, ErrorTranslator, ReadShelf, RimOfInstallation] })
class OperationModule {}

/** The composition root of the API process. */
@Module({})
export class ApiModule {
  static forRoot(config: Config, logger: Logger): DynamicModule {
    const onFault = (error: Error): void => logger.warn('the database faltered', { error });
    return {
      module: ApiModule,
      imports: [
        PlatformModule.forRoot(config, 'api'),
        PersistenceModule.forRoot({ role: 'app', url: config.databaseAppUrl, ...(config.databaseConnections !== null && { poolSize: config.databaseConnections }), ready: true, onFault }),
        ServicesModule.forRoot(),
        OperationModule,
        GraphQLModule.forRootAsync<ApolloDriverConfig>({
          driver: ApolloDriver,
          imports: [OperationModule],
          inject: [OperationContexts, ErrorTranslator],
          useFactory: (contexts: OperationContexts, errors: ErrorTranslator): Omit<ApolloDriverConfig, 'driver'> => ({
            path: '/graphql',
            autoSchemaFile: true,
            sortSchema: true,
            buildSchemaOptions: { ...BUILD_SCHEMA },
            context: (request: FastifyRequest, reply: FastifyReply) => contexts.graphql(request, reply),
            formatError: (formatted: GraphQLFormattedError, error: unknown) => errors.translate(formatted, error),
            graphiql: false,
            autoTransformHttpErrors: false,
            // Who may see the schema is decided per caller by `admit`.
            introspection: true,
            hideSchemaDetailsFromClientErrors: !config.demonstration,
            includeStacktraceInErrorResponses: false,
            // It would look at every field of every answer, to end with the `no-store` that all answers here bear anyway.
            plugins: [ApolloServerPluginCacheControlDisabled()],
            allowBatchedHttpRequests: false,
            persistedQueries: false,
            csrfPrevention: true,
            parseOptions: { maxTokens: LIMITS.tokens },
          }),
        }),
      ],
      controllers: [FrontPageController, GraphiqlController, HealthController, OidcController, PasskeyController, RoundFileController, DataCopyController, ExportController, ImportController, ConsoleController],
      providers: [{ provide: APP_FILTER, useClass: RimFilter }, OperationPlugin, SubscriptionSocket, ReferenceShelf, ConsoleFiles, ...RESOLVERS],
    };
  }
}
