import { CandidateStore } from '@meriden/persistence';
import type { Browser } from 'playwright-core';
import { startMeriden, type Meriden } from '../e2e/support/meriden.js';
import { launchChromium } from './support/chromium.js';
import { Person } from './support/person.js';

const CANDIDATES = 10;

describe('ten candidates', () => {
  let meriden: Meriden;
  let browser: Browser;
  beforeAll(async () => {
    [meriden, browser] = await Promise.all([startMeriden(), launchChromium()]);
    // Set-up: ten learners have ranked a vacancy of this employer before.
    const [employer] = await meriden.database.sql<{ organisation_id: string }>(`select m.organisation_id from membership m join person p on p.id = m.person_id where p.email = $1`, [meriden.account('employer').email]);
    const learners = await meriden.database.sql<{ id: string; organisation_id: string }>('select id, organisation_id from learner order by id limit $1', [CANDIDATES]);
    await meriden.database.asOwner(async (tx) => {
      for (const learner of learners) await new CandidateStore().ensure(tx, { organisationId: employer?.organisation_id ?? '', learnerId: learner.id, providerId: learner.organisation_id });
    });
  });
  afterAll(async () => {
    await browser?.close();
    await meriden?.end();
  });

  it('are shortlisted, refused, undone and sent without a mouse', async () => {
    const employer = await Person.arrive(browser, meriden.origin);
    const { page } = employer;
    await employer.signIn(meriden.account('employer'), meriden.password);
    await employer.heading('Vacancies');
    await employer.press('g');
    await employer.press('c');
    await employer.heading('Candidates');
    await employer.sees(`0 of ${CANDIDATES} decided`);
    // No name, age or address anywhere: a pseudonym, a course and skills.
    expect(await page.getByRole('main').innerText()).not.toContain('(demo)');
    for (const key of ['s', 's', 'n', 's', 'n', 's', 's', 'n', 's']) await employer.press(key);
    await employer.sees(`9 of ${CANDIDATES} decided`);
    await employer.press('z');
    await employer.sees(`8 of ${CANDIDATES} decided`);
    await employer.press('s');
    await employer.press('n');
    await employer.sees(`${CANDIDATES} of ${CANDIDATES} decided`);
    const send = employer.button('Send this ranking');
    await send.focus();
    await employer.press('Enter');
    await employer.sees('6 entries');
    await employer.sees('Receipt number');
    expect(employer.complaints).toEqual([]);
    await employer.leave();
  });
});
