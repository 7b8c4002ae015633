import { CandidateStore } from '@meriden/persistence';
import type { Stage } from '../support/stage.js';

const CANDIDATES = 10;

export function employerDecidesTenCandidates(stage: Stage): void {
  describe('ten candidates', () => {
    beforeAll(async () => {
      const { meriden } = stage;
      // Set-up: ten learners have ranked a vacancy of this employer before.
      const [employer] = await meriden.database.sql<{ organisation_id: string }>(`select m.organisation_id from membership m join person p on p.id = m.person_id where p.email = $1`, [meriden.account('employer2').email]);
      const learners = await meriden.database.sql<{ id: string; organisation_id: string }>('select id, organisation_id from learner order by id limit $1', [CANDIDATES]);
      await meriden.database.asOwner(async (tx) => {
        for (const learner of learners) await new CandidateStore().ensure(tx, { organisationId: employer?.organisation_id ?? '', learnerId: learner.id, providerId: learner.organisation_id });
      });
    });

    it('are shortlisted, refused, undone and sent without a mouse', async () => {
      const employer = await stage.visitor();
      const { page } = employer;
      await stage.signIn(employer, 'employer2');
      await employer.heading('Vacancies');
      await employer.press('g');
      await employer.press('c');
      await employer.heading('Candidates');
      await employer.sees(`0 of ${CANDIDATES} decided`);
      // No name, age or address anywhere: a pseudonym, a course and skills.
      expect(await page.getByRole('main').innerText()).not.toContain('(demo)');
      for (const key of ['s', 's', 'n', 's', 'n', 's', 's', 'n', 's']) await employer.press(key);
      await employer.sees(`9 of ${CANDIDATES} decided`);
      await employer.press('z');
      await employer.sees(`8 of ${CANDIDATES} decided`);
      await employer.press('s');
      await employer.press('n');
      await employer.sees(`${CANDIDATES} of ${CANDIDATES} decided`);
      const send = employer.button('Send this ranking');
      await send.focus();
      await employer.press('Enter');
      await employer.sees('6 entries');
      await employer.sees('Receipt number');
      expect(employer.complaints).toEqual([]);
      await employer.leave();
    });
  });
}
