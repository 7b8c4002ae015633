import { randomUUID } from 'node:crypto';
import { sha256 } from '@meriden/platform';
import type { Actor } from '@meriden/domain';
import type { TestDatabase } from '../support/database.js';
import { RoundStore } from '@meriden/persistence';
import { aRound, twoColleges, type TwoColleges } from '../support/two-colleges.js';

/** Who looks: two sides that have nothing to do with one another, those above them, and somebody signed out. */
export const WATCHERS = ['operator', 'region', 'staff a', 'staff b', 'host a', 'host b', 'student a', 'student b', 'nobody'] as const;
export type Watcher = (typeof WATCHERS)[number];
type Letter = 'a' | 'b';

/** A text planted in a column, and everyone who may ever read it. */
export type Canary = Readonly<{ text: string; about: string; seenBy: readonly Watcher[] }>;
/** An object, and everyone for whom `node(id)` may find it. */
export type Planted = Readonly<{ type: string; key: string; owner: Letter | 'nobody'; seenBy: readonly Watcher[] }>;

export type Region = Readonly<{
  colleges: TwoColleges;
  canaries: readonly Canary[];
  objects: readonly Planted[];
  openRoundId: string;
  /** Of side A. */
  parkedCommandId: string;
  /** Of the learner of side A. */
  passkeyId: string;
  /** Of the provider of side A. */
  invitationId: string;
  aliasId: string;
  /** Bearer tokens; null for nobody. */
  tokens: ReadonlyMap<Watcher, string | null>;
}>;

const SIGNED_IN = WATCHERS.filter((watcher) => watcher !== 'nobody');
const staff = (letter: Letter): Watcher => `staff ${letter}`;
const host = (letter: Letter): Watcher => `host ${letter}`;
const student = (letter: Letter): Watcher => `student ${letter}`;

/** Letters only: long numbers are blotted out of what employers read, and that is no leak and no sighting. */
const canaryText = (): string => `canary${randomUUID().replace(/[-0-9]/g, (sign) => (sign === '-' ? '' : 'ghijklmnop'.charAt(Number(sign))))}`;

/** Both sides with a row in every table, every text column a canary of its own. The rules are written out here a second time. */
export async function plantRegion(database: TestDatabase): Promise<Region> {
  const colleges = await database.asOwner(twoColleges);
  const open = aRound(colleges.operator.organisationId, { preferencesCloseAt: '2099-12-18T17:00:00.000Z', replyBy: '2100-01-15T17:00:00.000Z' });
  await database.asOwner((tx) => new RoundStore().insert(tx, open, 'the secret of the open round'));
  const canaries: Canary[] = [];
  const objects: Planted[] = [];
  /** Writes a canary into one column of one row. */
  const plant = async (about: string, seenBy: readonly Watcher[], sql: string, key: string): Promise<void> => {
    const text = canaryText();
    await database.sql(sql, [key, text]);
    canaries.push({ text, about, seenBy });
  };
  const stored = (type: string, key: string, owner: Letter | 'nobody', seenBy: readonly Watcher[]): void => void objects.push({ type, key, owner, seenBy });

  for (const letter of ['a', 'b'] as const) {
    const side = colleges[letter];
    const own: readonly Watcher[] = [staff(letter), student(letter), 'operator'];
    const shared: readonly Watcher[] = [...own, host(letter)];
    const hosts: readonly Watcher[] = [host(letter), 'operator'];
    for (const column of ['given_name', 'family_name', 'academic_year']) await plant(`learner ${letter}: ${column}`, own, `update learner set ${column} = $2 where id = $1`, side.learner.id);
    // Skills with their evidence are what an employer sees of a candidate.
    await plant(`learner ${letter}: evidence`, shared, `update learner set skills = jsonb_build_array(jsonb_build_object('skillId', 'cad', 'source', 'STATED', 'evidence', $2::text)) where id = $1`, side.learner.id);
    await plant(`learner ${letter}: equality answers`, [], `update learner_equality set answers = jsonb_build_object('support', $2::text) where learner_id = $1`, side.learner.id);
    for (const column of ['title', 'description']) {
      await plant(`draft ${letter}: ${column}`, hosts, `update vacancy set ${column} = $2 where id = $1`, side.draft.id);
      await plant(`vacancy ${letter}: ${column}`, SIGNED_IN, `update vacancy set ${column} = $2 where id = $1`, side.vacancy.id);
    }
    await plant(`candidate ${letter}: pseudonym`, hosts, 'update candidate set pseudonym = $2 where id = $1', side.candidate.id);
    await plant(`choice ${letter}: words`, own, 'update vacancy_choice set words = $2 where learner_id = $1', side.learner.id);
    await plant(`decision on candidate ${letter}: reason`, shared, 'update candidate_decision set reason = $2 where candidate_id = $1', side.candidate.id);
    await plant(`suggestion ${letter}: evidence`, own, `update suggestion set terms = jsonb_set(terms, '{0,evidence}', jsonb_build_array($2::text)) where learner_id = $1`, side.learner.id);
    await plant(`eligibility question ${letter}: rule`, [host(letter)], `update eligibility_question set answer = jsonb_set(answer, '{shutOutBy}', jsonb_build_array(jsonb_build_object('code', 'LEVEL', 'rule', $2::text, 'learners', 9))) where id = $1`, side.employer.id);
    await plant(`earlier score ${letter}: evidence`, own, `update suggestion_past set terms = jsonb_set(terms, '{0,evidence}', jsonb_build_array($2::text)) where learner_id = $1`, side.learner.id);
    await plant(`scoring input ${letter}: body`, [], 'update scoring_input set body = $2 where learner_id = $1', side.learner.id);
    for (const column of ['words', 'acknowledged_name']) await plant(`challenge ${letter}: ${column}`, own, `update score_challenge set ${column} = $2 where id = $1`, side.challenge.id);
    await plant(`challenge ${letter}: score before`, own, `update score_challenge set before = jsonb_set(before, '{terms,0,evidence}', jsonb_build_array($2::text)) where id = $1`, side.challenge.id);
    for (const column of ['name', 'words']) await plant(`note on challenge ${letter}: ${column}`, own, `update challenge_note set ${column} = $2 where challenge_id = $1`, side.challenge.id);
    await plant(`suggestion ${letter}: gate`, own, `update suggestion set gates = jsonb_set(gates, '{0,detail}', to_jsonb($2::text)) where learner_id = $1`, side.learner.id);
    await plant(`suggestion ${letter}: input hash`, own, 'update suggestion set input_hash = $2 where learner_id = $1', side.learner.id);
    await plant(`learner's list ${letter}: receipt`, own, 'update learner_preference set receipt = $2 where id = $1', side.learnerPreference.id);
    await plant(`employer's list ${letter}: receipt`, hosts, 'update employer_preference set receipt = $2 where id = $1', side.employerPreference.id);
    await plant(
      `outcome ${letter}: reason`,
      own,
      `update outcome set reasons = jsonb_build_array(jsonb_build_object('vacancyId', vacancy_id, 'code', 'LOTTERY', 'message', $2::text, 'remedy', 'None.')) where id = $1`,
      side.outcome.id,
    );
    await plant(`proposal ${letter}: reason for declining`, own, 'update proposal set decline_reason = $2 where id = $1', side.proposal.id);
    for (const actor of [side.staff, side.host, side.student]) {
      const watcher: Watcher = actor === side.staff ? staff(letter) : actor === side.host ? host(letter) : student(letter);
      for (const column of ['name']) await plant(`person ${watcher}: ${column}`, [watcher], `update person set ${column} = $2 where id = $1`, actor.personId);
      const tellers: readonly Watcher[] = actor === side.host ? hosts : [staff(letter), 'operator'];
      const askers: readonly Watcher[] = actor === side.student ? own : tellers;
      await database.sql(`update command set state = 'DEAD' where id = $1`, [actor.sessionId]);
      for (const column of ['kind', 'dead_reason']) await plant(`command ${watcher}: ${column}`, askers, `update command set ${column} = $2 where id = $1`, actor.sessionId);
      stored('Command', actor.sessionId, letter, askers);
      await plantAudit(database, canaries, objects, actor, letter, tellers);
    }
    await plant(`import ${letter}: an error of a row`, [staff(letter)], `update import_run set report = jsonb_build_object('rows', 1, 'accepted', 0, 'refused', 1, 'dryRun', true, 'created', 0, 'changed', 0, 'unchanged', 0, 'dropped', 0, 'stored', 0, 'errorsLeftOut', 0, 'notices', '[]'::jsonb, 'errors', jsonb_build_array(jsonb_build_object('row', 2, 'column', null, 'code', 'FIELD_INVALID', 'message', $2::text))) where id = $1`, side.importRun.id);
    stored('Learner', side.learner.id, letter, own);
    stored('Suggestion', `${side.learner.id}:${side.vacancy.id}`, letter, own);
    stored('ScoreChallenge', side.challenge.id, letter, own);
    stored('Candidate', side.candidate.id, letter, hosts);
    stored('LearnerPreference', side.learnerPreference.id, letter, own);
    stored('EmployerPreference', side.employerPreference.id, letter, hosts);
    stored('Outcome', side.outcome.id, letter, own);
    stored('Proposal', side.proposal.id, letter, shared);
    stored('Placement', side.placement.id, letter, shared);
    stored('Vacancy', side.draft.id, letter, hosts);
    stored('Vacancy', side.vacancy.id, letter, SIGNED_IN);
    stored('Organisation', side.provider.id, letter, SIGNED_IN);
    stored('Organisation', side.employer.id, letter, SIGNED_IN);
  }
  const aliasId = randomUUID();
  await database.sql(`insert into skill_alias (id, skill_id, alias, reason, since, added_by, added_at) values ($1, 'cad', 'drawing boards', 'A name for the tests.', 1, $2, now())`, [aliasId, colleges.operator.personId]);
  await database.sql(
    `insert into weight_version (number, state, weights, employer_weights, reason, report, proposed_by, proposed_at) values (1, 'PROPOSED', '{}', '{}', 'Weights for the tests.', '{"learners": 0, "pairs": 0, "rankCorrelation": 10000, "topTenKept": 10000, "newBest": 0, "meanChange": 0, "byQualification": []}', $1, now())`,
    [randomUUID()],
  );
  stored('SkillAlias', aliasId, 'nobody', SIGNED_IN);
  stored('Round', colleges.round.id, 'nobody', SIGNED_IN);
  stored('Round', open.id, 'nobody', SIGNED_IN);
  stored('ScoringRun', colleges.run.id, 'nobody', ['operator', 'region']);
  stored('DryRun', colleges.dryRun.id, 'nobody', ['operator']);
  const [passkey] = await database.sql<{ id: string }>('select id from passkey where person_id = $1', [colleges.a.student.personId]);
  return { colleges, canaries, objects, openRoundId: open.id, aliasId, passkeyId: passkey?.id ?? '', invitationId: colleges.a.invitation.id, parkedCommandId: colleges.a.staff.sessionId, tokens: await signIn(database, colleges) };
}

/** Audit rows are append-only, so theirs is written rather than changed. */
async function plantAudit(database: TestDatabase, canaries: Canary[], objects: Planted[], actor: Actor, letter: Letter, seenBy: readonly Watcher[]): Promise<void> {
  const [id, verb] = [randomUUID(), canaryText()];
  await database.sql(
    `insert into audit_entry (id, at, person_id, organisation_id, verb, noun, object_id, detail) values ($1, now(), $2, $3, $4, 'test', 'x', '{}')`,
    [id, actor.personId, actor.organisationId, verb],
  );
  canaries.push({ text: verb, about: `audit of ${actor.role} ${letter}`, seenBy });
  objects.push({ type: 'AuditEntry', key: id, owner: letter, seenBy });
}

async function signIn(database: TestDatabase, { a, b, operator, region }: TwoColleges): Promise<ReadonlyMap<Watcher, string | null>> {
  const actors: Record<Exclude<Watcher, 'nobody'>, Actor> = {
    operator,
    region,
    'staff a': a.staff,
    'staff b': b.staff,
    'host a': a.host,
    'host b': b.host,
    'student a': a.student,
    'student b': b.student,
  };
  const tokens = new Map<Watcher, string | null>([['nobody', null]]);
  for (const [watcher, actor] of Object.entries(actors)) {
    const token = `${randomUUID()}${randomUUID()}`;
    await database.sql(
      `insert into session (id, token_hash, membership_id, kind, created_at, expires_at) values ($1, $2, $3, 'BEARER', now(), now() + interval '1 day')`,
      [randomUUID(), sha256(token), actor.membershipId],
    );
    tokens.set(watcher as Watcher, token);
  }
  return tokens;
}
