// `npm run screenshots [-- FOLDER]`: the main pages of the console as a README shows them. Small pictures: a window, not the whole page.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@meriden/platform';
import { settled, standBetween } from './support/answers.js';
import { ownStage } from './support/own-stage.js';
import type { Person } from './support/person.js';

const folder = process.argv[2] ?? join(projectRoot(), 'docs/screens');
const WINDOW = { viewport: { width: 1200, height: 720 }, reducedMotion: 'reduce' } as const;

async function shoot(person: Person, name: string): Promise<void> {
  const { page } = person;
  await settled(page);
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' });
  process.stderr.write(`${name}.png\n`);
  await person.leave();
}

mkdirSync(folder, { recursive: true });
const { stage, end } = await ownStage({ learners: 120, vacancies: 60 });
const met = async (name: Parameters<typeof stage.signedIn>[0], path: string): Promise<Person> => {
  const person = await stage.signedIn(name, WINDOW);
  await standBetween(person.page);
  await person.open(path);
  return person;
};
try {
  const learner = await met('learner', '/matches');
  await learner.click(learner.page.getByRole('link', { name: /Why this fits/ }).first());
  await learner.page.getByRole('heading', { name: 'Why this score' }).waitFor();
  await shoot(learner, 'learner-why');

  const employer = await met('employer', '/hire/new');
  await employer.fill(employer.page.getByLabel('What the work is called'), 'Wearables bench technician');
  await employer.fill(employer.page.getByLabel('What a learner will do'), 'Build and test sensor boards beside an engineer.');
  await employer.click(employer.button('Next'));
  await employer.fill(employer.page.getByRole('textbox', { name: 'Must have on the first day' }), 'electronics');
  await employer.page.getByRole('option').first().waitFor();
  await employer.press('Enter');
  await employer.click(employer.button('Next'));
  await employer.choose(employer.page.getByLabel('Where', { exact: true }), 'bhic');
  await employer.fill(employer.page.getByLabel('First day'), '2027-02-01');
  await employer.fill(employer.page.getByLabel('Last day'), '2027-07-16');
  await employer.sees(/^Learners to whom nothing shuts it/);
  await shoot(employer, 'employer-post');

  const college = await met('college', '/cohorts/map');
  await college.page.locator('main [role="img"] svg path').first().waitFor();
  await college.page.evaluate(`document.querySelector('main [role="img"]').scrollIntoView({ block: 'end' })`);
  await shoot(college, 'college-map');
  await shoot(await met('operator', '/demand'), 'operator-demand');
} finally {
  await end();
}
