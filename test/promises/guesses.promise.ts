import { ALLOWED, runGuessing } from '../support/guessing-ground.js';
import { keepPromises } from './support/keep.js';

/** P11: guesses at one account packed in every way, over hours, with Redis away; and 1,000 addresses swept. */
await keepPromises({ small: 20, full: 1_000 }, async ({ count, full, say }) => {
  const hours = full ? 12 : 1;
  // Long enough for all ten tries with the pauses between them, and for more if there were more.
  const { packed, hours: timed, sweep } = await runGuessing({ patienceMs: full ? 90_000 : 0, hours, ids: count, say });
  const most = Math.max(...packed.map(({ checked }) => checked));
  const sent = packed.reduce((sum, { sent: one }) => sum + one, 0);
  const alike = JSON.stringify(sweep.told.there) === JSON.stringify(sweep.told.missing) && sweep.told.there.length === 2;
  const held = most <= ALLOWED && timed.most <= ALLOWED && alike && sweep.swept === count;
  const figure =
    `${sent} guesses in ${packed.length} packings over two processes, one without Redis: at most ${most} checked at one account; ${timed.sent} guesses in ${hours} hours of a moved clock: at most ${timed.most} in any 15 minutes; ` +
    `${sweep.swept} addresses swept: answers, statements and hashes ${alike ? 'the same' : 'NOT the same'} with an account and without (middle of ${sweep.ms.there} and ${sweep.ms.missing} ms a sign-in)`;
  return [{ promise: 'P11', held, figure, packed, timed, sweep }];
});
