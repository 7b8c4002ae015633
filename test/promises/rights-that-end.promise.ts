import { runRights } from '../support/revocation-ground.js';
import { keepPromises } from './support/keep.js';

const GOAL_MS = 2_000;

/** P9: sessions that end in every way there is, each with a socket open, others beside them; and requests that race with the end. */
await keepPromises({ small: 17, full: 200 }, async ({ count, full, say }) => {
  const { revocations, races } = await runRights({ revocations: count, beside: full ? 200 : 20, races: full ? 200 : 12, say });
  const ways = Object.entries(revocations.ways);
  const [slowest, { slowestMs } = { slowestMs: Number.NaN }] = ways.toSorted(([, one], [, other]) => other.slowestMs - one.slowestMs)[0] ?? ['none'];
  const sum = (of: 'times' | 'eventsAfter' | 'stillOpened'): number => ways.reduce((total, [, way]) => total + way[of], 0);
  const held = sum('times') === count && slowestMs <= GOAL_MS && sum('eventsAfter') + sum('stillOpened') + revocations.besideLost + races.survived.length === 0;
  const figure =
    `${sum('times')} revocations in ${ways.length} ways beside ${revocations.beside} other sockets: the slowest socket closed after ${slowestMs} ms (${slowest}), ${sum('eventsAfter')} events of what came after, ${sum('stillOpened')} tokens still opened something, ${revocations.besideLost} other sockets lost; ` +
    `${races.races} revocations raced by requests on their way (${races.opened} sessions opened): ${races.survived.length} outlived them`;
  return [{ promise: 'P9', held, figure, revocations, races }];
});
