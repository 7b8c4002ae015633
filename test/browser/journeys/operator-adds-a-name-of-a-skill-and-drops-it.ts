import type { Stage } from '../support/stage.js';

export function operatorAddsAName(stage: Stage): void {
  describe('a further name of a skill', () => {
    it('is refused without a reason, added with one, and dropped again by an operator', async () => {
      const operator = await stage.signedIn('operator');
      const { page } = operator;
      await operator.open('/scoring/editions');
      await operator.heading('Weights and names');
      // What is in force stands there, both sides.
      await page.getByRole('table').getByRole('rowheader', { name: 'Skills' }).or(page.getByRole('cell', { name: 'Skills' })).first().waitFor();
      await operator.choose(page.getByLabel('Skill', { exact: true }), { label: 'Electronics' });
      await operator.fill(page.getByLabel('Further name', { exact: true }), 'breadboard tinkering');
      await operator.click(operator.button('Add this name'));
      await page.getByRole('alert').getByText('There is a problem').waitFor();
      await operator.fill(page.getByLabel('Why is it the same skill?'), 'Learners of the college call it so.');
      await operator.click(operator.button('Add this name'));
      const row = page.getByRole('listitem').filter({ hasText: 'breadboard tinkering' });
      await row.getByText(/holds/).waitFor();
      await operator.click(operator.button('Drop breadboard tinkering'));
      await row.getByText(/dropped/).waitFor();
      expect(operator.complaints).toEqual([]);
      await operator.leave();
    });
  });
}
