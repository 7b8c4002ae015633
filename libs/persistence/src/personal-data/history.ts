import { personal, type PersonalTable, type PlainTable } from './vocabulary.js';

const PSEUDONYMOUS = 'Random numbers and codes; once the account is gone they lead nowhere.';

const ABOUT = 'person_id = any (:people) or learner_id = any (:learners)';
const OF_REQUESTS = `request_id in (select r.id from subject_request r where r.person_id = any (:people) or r.learner_id = any (:learners))`;

/** What the service remembers of work done. */
export const HISTORY: Readonly<Record<string, PersonalTable>> = {
  subject_file: {
    whose: 'PERSON',
    rows: OF_REQUESTS,
    purpose: 'RIGHTS',
    basis: 'LEGAL_OBLIGATION',
    retention: 'SUBJECT_FILE',
    erase: 'DELETE',
    columns: {
      request_id: personal('LINK', 'Which request it answers'),
      file: personal('ACTIVITY', 'A copy of your data, waiting to be fetched', { withheld: 'A copy of what stands elsewhere in this file.' }),
      expires_at: personal('ACTIVITY', 'When it is deleted at the latest'),
    },
    plain: [],
  },
  subject_request: {
    whose: 'PERSON',
    rows: ABOUT,
    purpose: 'RIGHTS',
    basis: 'LEGAL_OBLIGATION',
    retention: 'SUBJECT_REQUEST',
    erase: { keep: 'Proof that we did what you asked: random numbers and counts of rows.', until: 'six years after it was done' },
    columns: {
      id: personal('LINK', 'Number of the request'),
      kind: personal('ACTIVITY', 'What was asked'),
      person_id: personal('LINK', 'About which account'),
      learner_id: personal('LINK', 'About which record'),
      asked_by: personal('LINK', 'Who asked'),
      asked_at: personal('ACTIVITY', 'When'),
      state: personal('ACTIVITY', 'How far it has come'),
      done_at: personal('ACTIVITY', 'When it was done'),
      refusal: personal('ACTIVITY', 'Why it was not done'),
    },
    plain: ['organisation_id', 'proof', 'proof_digest'],
  },
  legal_hold: {
    whose: 'LEARNER',
    rows: 'learner_id = any (:learners)',
    purpose: 'RECORD',
    basis: 'LEGAL_OBLIGATION',
    retention: 'LEARNER_RECORD',
    // Nobody is erased while a hold stands; one that was lifted goes with the record.
    erase: 'DELETE',
    columns: {
      id: personal('LINK', 'Number of the hold'),
      learner_id: personal('LINK', 'Whose record must not be erased'),
      reason: personal('FREE_TEXT', 'Why it must not be erased'),
      set_by: personal('LINK', 'Who said so'),
      set_at: personal('ACTIVITY', 'Since when'),
      released_by: personal('LINK', 'Who lifted it'),
      released_at: personal('ACTIVITY', 'Until when'),
    },
    plain: ['organisation_id'],
  },
  command: {
    whose: 'PERSON',
    rows: 'person_id = any (:people)',
    purpose: 'RECORD',
    basis: 'LEGITIMATE_INTERESTS',
    retention: 'COMMAND',
    erase: { keep: PSEUDONYMOUS, until: '30 days after the work was done' },
    columns: {
      id: personal('LINK', 'Number of a command'),
      kind: personal('ACTIVITY', 'What was asked for'),
      person_id: personal('LINK', 'Who asked'),
      state: personal('ACTIVITY', 'Whether it is done'),
      created_at: personal('ACTIVITY', 'When it was asked'),
      done_at: personal('ACTIVITY', 'When it was done'),
    },
    plain: ['payload', 'organisation_id', 'attempts', 'interruptions', 'dead_reason'],
  },
  import_file: {
    whose: 'PERSON',
    // A file lists people who are not known before it is read: it is found by who handed it in, and goes within a day.
    rows: 'run_id in (select r.id from import_run r where r.person_id = any (:people))',
    purpose: 'RECORD',
    basis: 'PUBLIC_TASK',
    retention: 'IMPORT',
    erase: 'DELETE',
    columns: { content: personal('FREE_TEXT', 'A list that you handed in', { withheld: 'It holds data of others; you have the file yourself.' }) },
    plain: ['run_id', 'organisation_id'],
  },
  import_run: {
    whose: 'PERSON',
    rows: 'person_id = any (:people)',
    purpose: 'RECORD',
    basis: 'PUBLIC_TASK',
    retention: 'IMPORT',
    erase: 'DELETE',
    columns: {
      id: personal('LINK', 'Number of a list that you handed in'),
      person_id: personal('LINK', 'Who handed it in'),
      report: personal('FREE_TEXT', 'What was wrong in its rows', { withheld: 'It can hold data of others.' }),
      created_at: personal('ACTIVITY', 'When you handed it in'),
      ended_at: personal('ACTIVITY', 'When it was imported'),
    },
    plain: ['organisation_id', 'kind', 'state', 'bytes', 'version'],
  },
  audit_entry: {
    whose: 'PERSON',
    rows: 'person_id = any (:people) or object_id = any ((:people || :learners)::text[])',
    purpose: 'RECORD',
    basis: 'LEGAL_OBLIGATION',
    retention: 'AUDIT',
    erase: { keep: `${PSEUDONYMOUS} Each entry is bound to the ones before it, so none can be taken out unseen.`, until: 'the installation is closed' },
    columns: {
      id: personal('LINK', 'Number of the entry'),
      at: personal('ACTIVITY', 'When'),
      person_id: personal('LINK', 'Who'),
      verb: personal('ACTIVITY', 'Did what'),
      noun: personal('ACTIVITY', 'To what kind of thing'),
      object_id: personal('LINK', 'To which one'),
      detail: personal('ACTIVITY', 'Versions and codes'),
    },
    plain: ['organisation_id'],
  },
};

/** Tables that hold nothing about a person, each with the reason; a new column must still be thought about, so they are listed. */
export const NOT_PERSONAL: Readonly<Record<string, PlainTable>> = {
  organisation: { why: 'Organisations and their public numbers.', columns: ['id', 'name', 'roles', 'ukprn', 'ods_code', 'fictional', 'round_capacity', 'version'] },
  vacancy: {
    why: 'What an employer offers; published.',
    columns: [
      'id', 'organisation_id', 'state', 'title', 'description', 'campus_id', 'skills', 'level_from', 'level_to', 'programme_kinds', 'entry_point_ids', 'starts_on', 'ends_on', 'weekdays',
      'hours_per_week', 'total_hours', 'remote_share', 'openings', 'pay', 'hourly_pence', 'checks_needed', 'delivery_approach', 'hazards', 'adjustments_offered', 'funding_source_ids',
      'funding_required', 'version',
    ],
  },
  scoring_run: { why: 'Counts of a pass over everybody.', columns: ['id', 'state', 'policy_version', 'learners', 'vacancies', 'pairs', 'chunks', 'chunks_done', 'started_at', 'ended_at', 'exposure'] },
  vacancy_exposure: { why: 'To how many a vacancy is shown.', columns: ['vacancy_id', 'shown', 'congestion'] },
  scoring_edition: { why: 'Which aliases, journeys and weights are in force.', columns: ['id', 'aliases', 'travel', 'weights'] },
  eligibility_question: { why: 'A vacancy as an employer was writing it, and counts of people, small ones hidden.', columns: ['id', 'organisation_id', 'details', 'asked_at', 'answer', 'answered_at'] },
  travel_cell: { why: 'Minutes from an outcode to a campus.', columns: ['edition', 'outcode', 'campus_id', 'mode', 'minutes'] },
  scoring_chunk: { why: 'Which part of a pass is done.', columns: ['run_id', 'chunk'] },
  round_secret: { why: 'The lottery’s secret.', columns: ['round_id', 'secret'] },
  round_snapshot: { why: 'Learners stand in it under a digest made for this round alone.', columns: ['round_id', 'attempt', 'input', 'input_hash', 'seed'] },
  round_file: { why: 'Learners stand in it under a digest made for this round alone.', columns: ['round_id', 'file'] },
  outbox: { why: 'Ids and versions of work to be handed on.', columns: ['id', 'command_id', 'queue', 'name', 'job_id', 'payload', 'created_at', 'sent_at', 'sends', 'next_send_at'] },
  inbox: { why: 'Ids of work done.', columns: ['consumer', 'command_id', 'done_at'] },
  audit_chain: { why: 'Where the chain of each tenant’s history ends.', columns: ['chain', 'seq', 'head'] },
  audit_link: { why: 'Digests of the history.', columns: ['chain', 'seq', 'entry_id', 'hash'] },
  audit_head: { why: 'Signed digests of the history.', columns: ['chain', 'day', 'seq', 'head', 'signed_at', 'signature'] },
  retention_run: { why: 'Counts of what the schedule deleted.', columns: ['day', 'counts', 'started_at', 'ended_at'] },
  migration: { why: 'Which migrations were run.', columns: ['id', 'timestamp', 'name'] },
};
