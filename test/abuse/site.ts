import { randomUUID } from 'node:crypto';
import type { GraphQLSchema } from 'graphql';
import type { Answer, GraphqlClient, Refusal } from '../e2e/support/graphql-client.js';
import type { TestDatabase } from '../support/database.js';
import type { Region, Watcher } from '../tenants/canaries.js';

/** Where attempts are made: one API on the two colleges of the tenant tests, everybody signed in. */
export type Site = Readonly<{
  region: Region;
  schema: GraphQLSchema;
  database: TestDatabase;
  as(watcher: Watcher): GraphqlClient;
}>;

/** One attempt. Null when it ended as it must; else what came of it. */
export type Variant = Readonly<{ name: string; attempt(site: Site): Promise<string | null> }>;

export const nodeId = (type: string, key: string): string => Buffer.from(`${type}:${key}`, 'utf8').toString('base64url');

/** A mutation by name with its input; the payload says what it is. */
export function mutationOf(name: string): string {
  return `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { __typename ... on Refused { refusals { code message rule remedy path } } } }`;
}

export const key = (): { idempotencyKey: string } => ({ idempotencyKey: randomUUID() });

/** The codes with which an answer refuses: of top-level errors, or of a payload. Empty when something was given. */
function codesOf({ data, errors }: Answer<Record<string, unknown>>): readonly string[] {
  if (errors.length > 0) return errors.map((error) => error.extensions.code);
  const [payload] = Object.values(data ?? {}) as { refusals?: readonly Refusal[] }[];
  return payload?.refusals?.map((refusal) => refusal.code) ?? [];
}

/** Sends an operation that must be refused, with nothing but these codes. */
export function refused(name: string, watcher: Watcher, codes: readonly string[], query: string, variables: (site: Site) => Readonly<Record<string, unknown>> = () => ({})): Variant {
  return {
    name,
    async attempt(site) {
      const answer = await site.as(watcher).send<Record<string, unknown>>(query, variables(site));
      const got = codesOf(answer);
      if (got.length > 0 && got.every((code) => codes.includes(code))) return null;
      return `${watcher} got ${answer.status} ${got.join(' ') || JSON.stringify(answer.data)?.slice(0, 300)}`;
    },
  };
}

/** Asks for a thing of somebody else's and for one that does not exist: the answers must be the same to the letter. */
export function sameAsUnknown(name: string, watcher: Watcher, query: string, variables: (site: Site, real: boolean) => Readonly<Record<string, unknown>>): Variant {
  return {
    name,
    async attempt(site) {
      const answers = await Promise.all([true, false].map((real) => site.as(watcher).send(query, variables(site, real))));
      const [real, unknown] = answers.map(({ status, data, errors }) => JSON.stringify({ status, data, errors }));
      return real === unknown ? null : `${watcher} is told of it: ${real?.slice(0, 300)} against ${unknown?.slice(0, 300)}`;
    },
  };
}

/** Asks what may be asked; nothing in the answer may be what this person must not read. */
export function tellsNothing(name: string, watcher: Watcher, query: string, variables: (site: Site) => Readonly<Record<string, unknown>> = () => ({})): Variant {
  return {
    name,
    async attempt(site) {
      const answer = await site.as(watcher).send(query, variables(site));
      const text = JSON.stringify([answer.data, answer.errors]);
      const leak = site.region.canaries.find((canary) => !canary.seenBy.includes(watcher) && text.includes(canary.text));
      if (leak !== undefined) return `${watcher} reads ${leak.about}`;
      const fault = answer.errors.find((error) => ['INTERNAL', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT'].includes(error.extensions.code));
      return fault === undefined ? null : `${watcher} got ${fault.extensions.code}: ${fault.message}`;
    },
  };
}

/** A request that is no GraphQL operation of the client's: status and codes. */
export async function raw(site: Site, watcher: Watcher, path: string, init: RequestInit = {}): Promise<{ status: number; text: string; headers: Headers }> {
  const { origin, token } = site.as(watcher);
  const headers = { ...(token !== null && { authorization: `Bearer ${token}` }), ...(init.headers as Record<string, string> | undefined) };
  const response = await fetch(`${origin}${path}`, { ...init, headers });
  return { status: response.status, text: await response.text(), headers: response.headers };
}
