import { randomUUID } from 'node:crypto';
import type { Stage } from '../support/stage.js';

const REFUSED = '... on Refused { refusals { code message rule remedy path } }';
const ENROL = `mutation ($input: EnrolLearnerInput!) { enrolLearner(input: $input) { ... on EnrolLearnerSuccess { learner { id } } ${REFUSED} } }`;
const MAKE = `mutation ($input: CreateAccountInput!) { createAccount(input: $input) { ... on CreateAccountSuccess { person { id } } ${REFUSED} } }`;
const NEW = { email: 'new@demo.example', role: 'LEARNER' };

export function learnerFindsAFirstMatch(stage: Stage): void {
  describe('a learner with an empty profile', () => {
    beforeAll(async () => {
      const { meriden } = stage;
      const college = await stage.client('college2');
      const { viewer, qualifications } = await college.ask<{ viewer: { organisation: { id: string } }; qualifications: { key: string; programmeKind: string }[] }>('{ viewer { organisation { id } } qualifications { key programmeKind } }');
      const profile = {
        qualificationId: qualifications.find(({ programmeKind }) => programmeKind === 'T_LEVEL')?.key, level: 3, entryPointId: 'school-leaver-t-level', fundingSourceIds: [], outcode: null, travelModes: [], maxTravelMinutes: 60,
        availability: null, requiredHours: 315, skills: [], interests: [], checks: [], adjustmentsNeeded: [], consentToMatching: true,
      };
      const enrolment = { idempotencyKey: randomUUID(), givenName: 'Nadia', familyName: 'Newcomer (demo)', uln: null, dateOfBirth: '2007-03-04', academicYear: '2026/27', email: null, profile };
      const { learner } = await college.do<{ learner: { id: string } }>(ENROL, { input: enrolment });
      const operator = await stage.client('operator2');
      await operator.do(MAKE, { input: { email: NEW.email, name: 'Nadia Newcomer (demo)', password: meriden.password, role: 'LEARNER', organisationId: viewer.organisation.id, learnerId: learner.id } });
    });

    it('finds a useful match with its reasons in at most 40 interactions', async () => {
      const learner = await stage.visitor();
      const { page } = learner;
      await learner.signIn(NEW, stage.meriden.password);
      await learner.heading('Hello Nadia');

      await learner.click(learner.link('My skills').first());
      await learner.heading('My skills');
      for (const words of ['soldered electronics boards', 'used Python for data', 'quality checks']) {
        await learner.fill(page.getByLabel('What have you done or learnt?'), words);
        await page.getByText('We heard: choose what fits').waitFor();
        await learner.press('Enter');
        await page.getByText(`“${words}”`).waitFor();
      }

      // What no taxonomy of MedTech has, named in a sentence.
      await learner.fill(page.getByLabel('What have you done or learnt?'), 'two years of customer service in a shop');
      await learner.click(learner.button('Add customer service'));
      await page.getByText('“two years of customer service in a shop”').waitFor();

      await learner.click(learner.link('Travel and days').first());
      await learner.heading('Travel and days');
      await learner.fill(page.getByLabel('First half of your home postcode'), 'B29');
      for (const mode of ['Bus or tram', 'Train']) await learner.click(page.getByLabel(mode));
      await learner.fill(page.getByLabel('First day you are free'), '2027-01-04');
      await learner.fill(page.getByLabel('Last day you are free'), '2027-07-30');
      for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']) await learner.click(page.getByLabel(day));
      await learner.click(learner.button('Save'));
      await learner.sees('Saved. Your matches are being worked out again.');

      await learner.click(learner.link('Matches').first());
      await learner.heading('Matches');
      // The list fills by itself when the worker has scored: nobody presses reload.
      const why = page.getByRole('link', { name: /Why this fits/ }).first();
      await why.waitFor();
      await learner.click(why);
      await page.getByRole('heading', { name: 'Why this score' }).waitFor();
      await page.getByRole('heading', { name: 'What would raise this' }).waitFor();
      expect(learner.interactions).toBeLessThanOrEqual(40);
      expect(learner.complaints).toEqual([]);
      await learner.leave();
    });

    it('signs out, and neither Back nor another tab shows anything of theirs', async () => {
      const learner = await stage.visitor();
      await stage.signIn(learner, 'learner2');
      await learner.heading(/Hello/);
      const other = await learner.context.newPage();
      await other.goto(`${stage.origin}/matches`);
      await other.getByRole('heading', { level: 1, name: 'Matches' }).waitFor();
      await other.getByRole('link', { name: /Why this fits/ }).first().waitFor();
      await learner.click(learner.button('Sign out'));
      await learner.heading('Sign in');
      await other.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
      await learner.page.goBack();
      await learner.heading('Sign in');
      expect(await learner.page.getByRole('main').innerText()).not.toMatch(/Hello|fit/);
      await learner.leave();
    });
  });
}
