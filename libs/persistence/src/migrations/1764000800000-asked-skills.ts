import type { MigrationInterface, QueryRunner } from 'typeorm';
import { asDefiner, candidateProfile, QUICK } from './1763799600000-candidate-masking.js';

/**
 * Skills that an organisation asks for in what is live, and in what has made somebody a proposal: drafts, and drafts closed without ever
 * having been seen, ask for nothing, and what the employer means to teach is not asked for.
 */
const ASKED = `select v.organisation_id, array_agg(distinct need ->> 'skillId') as skills
  from vacancy v cross join lateral jsonb_array_elements(v.skills) need
  where (v.state = 'LIVE' or exists (select from proposal p where p.vacancy_id = v.id)) and need ->> 'need' <> 'WILL_TRAIN'
    and v.organisation_id in (select c.organisation_id from candidate c where c.id = any (wanted)) group by 1`;

/**
 * An employer reads of a candidate the skills that its own vacancies ask for, and no others: a rare skill that nobody
 * there asked about tells who somebody is, and two employers would know the same person by it.
 */
export class AskedSkills1764000800000 implements MigrationInterface {
  readonly name = 'AskedSkills1764000800000';

  async up(runner: QueryRunner): Promise<void> {
    await asDefiner(runner, candidateProfile(QUICK, ASKED));
  }

  async down(runner: QueryRunner): Promise<void> {
    await asDefiner(runner, candidateProfile(QUICK));
  }
}
