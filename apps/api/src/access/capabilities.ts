import type { Actor, Policy, Verb } from '@meriden/domain';
import { domainEnum } from '../graphql/enums.js';

type Words<T extends string> = T extends `${infer Head} ${infer Tail}` ? `${Uppercase<Head>}_${Words<Tail>}` : Uppercase<T>;
export type Capability = Words<Verb>;

/** The policy's verbs as values of an enum; the compiler asks for a line here when a verb is added there. */
const OF_VERB: { readonly [V in Verb]: readonly [capability: Words<V>, words: string] } = {
  'post a vacancy': ['POST_A_VACANCY', 'Post a vacancy of the own employer.'],
  'change a vacancy': ['CHANGE_A_VACANCY', 'Revise, publish and close own vacancies.'],
  'enrol a learner': ['ENROL_A_LEARNER', 'Enrol a learner at the own provider.'],
  'change a profile': ['CHANGE_A_PROFILE', 'Change a profile that scores read.'],
  'give preferences': ['GIVE_PREFERENCES', 'Rank vacancies in a round as a learner.'],
  'choose among vacancies': ['CHOOSE_AMONG_VACANCIES', 'Save vacancies or put them aside as a learner.'],
  'contest a score': ['CONTEST_A_SCORE', 'Question a score about oneself.'],
  'speak about a score': ['SPEAK_ABOUT_A_SCORE', 'Add words to a question about a score.'],
  'review a score': ['REVIEW_A_SCORE', 'Decide on questions that own learners raise.'],
  'replay a score': ['REPLAY_A_SCORE', 'Compute a stored score again from its stored input.'],
  'change how scores come about': ['CHANGE_HOW_SCORES_COME_ABOUT', 'Change skill names, journey times and weights.'],
  'rank candidates': ['RANK_CANDIDATES', 'Rank candidates in a round as an employer.'],
  'decide on a candidate': ['DECIDE_ON_A_CANDIDATE', 'Shortlist or refuse own candidates, with a reason.'],
  'answer a proposal': ['ANSWER_A_PROPOSAL', 'Accept or decline a proposed place.'],
  'run a round': ['RUN_A_ROUND', 'Open, freeze, solve and publish rounds.'],
  'score the region': ['SCORE_THE_REGION', 'Have everyone scored against every live vacancy.'],
  'start parked work again': ['START_PARKED_WORK_AGAIN', 'Have parked background work tried again.'],
  'watch a cohort': ['WATCH_A_COHORT', 'See how the own learners stand.'],
  'see regional aggregates': ['SEE_REGIONAL_AGGREGATES', 'See the region in figures, small numbers hidden.'],
  'import a list': ['IMPORT_A_LIST', 'Bring a list of the own organisation in from a file.'],
  'invite people': ['INVITE_PEOPLE', 'Invite people into the own organisation and end memberships.'],
  'ask for own data': ['ASK_FOR_OWN_DATA', 'Have a copy of the own data, or the own record erased.'],
  'answer for learner data': ['ANSWER_FOR_LEARNER_DATA', 'Ask for a copy or an erasure in a learner’s name.'],
  'hold a record': ['HOLD_A_RECORD', 'Keep a learner’s record from being erased for now.'],
  'create accounts': ['CREATE_ACCOUNTS', 'Make accounts and organisations of the service.'],
};

const ALL = Object.values(OF_VERB);

export const CapabilityEnum = domainEnum<Capability>(
  'Capability',
  ALL.map(([capability]) => capability),
  'Something that a role may do, beyond seeing what is its own.',
  Object.fromEntries(ALL) as Record<Capability, string>,
);

export function capabilitiesOf(actor: Actor, policy: Policy): Capability[] {
  return Object.entries(OF_VERB)
    .filter(([verb]) => policy.may(actor, verb as Verb))
    .map(([, [capability]]) => capability);
}
