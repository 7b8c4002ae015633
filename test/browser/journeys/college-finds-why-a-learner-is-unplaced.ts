import type { Stage } from '../support/stage.js';

export function collegeFindsWhy(stage: Stage): void {
  describe('a college', () => {
    it('finds why a learner is unplaced, what would help, and the reasons behind their matches', async () => {
      const college = await stage.visitor();
      await stage.signIn(college, 'college');
      await college.heading('Cohort board');
      await college.sees(/learners are placed/);
      await college.click(college.link('Unplaced and why'));
      await college.heading('Unplaced and why');
      await college.page.getByRole('heading', { level: 2, name: /Has matches, has ranked nothing|No profile|No suggestion|switched off/ }).first().waitFor();
      await college.click(college.page.locator('main a[href^="/learners/"]').first());
      await college.page.getByRole('heading', { name: 'Why not placed yet' }).waitFor();
      await college.page.getByRole('heading', { name: 'Best matches' }).waitFor();
      expect(college.complaints).toEqual([]);
      await college.leave();
    });

    it('keeps filter and sort in the address, so that Back and a shared link show the same rows', async () => {
      const college = await stage.visitor();
      await stage.signIn(college, 'college2');
      await college.heading('Cohort board');
      await college.choose(college.page.getByLabel('Stage', { exact: true }), { label: 'Suggested' });
      await college.page.waitForURL(/stage=SUGGESTED/);
      await college.page.reload();
      await college.heading('Cohort board');
      expect(await college.page.getByLabel('Stage', { exact: true }).inputValue()).toBe('SUGGESTED');
      await college.leave();
    });
  });
}
