import { freePort } from '#bootstrap/ports.mjs';
import { startIdentityProvider } from '../../e2e/support/identity-provider.js';
import type { Stage } from '../support/stage.js';

const NAME = 'Example College (fictional)';

export function somebodySignsInThroughTheirOrganisation(stage: Stage): void {
  describe('the sign-in of somebody’s own organisation', () => {
    it('opens nothing until it is linked with the password given again, then the account by one button, and nothing once it is taken off', async () => {
      const port = String(await freePort());
      const origin = `http://127.0.0.1:${port}`;
      const provider = await startIdentityProvider(`${origin}/oidc/return`);
      try {
        await stage.meriden.anotherApi({
          PORT: port,
          MERIDEN_PUBLIC_ORIGIN: origin,
          MERIDEN_OIDC_ISSUER: provider.issuer,
          MERIDEN_OIDC_CLIENT_ID: provider.clientId,
          MERIDEN_OIDC_CLIENT_SECRET: provider.clientSecret,
          MERIDEN_OIDC_NAME: NAME,
        });
        Object.assign(provider.visitor, { subject: 'a-learner-of-ours', amr: ['pwd'] });
        const learner = await stage.visitor({}, origin);
        const byIssuer = learner.button(`Sign in through ${NAME}`);
        await learner.open('/sign-in');
        await learner.click(byIssuer);
        await learner.sees('No account here is linked to yours at that service.');

        await learner.signIn(stage.meriden.account('learner2'), stage.meriden.password);
        await learner.heading(/Hello/);
        await learner.click(learner.link('Account'));
        await learner.heading('Account');
        const links = learner.page.getByRole('region', { name: 'Signing in through another service' });
        await learner.fill(links.getByLabel('Present password'), 'not my password');
        await learner.click(links.getByRole('button', { name: `Link ${NAME}` }));
        await links.getByText('There is a problem').waitFor();
        await learner.fill(links.getByLabel('Present password'), stage.meriden.password);
        await learner.click(links.getByRole('button', { name: `Link ${NAME}` }));
        await learner.sees('The service is linked.');

        await learner.click(learner.button('Sign out'));
        await learner.heading('Sign in');
        await learner.click(byIssuer);
        // Back to where the session ended.
        await learner.heading('Account');
        await learner.click(links.getByRole('button', { name: `Remove ${new URL(provider.issuer).host}` }));
        await links.getByRole('listitem').waitFor({ state: 'detached' });
        await learner.click(learner.button('Sign out'));
        await learner.heading('Sign in');
        await learner.click(byIssuer);
        await learner.sees('No account here is linked to yours at that service.');
        expect(learner.complaints).toEqual([]);
        await learner.leave();
      } finally {
        await provider.end();
      }
    });
  });
}
