import type { Stage } from '../support/stage.js';

export function aScoreIsQuestioned(stage: Stage): void {
  describe('a score', () => {
    it('is questioned by the learner, taken up and decided by a named person with a reason, and both versions stay in view', async () => {
      const learner = await stage.signedIn('learner');
      const { page } = learner;
      await learner.open('/matches');
      await learner.click(page.getByRole('link', { name: /Why this fits/ }).first());
      await learner.choose(page.getByLabel('What is wrong', { exact: true }), { label: 'What it is made of: Skills' });
      // Nothing said yet: told at the field, and nothing stored.
      await learner.click(learner.button('Ask a person to look'));
      await page.getByRole('alert').getByText('There is a problem').waitFor();
      await learner.fill(page.getByLabel('What is wrong about it?'), 'I soldered boards for two terms.');
      await learner.click(learner.button('Ask a person to look'));
      await learner.sees(/^Waits for somebody at the college, until /);
      const versions = page.getByRole('table', { name: 'The score before and after' });
      await versions.getByRole('rowheader', { name: 'Skills' }).waitFor();
      await versions.getByText('worked out after the answer').first().waitFor();
      await learner.click(page.getByText('Add something'));
      await learner.fill(page.getByLabel('What else is there to say?'), 'My teacher has the boards.');
      await learner.click(learner.button('Add this'));
      await learner.sees(/: My teacher has the boards\.$/);

      const college = await stage.signedIn('college');
      await college.open('/cohorts/questions');
      await college.sees(/: My teacher has the boards\.$/);
      await college.click(college.button('I am looking at it'));
      await college.sees(/ is looking at it and decides by /);
      await college.click(college.page.locator('summary', { hasText: 'Decide' }));
      await college.fill(college.page.getByLabel('Why?'), 'The boards are counted already.');
      await college.click(college.button('Decide and tell the learner'));
      await college.sees(/ found that the score is right$/);

      await page.reload();
      await learner.sees('Why: The boards are counted already.');
      // The score after the answer comes by itself.
      await versions.getByText('worked out after the answer').first().waitFor({ state: 'detached' });
      expect([...learner.complaints, ...college.complaints]).toEqual([]);
      await Promise.all([learner.leave(), college.leave()]);
    });
  });
}
