import type { Stage } from '../support/stage.js';

export function employerPostsAVacancy(stage: Stage): void {
  describe('an employer posts a vacancy', () => {
    it('in at most 25 interactions from sign-in, and sees it live', async () => {
      const employer = await stage.visitor();
      const { page } = employer;
      await stage.signIn(employer, 'employer');
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
      // Beyond the MedTech taxonomy: found by the service after a pause.
      await employer.fill(page.getByRole('textbox', { name: 'Useful' }), 'customer serv');
      await page.getByRole('option', { name: 'customer service', exact: true }).waitFor();
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
      await employer.sees('customer service');
      // Before anything is posted: how many it would reach, and what keeps the others away.
      await employer.sees(/^Learners to whom nothing shuts it: (\d+|a few or none)\./);
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
      const employer = await stage.signedIn('employer');
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
}
