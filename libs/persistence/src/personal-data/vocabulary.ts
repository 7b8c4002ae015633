/** Whose data a row holds. A `:people` or `:learners` in `rows` stands for the ids of the one person asked about. */
type Subject = 'LEARNER' | 'PERSON';

/** What the data are for, in words that the person themself reads. */
export const PURPOSES = {
  ACCOUNT: 'So that you can sign in, and nobody else as you.',
  PROFILE: 'So that placements can be found that fit your course, your skills and where you live.',
  EQUALITY: 'So that your college can see that everybody gets a fair chance. Never used to choose who gets which place.',
  CHOICES: 'So that your choices count in a round, and you can prove what you chose.',
  PLACEMENT: 'So that you, your college and the employer know which place you have.',
  RECORD: 'So that anybody can find out later who changed what.',
  RIGHTS: 'So that you get what you asked us for about your own data.',
} as const;
type Purpose = keyof typeof PURPOSES;

/** UK GDPR Article 6, and Article 9 for what is special. */
export const BASES = {
  PUBLIC_TASK: 'Public task: a college must arrange placements (Article 6(1)(e)).',
  CONSENT: 'Consent, which can be withdrawn at any time (Articles 6(1)(a) and 9(2)(a)).',
  LEGAL_OBLIGATION: 'Legal obligation (Article 6(1)(c)).',
  LEGITIMATE_INTERESTS: 'Legitimate interests: a service that is safe to use (Article 6(1)(f)).',
} as const;
type Basis = keyof typeof BASES;

/** How long, in words; `retention.ts` says the same in SQL for every rule that acts of itself. */
export const RETENTION = {
  LEARNER_RECORD: 'Until a year after the end of your academic year, unless a placement still runs.',
  ACCOUNT: 'As long as you have an account here.',
  SESSION: '30 days after you signed out or the session ran out.',
  ANSWER: '24 hours.',
  IMPORT: 'The file a day at most, until it was read; the report on it 30 days.',
  INTEREST: '84 days after the round was published.',
  COMMAND: '30 days after the work was done.',
  SUBJECT_FILE: 'Until you have fetched it, 7 days at most.',
  SUBJECT_REQUEST: 'Six years, as proof that we did what you asked.',
  AUDIT: 'As long as the service runs; it holds numbers and codes, no names.',
} as const;
export type Retention = keyof typeof RETENTION;

/**
 * What happens to a row when its person is erased. DELETE: the row goes. BLANK: the row stays for what hangs on it, and each of
 * its columns is blanked (`blank`) or stays with a reason (`keep`).
 */
type Erasure = 'DELETE' | 'BLANK' | Readonly<{ keep: string; until: string }>;

type PersonalKind = 'NAME' | 'CONTACT' | 'BIRTH' | 'NUMBER' | 'LINK' | 'PROFILE' | 'HEALTH' | 'EQUALITY' | 'CHOICE' | 'RESULT' | 'FREE_TEXT' | 'SECURITY' | 'ACTIVITY';

type PersonalColumn = Readonly<{
  kind: PersonalKind;
  /** What it is, for the person whose it is. */
  says: string;
  /** Article 9: health, ethnicity, belief ... */
  special: boolean;
  /** Why it is not handed out on a subject access request; null = it is. */
  withheld: string | null;
  /** SQL for what stands there after a BLANK; null = it stays, for the reason in `keep`. */
  blank: string | null;
  keep: string | null;
}>;

export type PersonalTable = Readonly<{
  whose: Subject;
  /** SQL condition on the table's own columns that finds the rows of one person. */
  rows: string;
  purpose: Purpose;
  basis: Basis;
  retention: Retention;
  erase: Erasure;
  columns: Readonly<Record<string, PersonalColumn>>;
  /** Columns that say nothing of anybody. */
  plain: readonly string[];
}>;

export type PlainTable = Readonly<{ why: string; columns: readonly string[] }>;

type Extra = Partial<Pick<PersonalColumn, 'special' | 'withheld' | 'blank' | 'keep'>>;

/** One personal column. `blank` or `keep` is needed in a table whose rows stay. */
export function personal(kind: PersonalKind, says: string, extra: Extra = {}): PersonalColumn {
  return { kind, says, special: false, withheld: null, blank: null, keep: null, ...extra };
}
