import type { Browser } from 'playwright-core';
import { startMeriden, type Meriden } from '../e2e/support/meriden.js';
import { launchChromium } from './support/chromium.js';
import { Person } from './support/person.js';

const MAKE = `mutation ($input: CreateAccountInput!) { createAccount(input: $input) { ... on CreateAccountSuccess { totpSecret } ... on Refused { refusals { code message rule remedy path } } } }`;

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
    // Set-up, before the journey: a colleague of the operator.
    const client = await meriden.as('college');
    const operatorClient = await meriden.as('operator');
    expect(client).toBeDefined();
    const { viewer } = await operatorClient.ask<{ viewer: { organisation: { id: string } } }>('{ viewer { organisation { id } } }');
    const colleague = { email: 'second@demo.example', role: 'OPERATOR' };
    const { totpSecret } = await operatorClient.do<{ totpSecret: string }>(MAKE, { input: { email: colleague.email, name: 'Second Operator (demo)', password: meriden.password, role: 'OPERATOR', organisationId: viewer.organisation.id } });

    const learner = await Person.arrive(browser, meriden.origin);
    await learner.signIn(meriden.account('learner'), meriden.password);
    await learner.heading(/Hello/);
    await learner.click(learner.link('All matches'));
    await learner.click(learner.button(/Add to my ranking/).first());
    await learner.sees('Number 1 in your ranking');
    await learner.click(learner.link('My ranking'));
    await learner.sees('Receipt number');

    // A code of the second factor works once: this person takes the next time step.
    const operator = await Person.arrive(browser, meriden.origin);
    await nextStep();
    await operator.signIn(meriden.account('operator'), meriden.password);
    await operator.heading('Rounds');
    await operator.click(operator.page.getByRole('main').getByRole('link').first());
    await operator.click(operator.button('Freeze preferences'));
    await operator.click(operator.button('Solve'));
    await operator.sees('Solved, not published');
    await operator.sees('Found right');

    const second = await Person.arrive(browser, meriden.origin);
    await second.signIn({ ...colleague, totpSecret }, meriden.password);
    await second.heading('Rounds');
    await second.click(second.page.getByRole('main').getByRole('link').first());
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

const STEP_MS = 30_000;
/** Waits until the authenticator shows another code than the one used before. */
const nextStep = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, STEP_MS - (Date.now() % STEP_MS) + 200));
