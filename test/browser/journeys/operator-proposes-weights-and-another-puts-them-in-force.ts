import type { Stage } from '../support/stage.js';

/** A trial scores a sample of learners beside everything else that runs. */
const TRIAL_MS = 120_000;

export function operatorProposesWeights(stage: Stage): void {
  describe('other weights', () => {
    it('are proposed by one operator, tried out, kept from their proposer, and put in force by another with a reason', async () => {
      const operator = await stage.signedIn('operator');
      const { page } = operator;
      await operator.open('/scoring/editions');
      await operator.heading('Weights and names');
      await operator.click(page.getByText('Propose other weights'));
      const learners = page.getByRole('group', { name: 'Learner’s side, %' });
      const change = async (term: string, by: number): Promise<void> => {
        const field = learners.getByLabel(term, { exact: true });
        await operator.fill(field, String(Number(await field.inputValue()) + by));
      };
      await change('Skills', 5);
      await operator.sees(/side adds to 105 %/);
      await change('Journey', -5);
      await page.getByText(/side adds to/).waitFor({ state: 'detached' });
      await operator.fill(page.locator('#weights-reason'), 'Skills decide more than minutes in this region.');
      await operator.click(operator.button('Propose and try out in shadow'));
      const trial = page.getByRole('article').filter({ hasText: 'Skills decide more than minutes' });
      await trial.getByText(/on trial/).first().waitFor();
      // The page looks again by itself until the trial has its figures.
      await trial.getByText(/learners tried/).waitFor({ timeout: TRIAL_MS });
      await operator.fill(trial.getByLabel('Why?'), 'I find my own proposal good.');
      await operator.click(trial.getByRole('button', { name: 'Put in force' }));
      await trial.getByText('There is a problem').waitFor();

      const second = await stage.signedIn('operator2');
      await second.open('/scoring/editions');
      const same = second.page.getByRole('article').filter({ hasText: 'Skills decide more than minutes' });
      await second.fill(same.getByLabel('Why?'), 'The trial shows few who move.');
      await second.click(same.getByRole('button', { name: 'Put in force' }));
      await same.getByText(/in force/).first().waitFor();
      await same.getByText(/The trial shows few who move/).waitFor();
      expect([...operator.complaints, ...second.complaints]).toEqual([]);
      await Promise.all([operator.leave(), second.leave()]);
    }, 2 * TRIAL_MS);
  });
}
