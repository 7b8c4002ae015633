import type { Stage } from '../support/stage.js';

export function operatorRunsARound(stage: Stage): void {
  describe('a round', () => {
    it('is ranked in, frozen, solved and checked by one person, published by another, and its file is verified in the browser', async () => {
      const learner = await stage.visitor();
      await stage.signIn(learner, 'learner');
      await learner.heading(/Hello/);
      await learner.click(learner.link('All matches'));
      await learner.click(learner.button(/Add to my ranking/).first());
      await learner.sees('Number 1 in your ranking');
      await learner.click(learner.link('My ranking'));
      await learner.sees('Receipt number');

      const operator = await stage.visitor();
      await stage.signIn(operator, 'operator');
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

      const second = await stage.visitor();
      await stage.signIn(second, 'operator2');
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
}
