import type { Stage } from '../support/stage.js';

const DEVICE = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } as const;

export function aPasskeyOpensAnAccount(stage: Stage): void {
  describe('a passkey', () => {
    it('is added with the password given again, opens the account with nothing typed, and opens nothing once it is removed', async () => {
      const learner = await stage.visitor({}, stage.namedOrigin);
      const { page } = learner;
      const device = await learner.context.newCDPSession(page);
      await device.send('WebAuthn.enable');
      await device.send('WebAuthn.addVirtualAuthenticator', { options: DEVICE });
      await learner.signIn(stage.meriden.account('learner2'), stage.meriden.password);
      await learner.heading(/Hello/);
      await learner.click(learner.link('Account'));
      await learner.heading('Account');
      await learner.sees('You have no passkey.');
      const passkeys = page.getByRole('region', { name: 'Passkeys' });
      await learner.fill(passkeys.getByLabel('What you call the device'), 'My phone');
      await learner.fill(passkeys.getByLabel('Present password'), 'not my password');
      await learner.click(learner.button('Add a passkey'));
      await passkeys.getByText('There is a problem').waitFor();
      await learner.fill(passkeys.getByLabel('Present password'), stage.meriden.password);
      await learner.click(learner.button('Add a passkey'));
      await learner.sees('The passkey was added.');

      await learner.click(learner.button('Sign out'));
      await learner.heading('Sign in');
      await learner.click(learner.button('Sign in with a passkey'));
      // Back to where the session ended.
      await learner.heading('Account');
      await learner.click(learner.button('Remove My phone'));
      await learner.sees('You have no passkey.');
      await learner.click(learner.button('Sign out'));
      await learner.heading('Sign in');
      await learner.click(learner.button('Sign in with a passkey'));
      await learner.sees('No passkey of this device opened an account.');
      expect(learner.complaints).toEqual([]);
      await learner.leave();
    });
  });
}
