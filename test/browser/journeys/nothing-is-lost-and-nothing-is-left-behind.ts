import type { Stage } from '../support/stage.js';

export function nothingIsLost(stage: Stage): void {
  describe('a page', () => {
    it('of another role says whose it is, and to the signed out only offers to sign in', async () => {
      const visitor = await stage.visitor();
      await visitor.open('/rounds');
      await visitor.heading('Sign in');
      await visitor.leave();
      const learner = await stage.signedIn('learner');
      await learner.open('/rounds');
      await learner.sees('This page is for: Operator');
      await learner.leave();
    });

    it('tells what is safe when the service is gone, with a reference, and keeps what was typed', async () => {
      const person = await stage.visitor();
      await person.open('/sign-in');
      await person.fill(person.page.getByLabel('E-mail address'), 'somebody@demo.example');
      await person.fill(person.page.getByLabel('Password', { exact: true }), 'a long password');
      await person.context.setOffline(true);
      await person.press('Enter');
      await person.page.locator('[data-reference]').waitFor();
      await person.sees(/You are offline/);
      expect(await person.page.getByLabel('E-mail address').inputValue()).toBe('somebody@demo.example');
      await person.leave();
    });

    it('says that the service is slow, keeps what was typed, and goes on when it answers', async () => {
      const employer = await stage.signedIn('employer');
      const { page } = employer;
      await employer.open('/hire/new');
      await employer.fill(page.getByLabel('What the work is called'), 'Slow road technician');
      let answer = (): void => undefined;
      const held = new Promise<void>((resolve) => (answer = resolve));
      await page.route('**/graphql', async (route) => held.then(() => route.continue()).catch(() => undefined));
      await employer.fill(page.getByLabel('What a learner will do'), 'Waits beside an engineer.');
      await employer.click(employer.button('Next'));
      await employer.fill(page.getByRole('textbox', { name: 'Must have on the first day' }), 'electronics');
      await employer.click(employer.link('Candidates').first());
      await employer.sees(/slow to answer/);
      answer();
      await employer.heading('Candidates');
      await page.getByText(/slow to answer/).first().waitFor({ state: 'detached' });
      await employer.leave();
    });

    it('shows nothing any more once the session is revoked, not even what was loaded before', async () => {
      const learner = await stage.visitor();
      await stage.signIn(learner, 'learner2');
      await learner.heading(/Hello/);
      await learner.click(learner.link('All matches'));
      await learner.page.getByRole('link', { name: /Why this fits/ }).first().waitFor();
      await stage.meriden.database.sql(`update session set revoked_at = now() where revoked_at is null and membership_id in (select m.id from membership m join person p on p.id = m.person_id where p.email = $1)`, [stage.meriden.account('learner2').email]);
      // Whichever comes first: the page's open ear hears that the session has ended, or the next question is refused.
      const signedOut = learner.heading('Sign in');
      void learner.click(learner.link('My skills').first()).catch(() => undefined);
      await signedOut;
      expect(await learner.page.locator('body').innerText()).not.toMatch(/Why this fits|Hello/);
      await learner.page.goBack();
      await learner.heading('Sign in');
      await learner.leave();
    });
  });
}
