import { personal, type PersonalTable } from './vocabulary.js';

const OWN_MEMBERSHIPS = 'select m.id from membership m where m.person_id = any (:people)';
const SECRET = 'A secret of your account: showing it would let others use it.';

/** Accounts and what hangs on them, in the order in which they can be deleted. */
export const ACCOUNTS: Readonly<Record<string, PersonalTable>> = {
  session: {
    whose: 'PERSON',
    rows: `membership_id in (${OWN_MEMBERSHIPS})`,
    purpose: 'ACCOUNT',
    basis: 'LEGITIMATE_INTERESTS',
    retention: 'SESSION',
    erase: 'DELETE',
    columns: {
      id: personal('LINK', 'Number of a session'),
      token_hash: personal('SECURITY', 'Digest of the key your browser holds', { withheld: SECRET }),
      membership_id: personal('LINK', 'In which organisation you were signed in'),
      kind: personal('ACTIVITY', 'With a browser or with a program'),
      created_at: personal('ACTIVITY', 'When you signed in'),
      expires_at: personal('ACTIVITY', 'When the session ends of itself'),
      revoked_at: personal('ACTIVITY', 'When you signed out'),
    },
    plain: [],
  },
  idempotent_answer: {
    whose: 'PERSON',
    // Answers given to others can be about the person: a college that enrols somebody gets the record back.
    rows: `person_id = any (:people) or exists (select from unnest(:people || :learners) subject where answer::text like '%' || subject::text || '%')`,
    purpose: 'RECORD',
    basis: 'LEGITIMATE_INTERESTS',
    retention: 'ANSWER',
    erase: 'DELETE',
    columns: {
      person_id: personal('LINK', 'Who sent a command'),
      answer: personal('ACTIVITY', 'The answer, kept for a day in case the command is sent twice', { withheld: 'A copy of what stands elsewhere in this file; it can hold data of others.' }),
      created_at: personal('ACTIVITY', 'When the command was sent'),
    },
    plain: ['organisation_id', 'key', 'request_hash'],
  },
  membership: {
    whose: 'PERSON',
    rows: 'person_id = any (:people) or learner_id = any (:learners)',
    purpose: 'ACCOUNT',
    basis: 'PUBLIC_TASK',
    retention: 'ACCOUNT',
    erase: 'DELETE',
    columns: {
      id: personal('LINK', 'Number of the membership'),
      person_id: personal('LINK', 'Whose membership it is'),
      organisation_id: personal('LINK', 'The college or employer you belong to'),
      role: personal('ACTIVITY', 'What you may do there'),
      learner_id: personal('LINK', 'Your learner record'),
    },
    plain: [],
  },
  person: {
    whose: 'PERSON',
    rows: 'id = any (:people)',
    purpose: 'ACCOUNT',
    basis: 'PUBLIC_TASK',
    retention: 'ACCOUNT',
    erase: 'DELETE',
    columns: {
      id: personal('LINK', 'Number of your account'),
      email: personal('CONTACT', 'The address you sign in with'),
      name: personal('NAME', 'Your name'),
      password_hash: personal('SECURITY', 'Scrambled form of your password', { withheld: SECRET }),
      totp_secret: personal('SECURITY', 'Secret of your second factor', { withheld: SECRET }),
      totp_last_step: personal('SECURITY', 'Which code was used last', { withheld: SECRET }),
      disabled: personal('ACTIVITY', 'Whether the account is shut'),
    },
    plain: [],
  },
};
