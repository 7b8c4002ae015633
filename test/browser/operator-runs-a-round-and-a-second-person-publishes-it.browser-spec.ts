import type { Browser } from 'playwright-core';
import { startMeriden, type Meriden } from '../e2e/support/meriden.js';
import { launchChromium } from './support/chromium.js';
import { Person } from './support/person.js';

describe('a round', () => {
  let meriden: Meriden;
  let browser: Browser;
  beforeAll(async () => {
    [meriden, browser] = await Promise.all([startMeriden(), launchChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await meriden?.end();
  });

  it('is ranked in, frozen, solved and checked by one person, published by another, and its file is verified in the browser', async () => {
    const learner = await Person.arrive(browser, meriden.origin);
    await learner.signIn(meriden.account('learner'), meriden.password);
    await learner.heading(/Hello/);
    await learner.click(learner.link('All matches'));
    await learner.click(learner.button(/Add to my ranking/).first());
    await learner.sees('Number 1 in your ranking');
    await learner.click(learner.link('My ranking'));
    await learner.sees('Receipt number');

    const operator = await Person.arrive(browser, meriden.origin);
    await operator.signIn(meriden.account('operator'), meriden.password);
    await operator.heading('Rounds');
    await operator.click(operator.page.locator('main a[href^="/rounds/"]').first());
    await operator.click(operator.button('Freeze preferences'));
    // Tried out in both modes and compared, before anything is decided.
    await operator.click(operator.button('Try out: Best for learners'));
    await operator.click(operator.button('Try out: Best for employers'));
    await operator.page.getByRole('table', { name: 'The two side by side' }).waitFor();
    await operator.click(operator.page.getByRole('button', { name: 'Solve', exact: true }));
    await operator.sees('Solved, not published');
    await operator.sees('Found right');
    // Whoever had it solved is told to hand it on, and has no button to publish.
    await operator.sees(/another operator looks at it and publishes it/);
    expect(await operator.button('Publish').count()).toBe(0);

    const second = await Person.arrive(browser, meriden.origin);
    await second.signIn(meriden.account('operator2'), meriden.password);
    await second.heading('Rounds');
    await second.click(second.page.locator('main a[href^="/rounds/"]').first());
    await second.fill(second.page.getByLabel('What did you check, and why may it be published?'), 'Certificate checked, outcomes read.');
    await second.click(second.button('Publish'));
    await second.sees(/Published .*Certificate checked/);
    await second.click(second.button('Check it here'));
    await second.sees(/no violation/);

    // The first operator's open page has followed, without being loaded again.
    await operator.sees(/Published .*Certificate checked/);

    await learner.click(learner.link('Offers').first());
    await learner.heading('Offers');
    await learner.sees('What the round decided for you, and why');
    expect([...learner.complaints, ...operator.complaints, ...second.complaints]).toEqual([]);
    await Promise.all([learner.leave(), operator.leave(), second.leave()]);
  });
});
