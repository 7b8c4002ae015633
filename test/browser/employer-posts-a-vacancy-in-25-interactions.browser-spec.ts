import type { Browser } from 'playwright-core';
import { startMeriden, type Meriden } from '../e2e/support/meriden.js';
import { launchChromium } from './support/chromium.js';
import { Person } from './support/person.js';

describe('an employer posts a vacancy', () => {
  let meriden: Meriden;
  let browser: Browser;
  beforeAll(async () => {
    [meriden, browser] = await Promise.all([startMeriden(), launchChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await meriden?.end();
  });

  it('in at most 25 interactions from sign-in, and sees it live', async () => {
    const employer = await Person.arrive(browser, meriden.origin);
    const { page } = employer;
    await employer.signIn(meriden.account('employer'), meriden.password);
    await employer.heading('Vacancies');
    await employer.click(employer.link('Post a vacancy').first());

    await employer.heading('Post a vacancy');
    await employer.fill(page.getByLabel('What the work is called'), 'Wearables bench technician');
    await employer.fill(page.getByLabel('What a learner will do'), 'Build and test sensor boards beside an engineer.\n<script>document.title="broken"</script>');
    await employer.click(employer.button('Next'));

    await page.getByRole('heading', { name: 'What they need' }).waitFor();
    await employer.fill(page.getByRole('textbox', { name: 'Must have on the first day' }), 'electronics');
    await page.getByRole('option').first().waitFor();
    await employer.press('Enter');
    await employer.fill(page.getByRole('textbox', { name: 'You will teach' }), 'quality');
    await page.getByRole('option').first().waitFor();
    await employer.press('Enter');
    await employer.click(employer.button('Next'));

    await page.getByRole('heading', { name: 'When and where' }).waitFor();
    await employer.choose(page.getByLabel('Where', { exact: true }), 'bhic');
    await employer.fill(page.getByLabel('First day'), '2027-02-01');
    await employer.fill(page.getByLabel('Last day'), '2027-07-16');
    await employer.fill(page.getByLabel('Openings'), '2');
    await employer.click(employer.button('Next'));

    await page.getByRole('heading', { name: 'Check and post' }).waitFor();
    await employer.sees('Birmingham Health Innovation Campus');
    await employer.click(employer.button('Post it now'));

    await employer.heading('Wearables bench technician');
    await employer.sees('Live');
    // Text of a stranger comes out as text, and what it tries does not happen.
    await employer.sees('<script>document.title="broken"</script>');
    expect(await page.title()).toContain('Wearables bench technician');
    expect(employer.interactions).toBeLessThanOrEqual(25);
    expect(employer.complaints).toEqual([]);
    await employer.leave();
  });

  it('is told by the form what is missing, with the focus on it, and keeps what was typed', async () => {
    const employer = await Person.arrive(browser, meriden.origin);
    await employer.signIn(meriden.account('employer2'), meriden.password);
    await employer.heading('Vacancies');
    await employer.open('/hire/new');
    await employer.fill(employer.page.getByLabel('What the work is called'), 'Half a vacancy');
    await employer.click(employer.button('Next'));
    const summary = employer.page.getByRole('alert');
    await summary.getByText('There is a problem').waitFor();
    expect(await employer.page.locator(':focus').getAttribute('role')).toBe('alert');
    await employer.click(summary.getByRole('link', { name: /What a learner will do/ }));
    expect(await employer.page.locator(':focus').getAttribute('id')).toBe('description');
    expect(await employer.page.getByLabel('What the work is called').inputValue()).toBe('Half a vacancy');
    await employer.leave();
  });
});
