import { randomUUID } from 'node:crypto';
import { sha256 } from '@meriden/platform';
import type { Actor } from '@meriden/domain';
import type { TestDatabase } from '../support/database.js';
import { RoundStore } from '@meriden/persistence';
import { aRound, aSide, twoColleges, type Side, type TwoColleges } from '../support/two-colleges.js';
import { sweepCanaries } from './sweep.js';

export const WEIGHTS = { SKILLS: 4000, TRAVEL: 2000, PATHWAY: 1000, INTERESTS: 1000, AVAILABILITY: 1000, LEVEL: 500, TEXT: 500 };
export const EMPLOYER_WEIGHTS = { ESSENTIALS: 5000, OPTIONALS: 2000, EVIDENCE: 1000, HOURS: 1000, READINESS: 1000 };

/** Three tenants of each kind that have nothing to do with one another. */
export const LETTERS = ['a', 'b', 'c'] as const;
export type Letter = (typeof LETTERS)[number];
/** Who looks: everybody of the three sides, those above them, and somebody signed out. Six roles. */
export const WATCHERS = [
  'operator', 'region', 'staff a', 'staff b', 'staff c', 'host a', 'host b', 'host c', 'student a', 'student b', 'student c', 'nobody',
] as const;
export type Watcher = (typeof WATCHERS)[number];
/** The role of a watcher, without the side. */
export const roleOf = (watcher: Watcher): string => watcher.split(' ')[0] ?? watcher;

export type ThreeColleges = TwoColleges & Readonly<{ c: Side }>;

/** A text planted in a column, and everyone who may ever read it. */
export type Canary = Readonly<{
  text: string;
  about: string;
  seenBy: readonly Watcher[];
  /** A column of a row that more may see than the column: row-level security alone is no wall before it. */
  byPolicyOnly?: boolean;
}>;
/** An object, and everyone for whom `node(id)` may find it. */
export type Planted = Readonly<{ type: string; key: string; owner: Letter | 'nobody'; seenBy: readonly Watcher[] }>;

export type Region = Readonly<{
  colleges: ThreeColleges;
  canaries: readonly Canary[];
  objects: readonly Planted[];
  openRoundId: string;
  aliasId: string;
  /** A passkey of the learner of each side. */
  passkeys: Readonly<Record<Letter, string>>;
  /** A link to another service of the learner of each side. */
  links: Readonly<Record<Letter, string>>;
  /** Of the invitations that the college of each side has open. */
  invitationTokens: readonly string[];
  /** Columns by what became of the canary that was to be planted in each. */
  swept: Readonly<Record<string, string>>;
  /** Bearer tokens; null for nobody. */
  tokens: ReadonlyMap<Watcher, string | null>;
}>;

const SIGNED_IN = WATCHERS.filter((watcher) => watcher !== 'nobody');
const staff = (letter: Letter): Watcher => `staff ${letter}`;
const host = (letter: Letter): Watcher => `host ${letter}`;
const student = (letter: Letter): Watcher => `student ${letter}`;

/** Letters only: long numbers are blotted out of what employers read, and that is no leak and no sighting. */
export const CANARY = /canary[a-p]{32}/g;
const canaryText = (): string => `canary${randomUUID().replace(/[-0-9]/g, (sign) => (sign === '-' ? '' : 'ghijklmnop'.charAt(Number(sign))))}`;

/**
 * Three sides with a row in every table. First every free text of every table becomes a canary that nobody may read; what
 * somebody may read is planted after that, by name, with the rules written out a second time. So a new column is closed until
 * it is named here.
 */
export async function plantRegion(database: TestDatabase): Promise<Region> {
  const colleges: ThreeColleges = await database.asOwner(async (tx) => {
    const two = await twoColleges(tx);
    return { ...two, c: await aSide(tx, two.round, '2000000016') };
  });
  const open = aRound(colleges.operator.organisationId, { preferencesCloseAt: '2099-12-18T17:00:00.000Z', replyBy: '2100-01-15T17:00:00.000Z' });
  await database.asOwner((tx) => new RoundStore().insert(tx, open, 'the secret of the open round'));
  const aliasId = await plantSettings(database, colleges);
  const { canaries: hidden, columns: swept } = await sweepCanaries(database, canaryText);
  const canaries: Canary[] = hidden.map(({ text, about }) => ({ text, about, seenBy: [] }));
  const objects: Planted[] = [];
  /** Writes a canary into one column of one row. */
  const plant = async (about: string, seenBy: readonly Watcher[], sql: string, key: string): Promise<void> => {
    const text = canaryText();
    await database.sql(sql, [key, text]);
    canaries.push({ text, about, seenBy });
  };
  const stored = (type: string, key: string, owner: Letter | 'nobody', seenBy: readonly Watcher[]): void => void objects.push({ type, key, owner, seenBy });

  await fill(database, colleges);
  // Between them the rounds promise everything that a round can.
  const scored = aRound(colleges.operator.organisationId, { mode: 'SCORE', objective: 'SIZE', preferencesCloseAt: '2099-12-18T17:00:00.000Z', replyBy: '2100-01-15T17:00:00.000Z' });
  await database.asOwner((tx) => new RoundStore().insert(tx, scored, 'the secret of the scored round'));
  stored('Round', scored.id, 'nobody', SIGNED_IN);
  await database.sql(`update round set mode = 'RERUN', previous_round_id = $2 where id = $1`, [open.id, colleges.round.id]);
  for (const letter of LETTERS) {
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
    for (const [name, organisation] of [['college', side.provider], ['employer', side.employer]] as const) {
      // Whoever holds the link of an invitation reads which college invites.
      for (const column of ['name', 'ods_code']) await plant(`${name} ${letter}: ${column}`, name === 'college' && column === 'name' ? WATCHERS : SIGNED_IN, `update organisation set ${column} = $2 where id = $1`, organisation.id);
    }
    await plant(`candidate ${letter}: pseudonym`, hosts, 'update candidate set pseudonym = $2 where id = $1', side.candidate.id);
    await plant(`choice ${letter}: words`, own, 'update vacancy_choice set words = $2 where learner_id = $1', side.learner.id);
    await plant(`decision on candidate ${letter}: reason`, shared, 'update candidate_decision set reason = $2 where candidate_id = $1', side.candidate.id);
    await plant(`suggestion ${letter}: evidence`, own, `update suggestion set terms = jsonb_set(terms, '{0,evidence}', jsonb_build_array($2::text)) where learner_id = $1`, side.learner.id);
    await plant(`earlier score ${letter}: evidence`, own, `update suggestion_past set terms = jsonb_set(terms, '{0,evidence}', jsonb_build_array($2::text)) where learner_id = $1`, side.learner.id);
    await plant(`scoring input ${letter}: body`, [], 'update scoring_input set body = $2 where learner_id = $1', side.learner.id);
    await plant(`eligibility question ${letter}: rule`, [host(letter)], `update eligibility_question set answered_at = now(), answer = answer || jsonb_build_object('ifTrained', '[{"skillId": "cad", "adds": 9}]'::jsonb, 'shutOutBy', jsonb_build_array(jsonb_build_object('code', 'LEVEL', 'rule', $2::text, 'learners', 9))) where id = $1`, side.employer.id);
    for (const column of ['words', 'acknowledged_name', 'decided_name']) await plant(`challenge ${letter}: ${column}`, own, `update score_challenge set ${column} = $2 where id = $1`, side.challenge.id);
    await plant(`challenge ${letter}: score before`, own, `update score_challenge set before = jsonb_set(before, '{terms,0,evidence}', jsonb_build_array($2::text)) where id = $1`, side.challenge.id);
    if (letter === 'c') await plant('challenge c: why it was decided so', own, `update score_challenge set state = 'UPHELD', acknowledged_at = now(), decided_at = now(), decided_by = gen_random_uuid(), after = before, decision_reason = $2 where id = $1`, side.challenge.id);
    for (const column of ['refusal', 'proof_digest']) await plant(`request ${letter}: ${column}`, [student(letter)], `update subject_request set ${column} = $2 where person_id = $1`, side.student.personId);
    await plant(
      `request ${letter}: proof`,
      [student(letter)],
      `update subject_request set proof = jsonb_build_array(jsonb_build_object('table', 'learner', 'before', 1, 'after', 0, 'done', 'ERASED', 'because', $2::text)) where person_id = $1`,
      side.student.personId,
    );
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
    if (letter === 'c') await plant('outcome c: why it was withheld', own, 'update outcome set withheld = true, withheld_reason = $2 where id = $1', side.outcome.id);
    await plant(`proposal ${letter}: reason for declining`, own, 'update proposal set decline_reason = $2 where id = $1', side.proposal.id);
    for (const actor of [side.staff, side.host, side.student]) {
      const watcher: Watcher = actor === side.staff ? staff(letter) : actor === side.host ? host(letter) : student(letter);
      // Staff are a team: they see one another, and the operator sees every team. A learner is in none.
      const team: readonly Watcher[] = actor === side.student ? [watcher] : [watcher, 'operator'];
      await plant(`person ${watcher}: name`, team, 'update person set name = $2 where id = $1', actor.personId);
      await plant(`passkey of ${watcher}: label`, [watcher], 'update passkey set last_used_at = now(), label = $2 where person_id = $1', actor.personId);
      await plant(`link of ${watcher}: issuer`, [watcher], 'update federated_identity set last_used_at = now(), issuer = $2 where person_id = $1', actor.personId);
      const tellers: readonly Watcher[] = actor === side.host ? hosts : [staff(letter), 'operator'];
      const askers: readonly Watcher[] = actor === side.student ? own : tellers;
      await database.sql(`update command set state = 'DEAD' where id = $1`, [actor.sessionId]);
      for (const column of ['kind', 'dead_reason']) await plant(`command ${watcher}: ${column}`, askers, `update command set ${column} = $2 where id = $1`, actor.sessionId);
      stored('Command', actor.sessionId, letter, askers);
      await plantAudit(database, canaries, objects, actor, letter, tellers);
    }
    await plant(`import ${letter}: an error of a row`, [staff(letter)], `update import_run set ended_at = now(), report = jsonb_build_object('rows', 1, 'accepted', 0, 'refused', 1, 'dryRun', true, 'created', 0, 'changed', 0, 'unchanged', 0, 'dropped', 0, 'stored', 0, 'errorsLeftOut', 0, 'notices', jsonb_build_array(jsonb_build_object('row', 2, 'column', 'uln', 'code', 'CHANGED', 'message', 'This record differs.')), 'errors', jsonb_build_array(jsonb_build_object('row', 2, 'column', 'uln', 'code', 'FIELD_INVALID', 'message', $2::text))) where id = $1`, side.importRun.id);
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
  for (const actor of [colleges.operator, colleges.region]) {
    for (const column of ['name', 'ods_code']) await plant(`organisation of ${actor.role}: ${column}`, SIGNED_IN, `update organisation set ${column} = $2 where id = $1`, actor.organisationId);
    stored('Organisation', actor.organisationId, 'nobody', SIGNED_IN);
    const watcher: Watcher = actor.role === 'OPERATOR' ? 'operator' : 'region';
    await plant(`person of ${actor.role}: name`, [...new Set<Watcher>([watcher, 'operator'])], 'update person set name = $2 where id = $1', actor.personId);
    await plant(`passkey of ${watcher}: label`, [watcher], 'update passkey set last_used_at = now(), label = $2 where person_id = $1', actor.personId);
    await plant(`link of ${watcher}: issuer`, [watcher], 'update federated_identity set last_used_at = now(), issuer = $2 where person_id = $1', actor.personId);
  }
  // Rounds are everybody's; why one failed is the operator's to know.
  for (const round of [colleges.round, open]) {
    for (const column of ['name', 'lottery_commitment', 'publish_reason']) await plant(`round ${round.state}: ${column}`, SIGNED_IN, `update round set ${column} = $2 where id = $1`, round.id);
    const failure = canaryText();
    await database.sql('update round set failure = $2 where id = $1', [round.id, failure]);
    canaries.push({ text: failure, about: `round ${round.state}: failure`, seenBy: ['operator'], byPolicyOnly: true });
  }
  stored('Round', colleges.round.id, 'nobody', SIGNED_IN);
  stored('Round', open.id, 'nobody', SIGNED_IN);
  stored('ScoringRun', colleges.run.id, 'nobody', ['operator', 'region']);
  for (const [name, until] of [['in use', 'is null'], ['retired', 'is not null']] as const) {
    for (const column of ['alias', 'reason']) await plant(`name of a skill ${name}: ${column}`, SIGNED_IN, `update skill_alias set ${column} = $2 where skill_id = $1 and until ${until}`, 'cad');
  }
  await plant('times of travel: source', ['operator'], 'update travel_import set source = $2 where edition = $1', '1');
  for (const [number, column] of [['1', 'reason'], ['2', 'reason'], ['2', 'decision_reason']] as const) await plant(`weights ${number}: ${column}`, SIGNED_IN, `update weight_version set ${column} = $2 where number = $1`, number);
  stored('SkillAlias', aliasId, 'nobody', SIGNED_IN);
  await plant('dry run: failure', ['operator'], 'update dry_run set failure = $2 where id = $1', colleges.dryRun.id);
  stored('DryRun', colleges.dryRun.id, 'nobody', ['operator']);
  // The other mode of the same round, with another vacancy for one learner and none for another: there is something to compare.
  const other = randomUUID();
  await database.sql(
    `insert into dry_run (id, round_id, mode, state, stage, asked_by, asked_at, ended_at, learners, vacancies, input_hash, matched, rank_counts, took_ms)
     select $2, round_id, 'LEARNER_OPTIMAL', state, stage, asked_by, asked_at, ended_at, learners, vacancies, input_hash, 1, rank_counts, took_ms from dry_run where id = $1`,
    [colleges.dryRun.id, other],
  );
  await database.sql('insert into dry_run_place (dry_run_id, learner_id, vacancy_id, rank) values ($1, $2, $3, 2), ($1, $4, $3, 1)', [other, colleges.a.learner.id, colleges.b.vacancy.id, colleges.c.learner.id]);
  stored('DryRun', other, 'nobody', ['operator']);
  const passkeys = { a: '', b: '', c: '' };
  const links = { a: '', b: '', c: '' };
  const invitationTokens = LETTERS.map(() => randomUUID());
  for (const letter of LETTERS) {
    const [row] = await database.sql<{ id: string }>('select id from passkey where person_id = $1', [colleges[letter].student.personId]);
    passkeys[letter] = row?.id ?? '';
    const [link] = await database.sql<{ id: string }>('select id from federated_identity where person_id = $1', [colleges[letter].student.personId]);
    links[letter] = link?.id ?? '';
    const token = invitationTokens[LETTERS.indexOf(letter)] ?? '';
    await database.sql('update invitation set token_hash = $2 where id = $1', [colleges[letter].invitation.id, sha256(token)]);
  }
  return { colleges, canaries, objects, openRoundId: open.id, aliasId, passkeys, links, invitationTokens, swept, tokens: await signIn(database, colleges) };
}

/** What the operator sets for everybody: a name of a skill, times of travel, proposed weights. @returns the id of the name */
async function plantSettings(database: TestDatabase, { operator }: ThreeColleges): Promise<string> {
  const aliasId = randomUUID();
  await database.sql(`insert into skill_alias (id, skill_id, alias, reason, since, added_by, added_at) values ($1, 'cad', 'drawing boards', 'A name for the tests.', 1, $2, now())`, [aliasId, operator.personId]);
  await database.sql(
    `insert into skill_alias (id, skill_id, alias, reason, since, until, added_by, added_at, retired_by, retired_at) values ($1, 'cad', 'drawing by hand', 'A name for the tests.', 0, 1, $2, now(), $2, now())`,
    [randomUUID(), operator.personId],
  );
  await database.sql('update scoring_edition set aliases = 1, travel = 1');
  await database.sql(`insert into travel_import (edition, source, cells, imported_by, imported_at) values (1, 'A table for the tests.', 1, $1, now())`, [operator.personId]);
  await database.sql(`insert into travel_cell (edition, outcode, campus_id, mode, minutes) values (1, 'B15', 'bhic', 'BUS', 30)`);
  const report = { learners: 1, pairs: 1, rankCorrelation: 10_000, topTenKept: 10_000, newBest: 0, meanChange: 0, byQualification: [{ qualificationId: 'tl-health', learners: 9, topTenKept: 10_000 }] };
  await database.sql(
    `insert into weight_version (number, state, weights, employer_weights, reason, report, proposed_by, proposed_at, decided_by, decided_at, decision_reason) values
     (1, 'PROPOSED', $1, $2, 'Weights for the tests.', $3, $4, now(), null, null, null), (2, 'REJECTED', $1, $2, 'Weights for the tests.', $3, $4, now(), $5, now(), 'Not these.')`,
    [JSON.stringify(WEIGHTS), JSON.stringify(EMPLOYER_WEIGHTS), JSON.stringify(report), randomUUID(), operator.personId],
  );
  // What the machinery writes down about everybody.
  await database.sql(`insert into outbox (command_id, queue, name, job_id, payload, sent_at) select id, 'scoring', kind, id::text, '{}', now() from command`);
  await database.sql(`insert into retention_run (day, counts, started_at) values (current_date, '{}', now())`);
  await database.sql('insert into vacancy_exposure (vacancy_id, shown, congestion) select id, 1, 10000 from vacancy');
  return aliasId;
}

/** What would otherwise be null for everybody, so that nothing could be said of it. */
async function fill(database: TestDatabase, colleges: ThreeColleges): Promise<void> {
  await database.sql(`update round set matched = 3, unmatched = 0, certificate_valid = true, input_hash = 'hash', policy_version = 'p' where id = $1`, [colleges.round.id]);
  const exposure = { giniByFit: 4_000, giniShown: 3_000, neverShown: 1, topTenthShare: 2_000, learnersWithThree: 2, learnersWithNone: 1 };
  await database.sql('update scoring_run set ended_at = now(), exposure = $2 where id = $1', [colleges.run.id, JSON.stringify(exposure)]);
  await database.sql(`insert into audit_head (chain, day, seq, head, signed_at, signature) select chain, current_date, seq, head, now(), 'of a test' from audit_chain`);
  await database.sql('update command set done_at = now() where id = $1', [colleges.c.staff.sessionId]);
  for (const [index, letter] of LETTERS.entries()) {
    const side = colleges[letter];
    await database.sql(`insert into subject_file (request_id, file, expires_at) select id, '{}', now() + interval '1 day' from subject_request where person_id = $1`, [side.student.personId]);
    await database.sql('update organisation set round_capacity = 3, ukprn = $2 where id = $1', [side.provider.id, `1009990${index}`]);
    // Paid work that needs a check, which the learner has only until before it starts.
    await database.sql(`update vacancy set pay = 'PAID', hourly_pence = 1200, checks_needed = '{DBS_BASIC,OCCUPATIONAL_HEALTH}' where id = $1`, [side.vacancy.id]);
    await database.sql(`update learner set checks = '[{"kind": "DBS_BASIC", "expiresOn": "2027-01-01"}]' where id = $1`, [side.learner.id]);
  }
}

/** Audit rows are append-only, so theirs is written rather than changed. */
async function plantAudit(database: TestDatabase, canaries: Canary[], objects: Planted[], actor: Actor, letter: Letter, seenBy: readonly Watcher[]): Promise<void> {
  const [id, verb] = [randomUUID(), canaryText()];
  await database.sql(
    `insert into audit_entry (id, at, person_id, organisation_id, verb, noun, object_id, detail) values ($1, now(), $2, $3, $4, 'test', 'x', '{"said": "by a test"}')`,
    [id, actor.personId, actor.organisationId, verb],
  );
  canaries.push({ text: verb, about: `audit of ${actor.role} ${letter}`, seenBy });
  objects.push({ type: 'AuditEntry', key: id, owner: letter, seenBy });
}

async function signIn(database: TestDatabase, { a, b, c, operator, region }: ThreeColleges): Promise<ReadonlyMap<Watcher, string | null>> {
  const actors: Record<Exclude<Watcher, 'nobody'>, Actor> = {
    operator,
    region,
    'staff a': a.staff,
    'staff b': b.staff,
    'staff c': c.staff,
    'host a': a.host,
    'host b': b.host,
    'host c': c.host,
    'student a': a.student,
    'student b': b.student,
    'student c': c.student,
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
