import 'reflect-metadata';
import { realpathSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { REFUSAL_TYPES } from './graphql/refusal.types.js';
import { RESOLVERS } from './resolvers.js';

/** Types that no field names: the concrete refusals behind the interface `UserError`. */
export const BUILD_SCHEMA = { orphanedTypes: REFUSAL_TYPES };

/** The schema from the decorators alone: no database, no Redis, no configuration. */
async function buildSchema(): Promise<GraphQLSchema> {
  const app = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: false });
  try {
    return lexicographicSortSchema(await app.get(GraphQLSchemaFactory).create([...RESOLVERS], [], { ...BUILD_SCHEMA }));
  } finally {
    await app.close();
  }
}

/** The text of `schema.graphql`: sorted, so that its diff is the review of a change. */
async function printSchemaSdl(): Promise<string> {
  return `# Generated from the code by \`npm run --silent meriden -- schema\`. Do not edit.\n\n${printSchema(await buildSchema())}\n`;
}

const started = process.argv[1];
if (started !== undefined && realpathSync(started) === fileURLToPath(import.meta.url)) {
  process.stdout.write(await printSchemaSdl());
}
