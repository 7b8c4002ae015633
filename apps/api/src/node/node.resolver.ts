import type { Noun, Scope } from '@meriden/domain';
import type { Tx } from '@meriden/persistence/reads';
import { Inject } from '@nestjs/common';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { InOperation } from '../graphql/context.js';
import { PAGE_LIMIT, refusedByLimit } from '../graphql/limits.js';
import { parseNodeId, type NodeName } from '../graphql/node-id.js';
import type { Operation } from '../graphql/operation.js';
import type { ReadShelf } from '../graphql/read-shelf.js';
import { ReferenceShelf } from '../reference/reference-shelf.js';
import { NodeType, type TypedRow } from './node.types.js';

/** Node types that lie in the database: the noun whose policy decides, and the reads that fetch them by id. */
const STORED = {
  AuditEntry: ['auditEntry', 'auditEntries'],
  Candidate: ['candidate', 'candidates'],
  Command: ['command', 'commands'],
  DryRun: ['dryRun', 'dryRuns'],
  EmployerPreference: ['employerPreference', 'employerPreferences'],
  Learner: ['learner', 'learners'],
  LearnerPreference: ['learnerPreference', 'learnerPreferences'],
  Organisation: ['organisation', 'organisations'],
  Outcome: ['outcome', 'outcomes'],
  Placement: ['placement', 'placements'],
  Proposal: ['proposal', 'proposals'],
  Round: ['round', 'rounds'],
  ScoreChallenge: ['scoreChallenge', 'scoreChallenges'],
  ScoringRun: ['scoringRun', 'scoringRuns'],
  SkillAlias: ['skillAlias', 'skillAliases'],
  Suggestion: ['suggestion', 'suggestions'],
  Vacancy: ['vacancy', 'vacancies'],
} as const satisfies Partial<Record<NodeName, readonly [Noun, keyof ReadShelf]>>;

type ByIds = Readonly<{ byIds(tx: Tx, scope: Scope, ids: readonly string[]): Promise<readonly (object | null)[]> }>;

/** Any object by its id. Null alike for nonsense, for what does not exist, and for what is not the caller's to see. */
@Resolver(() => NodeType)
export class NodeResolver {
  constructor(@Inject(ReferenceShelf) private readonly reference: ReferenceShelf) {}

  @Query(() => NodeType, { nullable: true, description: 'One object of any type by its id; null when unknown or not yours to see.' })
  async node(
    @InOperation() operation: Operation,
    @Args('id', { type: () => ID, description: 'Opaque id as an earlier answer gave it.' }) id: string,
  ): Promise<TypedRow | null> {
    return (await this.fetch(operation, [id]))[0] ?? null;
  }

  @Query(() => [NodeType], { nullable: 'items', description: 'Objects of any types by their ids, in that order; null in place of each not found.' })
  async nodes(
    @InOperation() operation: Operation,
    @Args('ids', { type: () => [ID], description: 'Opaque ids as earlier answers gave them, at most 100.' }) ids: string[],
  ): Promise<(TypedRow | null)[]> {
    if (ids.length > PAGE_LIMIT) throw refusedByLimit('PAGE_TOO_LARGE', `${ids.length} ids were given.`, `Give at most ${PAGE_LIMIT}.`);
    return this.fetch(operation, ids);
  }

  /** One statement a type, however many ids. */
  private async fetch(operation: Operation, ids: readonly string[]): Promise<(TypedRow | null)[]> {
    const found = new Map<string, TypedRow>();
    const keys = new Map<NodeName, Map<string, string>>();
    for (const id of ids) {
      const parsed = parseNodeId(id);
      if (parsed === null) continue;
      const own = this.atHand(operation, parsed.type, parsed.key);
      if (own !== null) found.set(id, { ...own, __typename: parsed.type });
      const ofType = keys.get(parsed.type) ?? new Map<string, string>();
      keys.set(parsed.type, ofType.set(parsed.key, id));
    }
    for (const [type, byKey] of keys) {
      const stored = type in STORED ? STORED[type as keyof typeof STORED] : undefined;
      if (stored === undefined) continue;
      const [noun, shelf] = stored;
      const reads: ByIds = operation.shelf[shelf];
      const rows = await operation.read((tx, actor) => reads.byIds(tx, operation.shelf.scope(actor, noun), [...byKey.keys()]));
      [...byKey.values()].forEach((id, index) => {
        const row = rows[index];
        if (row) found.set(id, { ...row, __typename: type });
      });
    }
    return ids.map((id) => found.get(id) ?? null);
  }

  /** What needs no statement: rows of the reference data, and the caller as a person. */
  private atHand(operation: Operation, type: NodeName, key: string): object | null {
    switch (type) {
      case 'Campus':
        return this.reference.campuses.get(key) ?? null;
      case 'FundingSource':
        return this.reference.fundingSources.get(key) ?? null;
      case 'Qualification':
        return this.reference.qualifications.get(key) ?? null;
      case 'Skill':
        return this.reference.skill(key);
      case 'Person':
        return operation.caller?.person.id === key ? operation.caller.person : null;
      default:
        return null;
    }
  }
}
