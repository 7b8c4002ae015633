import { Rejection, type Refusal } from '@meriden/domain';

type DatabaseError = Readonly<{ code?: string; constraint?: string }>;

/** What PostgreSQL said, from under the ORM's wrapper; null for anything else. */
function databaseError(fault: unknown): DatabaseError | null {
  if (typeof fault !== 'object' || fault === null) return null;
  const driver = (fault as { driverError?: unknown }).driverError ?? fault;
  return typeof (driver as DatabaseError).code === 'string' ? (driver as DatabaseError) : null;
}

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK = '40P01';
const UNIQUE_VIOLATION = '23505';
const CHECK_VIOLATION = '23514';

/** Two transactions crossed: the same work, begun again, may well succeed. */
export function mayRetry(fault: unknown): boolean {
  const error = databaseError(fault);
  if (error === null) return false;
  if (error.code === SERIALIZATION_FAILURE || error.code === DEADLOCK) return true;
  // The same mutation at the same moment: the second one finds the first one's answer when it begins again.
  return error.code === UNIQUE_VIOLATION && error.constraint === 'idempotent_answer_pkey';
}

/** A lock that others held too long: it says nothing about whoever waited. */
const LOCK_NOT_AVAILABLE = '55P03';
/** A connection is refused, cut or closed by a server that stops, starts or crashed: SQLSTATE, and what the network says. */
const AWAY = /^(08\d\d\d|57P0[123]|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ECONNECTION|ESOCKET)$/;
/** The same, where the driver says it in words alone. */
const AWAY_IN_WORDS = /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;

/** Whether something ended because a server it needs went away or had no hand free, which says nothing about the work itself. */
export function serverWentAway(fault: unknown): boolean {
  const code = databaseError(fault)?.code ?? '';
  if (code === LOCK_NOT_AVAILABLE || AWAY.test(code)) return true;
  // Several addresses were tried, and none answered.
  if (fault instanceof AggregateError) return fault.errors.length > 0 && fault.errors.every(serverWentAway);
  return fault instanceof Error && AWAY_IN_WORDS.test(fault.message);
}

const taken = (what: string, remedy: string, path: readonly string[]): Refusal => ({
  code: 'ALREADY_EXISTS',
  message: `${what} is already in use.`,
  rule: `${what} belongs to one record only.`,
  remedy,
  path,
});

/** Constraint -> what the person is told. A constraint that is not here guards an invariant: its violation is a defect of ours. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  learner_uln_key: taken('This unique learner number', 'Check the number, or open the record your organisation already has.', ['input', 'uln']),
  person_email_key: taken('This e-mail address', 'Use another address, or add a role to the account that has it.', ['input', 'email']),
  organisation_ukprn_key: taken('This UKPRN', 'Check the number, or use the organisation that is already there.', ['input', 'ukprn']),
  membership_person_role_key: taken('This role in this organisation', 'The person has it already: nothing is left to do.', ['input', 'role']),
  proposal_one_live_key: taken('A place in this round', 'A learner holds one proposal a round: withdraw the other one first.', []),
  placement_one_active_key: taken('An active placement of this learner', 'End or complete the present placement first.', []),
  learner_preference_key: taken('A list for this round', 'Load the list again and change its newest version.', ['input', 'version']),
  employer_preference_key: taken('A list for this round', 'Load the list again and change its newest version.', ['input', 'version']),
  federated_identity_subject_key: taken('This account of the other service', 'Remove it where it is linked first.', []),
  invitation_learner_taken: taken('This learner record', 'Ask the provider: it invited another person for this record before.', ['input', 'token']),
  proposal_within_openings: {
    code: 'OPENINGS_TAKEN',
    message: 'All openings of this vacancy are taken.',
    rule: 'Proposals that are open or accepted never exceed the openings of a vacancy.',
    remedy: 'Raise the number of openings, or wait until a proposal is declined or expires.',
    path: ['input', 'openings'],
  },
};

/** A violated rule that a person can meet becomes a Rejection; everything else stays the fault or defect it is. */
export function translated(fault: unknown): unknown {
  const error = databaseError(fault);
  if (error === null || (error.code !== UNIQUE_VIOLATION && error.code !== CHECK_VIOLATION)) return fault;
  const refusal = REFUSALS[error.constraint ?? ''];
  return refusal === undefined ? fault : new Rejection(refusal);
}
