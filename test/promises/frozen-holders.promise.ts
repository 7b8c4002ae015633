import { runFreezes } from '../faults/support/run-freezes.js';
import { keepPromises } from './support/keep.js';

/** P5: holders of a round frozen past their lock, another takes over, the late one goes on. */
await keepPromises({ small: 20, full: 500 }, async ({ count, seed, servers, say }) => {
  const figures = await runFreezes(servers, { count, seed, onFreeze: (done) => done % 10 === 0 && say(`${done} freezes`) });
  const { takenOver, stale, overfilled, lost, doubled } = figures;
  const held = takenOver === count && stale + overfilled + lost + doubled === 0;
  return [{ promise: 'P5', held, figure: `${count} holders frozen, ${takenOver} taken over: ${stale} stale publishes, ${overfilled} over-filled openings, ${lost} lost, ${doubled} doubled`, ...figures }];
});
