import { once } from 'node:events';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { arrivals, type Ask } from './arrivals.js';
import { GraphqlClient } from '../../e2e/support/graphql-client.js';

/** Queries that are refused, each for a reason of its own; from a thread, so that making them slows nobody's measured question. */
const deep = `{ viewer { learner { suggestions(first: 1) { nodes { learner { suggestions(first: 1) { nodes { learner { suggestions(first: 1) { nodes { learner { id } } } } } } } } } } } }`;
const costly = `{ ${Array.from({ length: 5 }, (_, i) => `a${i}: learners(first: 100) { nodes { id suggestions(first: 100) { nodes { score vacancy { id title } } } } }`).join(' ')} }`;
const aliases = `{ ${Array.from({ length: 200 }, (_, i) => `a${i}: __typename`).join(' ')} }`;
const tokens = `{ ${'viewer { role } '.repeat(400)} }`;
const unknown = '{ everythingAboutEverybody { password } }';
const directives = `{ viewer ${'@include(if: true) '.repeat(20)}{ role } }`;
const broken = '{ viewer { role ';
const page = '{ learners(first: 100000) { nodes { id } } }';
const TRICKS = [deep, costly, aliases, tokens, unknown, directives, broken, page];

const { origin, token, seconds, rate } = workerData as { origin: string; token: string; seconds: number; rate: number };
const stranger = new GraphqlClient(origin);
const insider = new GraphqlClient(origin, token);
// A second or two of a core go by until a thread stands, has loaded this and sends quickly: that is our own weight on two cores, not the attack's.
await arrivals(3, rate, (): Ask => ({ document: 'warm', send: () => stranger.send('{ __typename }') }));
parentPort?.postMessage('ready');
await once(parentPort as MessagePort, 'message');
const replies = await arrivals(seconds, rate, (n): Ask => ({ document: 'attack', send: () => (n % 2 === 0 ? stranger : insider).send(TRICKS[n % TRICKS.length] as string) }));
// Every one is to be refused: an answer without a fault is a hole, one above 499 a break.
parentPort?.postMessage({
  sent: replies.length,
  refused: replies.filter(({ fault }) => fault !== null && !/^5/.test(fault) && !/^TypeError/.test(fault)).length,
  broke: replies.filter(({ fault }) => fault !== null && (/^5/.test(fault) || /^TypeError/.test(fault))).length,
});
