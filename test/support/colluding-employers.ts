import { CandidateStore, VacancyStore } from '@meriden/persistence';
import { startMeriden } from '../e2e/support/meriden.js';
import { narrowCounts, type NarrowedReport } from './counts-narrowed.js';
import { joinLists, type JoinReport } from './lists-joined.js';
import { addPeople, sessionBySql } from './people.js';

export type CollusionReport = Readonly<{ joins: JoinReport; counts: NarrowedReport }>;

/**
 * The worst case: every learner of a demonstration region is a candidate of each of `employers` employers, and one person acts for all
 * of them. They lay their lists side by side; then one of them narrows counts.
 */
export async function runCollusion(wish: Readonly<{ learners: number; employers: number; say?: (words: string) => void }>): Promise<CollusionReport> {
  const meriden = await startMeriden({ learners: wish.learners, vacancies: 24 });
  const { database } = meriden;
  try {
    const reader = await meriden.anotherApi({ MERIDEN_POINTS_A_MINUTE: '100000000' });
    const employers = await database.sql<{ id: string }>(`select id from organisation o where roles::text like '%EMPLOYER%' and exists (select 1 from vacancy v where v.organisation_id = o.id and v.state = 'LIVE') order by id limit $1`, [wish.employers]);
    const learners = await database.sql<{ id: string; provider: string }>('select id, organisation_id as provider from learner order by random()');
    const learnerOf = new Map<string, string>();
    await database.asOwner(async (tx) => {
      for (const { id: organisationId } of employers) {
        const candidates = await new CandidateStore().ensureMany(tx, learners.map(({ id, provider }) => ({ organisationId, learnerId: id, providerId: provider })));
        for (const { id, learnerId } of candidates) learnerOf.set(id, learnerId);
      }
    });
    wish.say?.(`${learnerOf.size} candidates`);
    const [first] = employers;
    if (first === undefined || employers.length < wish.employers) throw new Error(`the region has only ${employers.length} employers with a vacancy`);
    // One person with a membership at each: whatever a person may bring together, these may.
    const [person] = await addPeople(database, 1, { role: 'EMPLOYER', organisationId: first.id });
    const tokens: string[] = [];
    for (const { id } of employers) {
      const [member] = await database.sql<{ id: string }>(
        `insert into membership (id, person_id, organisation_id, role) values (gen_random_uuid(), $1, $2, 'EMPLOYER')
         on conflict (person_id, organisation_id, role) where ended_at is null do update set role = excluded.role returning id`,
        [person?.personId, id],
      );
      tokens.push(await sessionBySql(database, member?.id ?? ''));
    }
    const joins = await joinLists(tokens.map((token) => reader.as(token)), learnerOf);
    wish.say?.(`${joins.pairs} pairs of lists`);
    const [vacancy] = await database.asOwner((tx) => new VacancyStore().ofOrganisation(tx, first.id));
    if (vacancy === undefined) throw new Error('the employer has no vacancy');
    const { id: _id, organisationId: _organisation, state: _state, version: _version, ...details } = vacancy;
    const counts = await narrowCounts(reader.as(tokens[0] ?? null), details);
    return { joins, counts };
  } finally {
    await meriden.end();
  }
}
