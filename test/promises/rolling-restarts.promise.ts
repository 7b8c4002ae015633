import { runRestarts } from '../faults/support/run-restarts.js';
import { Site } from '../faults/support/site.js';
import { keepPromises } from './support/keep.js';

/** P15: workers and the API told to stop by turns, under load. */
await keepPromises({ small: 10, full: 200 }, async ({ count, seed, servers, say }) => {
  const site = await Site.start(servers, { learners: 60, vacancies: 20, workers: 2, lockMs: 3_000 });
  try {
    const { disorderly, accepted, triedAgain, lost, doubled, mostTries, findings } = await runRestarts(site, { count, seed, onRestart: (done) => done % 10 === 0 && say(`${done} restarts`) });
    const held = disorderly.length === 0 && lost + doubled === 0 && mostTries <= 1;
    const figure = `${count} restarts in order (${disorderly.length} otherwise) while ${accepted} commands were acknowledged: ${lost} lost, ${doubled} doubled, at most ${mostTries} try a command; ${triedAgain} requests found the API away and were sent again, none stayed unanswered`;
    return [{ promise: 'P15', held, figure, seed, findings }];
  } finally {
    await site.end();
  }
});
