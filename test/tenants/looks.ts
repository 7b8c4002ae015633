import { randomUUID } from 'node:crypto';
import { WATCHERS, type Planted, type Watcher } from './canaries.js';
import { askedBy } from './coordinates.js';
import { documentsOf, inParallel, nodeId, schema, type Document, type Ground, type Walls } from './ground.js';
import type { Sightings } from './sightings.js';

/** Codes that say the test asked wrongly, or that the API broke. */
export const FAULTS = new Set(['INTERNAL', 'GRAPHQL_VALIDATION_FAILED', 'GRAPHQL_PARSE_FAILED', 'TOO_DEEP', 'TOO_COSTLY', 'BAD_USER_INPUT']);

export type Sweep = readonly Readonly<{ document: Document; coordinates: ReadonlySet<string> }>[];

/** Every document, with the fields it asks for. */
export const sweepOf = (ground: Ground): Sweep => documentsOf(ground.region).map((document) => ({ document, coordinates: askedBy(schema, document.query) }));

/** In sentences: what somebody got who must not, and what went wrong otherwise. Only the first says that a wall is open. */
export type Found = Readonly<{ leaks: readonly string[]; faults: readonly string[] }>;

const togetherOf = (all: readonly Found[]): Found => ({ leaks: all.flatMap(({ leaks }) => leaks), faults: all.flatMap(({ faults }) => faults) });
export const sentencesOf = ({ leaks, faults }: Found): readonly string[] => [...leaks, ...faults];

/**
 * Asks a document as somebody. @returns what it gave away, and where it failed. A refusal deep in an answer hides what stands
 * beside it: the parts are then asked each for itself.
 */
export async function look(ground: Ground, walls: Walls, sightings: Sightings, watcher: Watcher, { query, variables, parts }: Document, coordinates: ReadonlySet<string>): Promise<Found> {
  const answer = await ground.client(walls, watcher).send(query, variables);
  sightings.count(coordinates, watcher);
  const leaks = sightings.judge({ data: answer.data, errors: answer.errors }, watcher).map((leak) => `${leak} by ${query}`);
  if (parts !== undefined && answer.errors.some(({ path }) => path?.length !== 1)) {
    return togetherOf([{ leaks, faults: [] }, ...(await Promise.all(parts.map((part) => look(ground, walls, sightings, watcher, part, coordinates))))]);
  }
  const fault = answer.errors.find((error) => FAULTS.has(error.extensions.code));
  return { leaks, faults: fault ? [`${watcher}: ${fault.extensions.code} ${fault.message} by ${query}`] : [] };
}

/** Asks everybody for every object, and for one of each type that is not there. @returns who finds what is not theirs (a leak), or does not find what is */
export async function wronglyFound(ground: Ground, walls: Walls): Promise<Found> {
  const { objects } = ground.region;
  const unknown = [...new Set(objects.map((object) => object.type))].map((type): Planted => ({ type, key: type === 'Suggestion' ? `${randomUUID()}:${randomUUID()}` : randomUUID(), owner: 'nobody', seenBy: [] }));
  const asked = [...objects, ...unknown];
  const wrong = await inParallel(
    WATCHERS.map((watcher) => async () => {
      const leaks: string[] = [];
      const faults: string[] = [];
      for (let from = 0; from < asked.length; from += 100) {
        const page = asked.slice(from, from + 100);
        const { data, errors } = await ground.client(walls, watcher).send<{ nodes: ({ id: string } | null)[] }>('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: page.map((object) => nodeId(object.type, object.key)) });
        // Nobody is told that they are signed out, which is as it should be.
        const broken = errors.filter(({ extensions }) => watcher !== 'nobody' || extensions.code !== 'UNAUTHENTICATED');
        faults.push(...broken.map(({ extensions, message }) => `${watcher}: ${extensions.code} ${message} by nodes(ids)`));
        for (const [index, object] of page.entries()) {
          const found = (data?.nodes[index] ?? null) !== null;
          if (found === object.seenBy.includes(watcher)) continue;
          if (found) leaks.push(`${object.type} of ${object.owner}: ${watcher} finds it`);
          else faults.push(`${object.type} of ${object.owner}: ${watcher} does not find it`);
        }
      }
      return { leaks, faults };
    }),
  );
  return togetherOf(wrong);
}
