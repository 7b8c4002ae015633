import { isUuid, notFound } from '@meriden/domain';

/** GraphQL name of every type that `node(id)` can answer with. */
export const NODE_NAMES = [
  'AuditEntry',
  'Campus',
  'Candidate',
  'Command',
  'DryRun',
  'EmployerPreference',
  'FundingSource',
  'Learner',
  'LearnerPreference',
  'Organisation',
  'Outcome',
  'Person',
  'Placement',
  'Proposal',
  'Qualification',
  'Round',
  'ScoreChallenge',
  'ScoringRun',
  'Skill',
  'SkillAlias',
  'Suggestion',
  'Vacancy',
] as const;
export type NodeName = (typeof NODE_NAMES)[number];

/** Types whose key is a text of the reference data, and pairs; all other keys are UUIDs. */
const REFERENCE_KEY = /^[a-z0-9][a-z0-9:._-]{0,99}$/i;
const PAIR = 73;

const words: Record<NodeName, string> = {
  AuditEntry: 'audit entry',
  Campus: 'campus',
  Candidate: 'candidate',
  Command: 'command',
  DryRun: 'dry run',
  EmployerPreference: 'preference',
  FundingSource: 'funding source',
  Learner: 'learner',
  LearnerPreference: 'preference',
  Organisation: 'organisation',
  Outcome: 'outcome',
  Person: 'person',
  Placement: 'placement',
  Proposal: 'proposal',
  Qualification: 'qualification',
  Round: 'round',
  ScoreChallenge: 'question about a score',
  ScoringRun: 'scoring run',
  Skill: 'skill',
  SkillAlias: 'skill alias',
  Suggestion: 'suggestion',
  Vacancy: 'vacancy',
};

function wellFormed(type: NodeName, key: string): boolean {
  switch (type) {
    case 'Campus':
    case 'FundingSource':
    case 'Qualification':
    case 'Skill':
      return REFERENCE_KEY.test(key);
    case 'Suggestion':
      return key.length === PAIR && key[36] === ':' && isUuid(key.slice(0, 36)) && isUuid(key.slice(37));
    default:
      return isUuid(key);
  }
}

/** Opaque to callers: base64url of `Type:key`. */
export function nodeId(type: NodeName, key: string): string {
  return Buffer.from(`${type}:${key}`, 'utf8').toString('base64url');
}

/** Type and key of a node id; null for anything this API never gave out. */
export function parseNodeId(id: string): Readonly<{ type: NodeName; key: string }> | null {
  if (id.length > 200) return null;
  const text = Buffer.from(id, 'base64url').toString('utf8');
  const colon = text.indexOf(':');
  const type = NODE_NAMES.find((name) => name === text.slice(0, colon));
  if (colon < 0 || type === undefined) return null;
  const key = text.slice(colon + 1);
  // One spelling for one object: padding, other alphabets and stray bits are not accepted.
  return wellFormed(type, key) && nodeId(type, key) === id ? { type, key } : null;
}

/**
 * The key behind a node id of the wanted type.
 * @throws Rejection NOT_FOUND, the same for nonsense, for another type and (later) for another tenant's object
 */
export function keyOf(type: NodeName, id: string, path: readonly string[]): string {
  const parsed = parseNodeId(id);
  if (parsed?.type !== type) throw notFound(words[type], path);
  return parsed.key;
}

/** For filters and look-ups of one object, where nonsense simply finds nothing. */
export function keyOrNull(type: NodeName, id: string): string | null {
  const parsed = parseNodeId(id);
  return parsed?.type === type ? parsed.key : null;
}
