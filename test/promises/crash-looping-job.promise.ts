import { runPoison } from '../faults/support/run-poison.js';
import { Site } from '../faults/support/site.js';
import { keepPromises } from './support/keep.js';

/** P4: a job that aborts its process is parked after five tries; the others are done; an operator can start it again. */
await keepPromises({ small: 1, full: 20 }, async ({ count, seed, servers }) => {
  const site = await Site.start(servers, { learners: 60, vacancies: 20, workers: 2, lockMs: 1_000 });
  try {
    const { poisons, parked, mostTries, deaths, others, revived, lost, doubled, findings } = await runPoison(site, { count, seed });
    const held = parked === count && revived === count && mostTries <= 5 && lost + doubled === 0 && deaths >= count;
    const figure = `${poisons} poisoned jobs: ${parked} parked, after ${mostTries} tries at most and ${deaths} dead workers, ${revived} done when started again; ${others} others meanwhile: ${lost} lost, ${doubled} doubled`;
    return [{ promise: 'P4', held, figure, seed, findings }];
  } finally {
    await site.end();
  }
});
