// `npm run screenshots [-- FOLDER]`: the main pages of the console as a README shows them. Small pictures: a window, not the whole page.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@meriden/platform';
import { ownStage } from './support/own-stage.js';
import type { Person } from './support/person.js';

const folder = process.argv[2] ?? join(projectRoot(), 'docs/screens');
const WINDOW = { viewport: { width: 1120, height: 760 } };
const PHONE = { viewport: { width: 360, height: 740 } };

async function shoot(person: Person, name: string): Promise<void> {
  const { page } = person;
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.locator('main .skeleton').first().waitFor({ state: 'detached' });
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' });
  process.stderr.write(`${name}.png\n`);
}

mkdirSync(folder, { recursive: true });
const { stage, end } = await ownStage({ learners: 120, vacancies: 60 });
try {
  const visitor = await stage.visitor(WINDOW);
  await visitor.open('/how-matching-works');
  await shoot(visitor, 'how-matching-works');
  await visitor.leave();

  const learner = await stage.signedIn('learner', WINDOW);
  await learner.open('/matches');
  await shoot(learner, 'learner-matches');
  await learner.click(learner.button(/Add to my ranking/).first());
  await learner.sees('Number 1 in your ranking');
  await learner.click(learner.page.getByRole('link', { name: /Why this fits/ }).first());
  await learner.page.getByRole('heading', { name: 'Why this score' }).waitFor();
  await shoot(learner, 'learner-why');
  await learner.leave();
  const phone = await stage.signedIn('learner', PHONE);
  await phone.open('/matches');
  await shoot(phone, 'learner-phone');
  await phone.leave();

  const employer = await stage.signedIn('employer', WINDOW);
  await employer.open('/hire/new');
  await shoot(employer, 'employer-post');
  await employer.leave();

  const college = await stage.signedIn('college', WINDOW);
  await college.open('/cohorts');
  await shoot(college, 'college-board');
  await college.open('/cohorts/map');
  await college.page.locator('main svg path').first().waitFor();
  await shoot(college, 'college-map');
  await college.leave();

  const operator = await stage.signedIn('operator', WINDOW);
  await operator.open('/rounds');
  await operator.click(operator.page.getByRole('main').getByRole('link').first());
  await operator.click(operator.button('Freeze preferences'));
  await operator.click(operator.button('Try out: Best for learners'));
  await operator.click(operator.button('Try out: Best for employers'));
  await operator.page.getByRole('table', { name: 'The two side by side' }).scrollIntoViewIfNeeded();
  await shoot(operator, 'operator-round');
  await operator.open('/demand');
  await shoot(operator, 'region-demand');
  await operator.leave();
} finally {
  await end();
}
