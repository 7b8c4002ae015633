import type { Actor, Role } from './actor.js';

/**
 * The policy, one place. A scope says which rows of a noun an actor may see, as data: persistence turns it into SQL for lists
 * and services test single objects against it, so that both walls of reads and writes come from the same line.
 *
 * ALL, NONE, or alternatives; each alternative is a set of fields that must all equal the given values.
 */
export type Scope = 'ALL' | 'NONE' | readonly Readonly<Record<string, string | boolean>>[];

export const NOUNS = [
  'organisation',
  'learner',
  'vacancy',
  'suggestion',
  'candidate',
  'vacancyChoice',
  'candidateDecision',
  'learnerPreference',
  'employerPreference',
  'round',
  'dryRun',
  'outcome',
  'proposal',
  'placement',
  'auditEntry',
  'scoringRun',
  'importRun',
  'command',
  'scoreChallenge',
  'skillAlias',
  'weightVersion',
] as const;
export type Noun = (typeof NOUNS)[number];

type ScopeOf = (actor: Actor) => Scope;

/** Rows a learner, or the provider that owns them, or the employer they were shared with may see. */
const ownLearnerRows =
  (employer: 'employerId' | null, published: Readonly<Record<string, boolean>> = {}): ScopeOf =>
  (actor) => {
    switch (actor.role) {
      case 'LEARNER':
        return actor.learnerId === null ? 'NONE' : [{ learnerId: actor.learnerId, organisationId: actor.organisationId, ...published }];
      case 'PROVIDER_STAFF':
        return [{ organisationId: actor.organisationId, ...published }];
      case 'EMPLOYER':
        return employer === null ? 'NONE' : [{ [employer]: actor.organisationId, ...published }];
      case 'OPERATOR':
        return 'ALL';
      case 'REGION':
        return 'NONE';
    }
  };

const SCOPES: Record<Noun, ScopeOf> = {
  organisation: () => 'ALL',
  learner: (actor) => {
    switch (actor.role) {
      case 'LEARNER':
        return actor.learnerId === null ? 'NONE' : [{ id: actor.learnerId, organisationId: actor.organisationId }];
      case 'PROVIDER_STAFF':
        return [{ organisationId: actor.organisationId }];
      case 'OPERATOR':
        return 'ALL';
      default:
        return 'NONE';
    }
  },
  // Live and closed vacancies are public among the signed in; a draft is the employer's (and the operator's) own.
  vacancy: (actor) => {
    if (actor.role === 'OPERATOR') return 'ALL';
    const open: readonly Readonly<Record<string, string>>[] = [{ state: 'LIVE' }, { state: 'CLOSED' }];
    return actor.role === 'EMPLOYER' ? [...open, { organisationId: actor.organisationId }] : open;
  },
  suggestion: ownLearnerRows(null),
  candidate: (actor) => {
    if (actor.role === 'EMPLOYER') return [{ organisationId: actor.organisationId }];
    return actor.role === 'OPERATOR' ? 'ALL' : 'NONE';
  },
  vacancyChoice: ownLearnerRows(null),
  // The employer decides; whom it is about and their provider read it.
  candidateDecision: (actor) => {
    switch (actor.role) {
      case 'LEARNER':
        return actor.learnerId === null ? 'NONE' : [{ learnerId: actor.learnerId, providerId: actor.organisationId }];
      case 'PROVIDER_STAFF':
        return [{ providerId: actor.organisationId }];
      case 'EMPLOYER':
        return [{ organisationId: actor.organisationId }];
      default:
        return actor.role === 'OPERATOR' ? 'ALL' : 'NONE';
    }
  },
  learnerPreference: ownLearnerRows(null),
  employerPreference: (actor) => {
    if (actor.role === 'EMPLOYER') return [{ organisationId: actor.organisationId }];
    return actor.role === 'OPERATOR' ? 'ALL' : 'NONE';
  },
  round: () => 'ALL',
  dryRun: (actor) => (actor.role === 'OPERATOR' ? 'ALL' : 'NONE'),
  outcome: (actor) => (actor.role === 'EMPLOYER' ? 'NONE' : ownLearnerRows(null, actor.role === 'OPERATOR' ? {} : { published: true })(actor)),
  proposal: ownLearnerRows('employerId'),
  placement: ownLearnerRows('employerId'),
  auditEntry: (actor) => {
    if (actor.role === 'OPERATOR') return 'ALL';
    return actor.role === 'LEARNER' || actor.role === 'REGION' ? 'NONE' : [{ organisationId: actor.organisationId }];
  },
  // Counts over the whole region, about nobody.
  scoringRun: (actor) => (actor.role === 'OPERATOR' || actor.role === 'REGION' ? 'ALL' : 'NONE'),
  scoreChallenge: ownLearnerRows(null),
  // How scores come about is nobody's secret.
  skillAlias: () => 'ALL',
  weightVersion: () => 'ALL',
  // A file can hold anything: it stays among the staff of the organisation that handed it in, the operator's own too.
  importRun: (actor) => (actor.role === 'LEARNER' || actor.role === 'REGION' ? 'NONE' : [{ organisationId: actor.organisationId }]),
  // What was asked for in one's organisation's name; a learner's own only.
  command: (actor) => {
    if (actor.role === 'OPERATOR') return 'ALL';
    return [{ organisationId: actor.organisationId, ...(actor.role === 'LEARNER' && { personId: actor.personId }) }];
  },
};

/** Verb -> who may, beyond seeing the object. The object's own scope is always tested too. */
const VERBS = {
  'post a vacancy': ['EMPLOYER'],
  'change a vacancy': ['EMPLOYER'],
  'enrol a learner': ['PROVIDER_STAFF'],
  'change a profile': ['LEARNER', 'PROVIDER_STAFF'],
  'give preferences': ['LEARNER'],
  'choose among vacancies': ['LEARNER'],
  'contest a score': ['LEARNER'],
  'speak about a score': ['LEARNER', 'PROVIDER_STAFF'],
  'review a score': ['PROVIDER_STAFF'],
  'replay a score': ['OPERATOR'],
  'change how scores come about': ['OPERATOR'],
  'rank candidates': ['EMPLOYER'],
  'decide on a candidate': ['EMPLOYER'],
  'answer a proposal': ['LEARNER'],
  'run a round': ['OPERATOR'],
  'score the region': ['OPERATOR'],
  'start parked work again': ['OPERATOR'],
  'watch a cohort': ['PROVIDER_STAFF'],
  'see regional aggregates': ['REGION', 'OPERATOR'],
  'create accounts': ['OPERATOR'],
  'import a list': ['PROVIDER_STAFF', 'EMPLOYER', 'OPERATOR'],
  'invite people': ['EMPLOYER', 'PROVIDER_STAFF', 'REGION', 'OPERATOR'],
  'ask for own data': ['LEARNER', 'EMPLOYER', 'PROVIDER_STAFF', 'REGION', 'OPERATOR'],
  'answer for learner data': ['PROVIDER_STAFF'],
  'hold a record': ['PROVIDER_STAFF'],
} as const satisfies Record<string, readonly Role[]>;
export type Verb = keyof typeof VERBS;

/** What services and reads ask. A class of its own only so that the tests of the second wall can put another in its place. */
export type Policy = Readonly<{
  scope(actor: Actor, noun: Noun): Scope;
  may(actor: Actor, verb: Verb): boolean;
}>;

export const policy: Policy = {
  scope: (actor, noun) => SCOPES[noun](actor),
  may: (actor, verb) => (VERBS[verb] as readonly Role[]).includes(actor.role),
};

/** Who may do this, in words, for the refusal. */
export function whoMay(verb: Verb): string {
  const words: Record<Role, string> = {
    LEARNER: 'the learner',
    EMPLOYER: 'staff of the employer',
    PROVIDER_STAFF: 'staff of the provider',
    REGION: 'the region',
    OPERATOR: 'an operator',
  };
  return (VERBS[verb] as readonly Role[]).map((role) => words[role]).join(' or ');
}

/** Whether one object lies within a scope. */
export function within(scope: Scope, object: object): boolean {
  if (scope === 'ALL') return true;
  if (scope === 'NONE') return false;
  const fields = object as Readonly<Record<string, unknown>>;
  return scope.some((alternative) => Object.entries(alternative).every(([field, value]) => fields[field] === value));
}
