import type { SkillAlias, WeightVersion } from '@meriden/domain';
import { ReplayService, ScoringSettingsService, type Replay } from '@meriden/services';
import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { InOperation } from '../graphql/context.js';
import { referenceKey } from '../graphql/inputs.js';
import { list } from '../graphql/listing.js';
import { keyOf } from '../graphql/node-id.js';
import type { Operation } from '../graphql/operation.js';
import { PageArgs, type PageOf } from '../graphql/paging.js';
import { answer } from '../graphql/payload.js';
import type { RefusedType } from '../graphql/refusal.types.js';
import { ReferenceShelf } from '../reference/reference-shelf.js';
import { SkillType } from '../reference/reference.types.js';
import {
  AddSkillAliasInput,
  AddSkillAliasPayload,
  DecideWeightsInput,
  DecideWeightsPayload,
  ImportTravelInput,
  ImportTravelPayload,
  ProposeWeightsInput,
  ProposeWeightsPayload,
  ReplayType,
  RetireSkillAliasInput,
  RetireSkillAliasPayload,
  ScoringPolicyType,
  SkillAliasConnection,
  SkillAliasType,
  TermWeightType,
  TravelImportType,
  WeightVersionConnection,
  WeightVersionType,
  type AddSkillAliasSuccess,
  type DecideWeightsSuccess,
  type ImportTravelSuccess,
  type ProposeWeightsSuccess,
  type RetireSkillAliasSuccess,
  type TermWeightInput,
} from './scoring-settings.types.js';

const table = (rows: readonly TermWeightInput[]): Record<string, number> => Object.fromEntries(rows.map((row) => [row.code, row.weight]));
const rowsOf = (weights: Readonly<Record<string, number>>): TermWeightType[] => Object.entries(weights).map(([code, weight]) => ({ code, weight }));

@Resolver(() => SkillAliasType)
export class SkillAliasResolver {
  constructor(
    @Inject(ScoringSettingsService) private readonly verbs: ScoringSettingsService,
    @Inject(ReferenceShelf) private readonly reference: ReferenceShelf,
  ) {}

  @Query(() => SkillAliasConnection, { description: 'Further names of skills that operators added, the newest first; retired ones too.' })
  skillAliases(
    @InOperation() operation: Operation,
    @Args() page: PageArgs,
    @Args('skillId', { type: () => ID, nullable: true, description: 'Key or node id of one skill.' }) skillId: string | null,
  ): Promise<PageOf<SkillAlias>> {
    return list(operation, 'skillAlias', operation.shelf.skillAliases, page, { ...(skillId != null && { skillId: referenceKey('Skill', skillId) }) });
  }

  @Mutation(() => AddSkillAliasPayload, { description: 'An operator adds a further name of a skill, with effect on the next score.' })
  addSkillAlias(
    @InOperation() operation: Operation,
    @Args('input', { type: () => AddSkillAliasInput, description: 'The skill, the name and why.' }) input: AddSkillAliasInput,
  ): Promise<AddSkillAliasSuccess | RefusedType> {
    return answer(async () => ({ alias: await operation.write((actor) => this.verbs.addAlias(actor, { ...input, skillId: referenceKey('Skill', input.skillId) })) }));
  }

  @Mutation(() => RetireSkillAliasPayload, { description: 'An operator retires a further name of a skill.' })
  retireSkillAlias(
    @InOperation() operation: Operation,
    @Args('input', { type: () => RetireSkillAliasInput, description: 'Which name is no longer to count.' }) input: RetireSkillAliasInput,
  ): Promise<RetireSkillAliasSuccess | RefusedType> {
    return answer(async () => {
      const aliasId = keyOf('SkillAlias', input.aliasId, ['input', 'aliasId']);
      return { alias: await operation.write((actor) => this.verbs.retireAlias(actor, { aliasId })) };
    });
  }

  @ResolveField(() => SkillType, { nullable: true, description: 'The skill that it names.' })
  skill(@Parent() alias: SkillAlias): SkillType | null {
    return this.reference.skill(alias.skillId);
  }
}

@Resolver(() => WeightVersionType)
export class ScoringSettingsResolver {
  constructor(
    @Inject(ScoringSettingsService) private readonly verbs: ScoringSettingsService,
    @Inject(ReplayService) private readonly replays: ReplayService,
  ) {}

  @Query(() => ScoringPolicyType, { description: 'The weights and editions that scores are computed with at present; nobody’s secret.' })
  scoringPolicy(@InOperation() operation: Operation): Promise<ScoringPolicyType> {
    return operation.read(async (tx) => {
      const { policy, referenceVersion } = await this.verbs.inForce(tx);
      return { policyVersion: policy.version, referenceVersion, weights: rowsOf(policy.weights), employerWeights: rowsOf(policy.employerWeights) };
    });
  }

  @Query(() => WeightVersionConnection, { description: 'Versions of the weights, the newest first, with who would move.' })
  weightVersions(@InOperation() operation: Operation, @Args() page: PageArgs): Promise<PageOf<WeightVersion>> {
    return list(operation, 'weightVersion', operation.shelf.weightVersions, page, {});
  }

  @Query(() => [TravelImportType], { description: 'Imports of journey times for operators, the newest first.' })
  travelImports(@InOperation() operation: Operation): Promise<TravelImportType[]> {
    return operation.read((tx, actor) => this.verbs.travelImports(tx, actor));
  }

  @Query(() => ReplayType, { complexity: 50, description: 'An operator has a stored score computed again from the stored input of its day.' })
  async replayScore(
    @InOperation() operation: Operation,
    @Args('suggestionId', { type: () => ID, description: 'Node id of the suggestion.' }) suggestionId: string,
    @Args('inputHash', { type: () => String, nullable: true, description: 'Input hash of an earlier version; left out for the present one.' }) inputHash: string | null,
  ): Promise<Replay> {
    const [learnerId, vacancyId] = keyOf('Suggestion', suggestionId, ['suggestionId']).split(':') as [string, string];
    return this.replays.replay(operation.actor, { learnerId, vacancyId, inputHash: inputHash ?? null });
  }

  @Mutation(() => ProposeWeightsPayload, { description: 'An operator proposes new weights, which are tried in shadow first.' })
  proposeWeights(
    @InOperation() operation: Operation,
    @Args('input', { type: () => ProposeWeightsInput, description: 'The weights and why.' }) input: ProposeWeightsInput,
  ): Promise<ProposeWeightsSuccess | RefusedType> {
    return answer(async () => {
      const { idempotencyKey, reason } = input;
      const proposal = { idempotencyKey, reason, weights: table(input.weights), employerWeights: table(input.employerWeights) };
      return { version: await operation.write((actor) => this.verbs.proposeWeights(actor, proposal)) };
    });
  }

  @Mutation(() => DecideWeightsPayload, { description: 'A second operator approves or rejects proposed weights, after reading the report.' })
  decideWeights(
    @InOperation() operation: Operation,
    @Args('input', { type: () => DecideWeightsInput, description: 'Which version, and the decision.' }) input: DecideWeightsInput,
  ): Promise<DecideWeightsSuccess | RefusedType> {
    return answer(async () => ({ version: await operation.write((actor) => this.verbs.decideWeights(actor, input)) }));
  }

  @Mutation(() => ImportTravelPayload, { description: 'An operator replaces estimated journeys with real ones; the region is scored anew.' })
  importTravel(
    @InOperation() operation: Operation,
    @Args('input', { type: () => ImportTravelInput, description: 'The rows and where they come from.' }) input: ImportTravelInput,
  ): Promise<ImportTravelSuccess | RefusedType> {
    return answer(async () => {
      const rows = input.rows.map((row) => ({ ...row, campusId: referenceKey('Campus', row.campusId), latitude: row.latitude ?? null, longitude: row.longitude ?? null }));
      const { imported, run } = await operation.write((actor) => this.verbs.importTravel(actor, { idempotencyKey: input.idempotencyKey, source: input.source, rows }));
      return { imported, scoringRun: run };
    });
  }

  @ResolveField(() => [TermWeightType], { description: 'Weights of the learner’s side.' })
  weights(@Parent() version: WeightVersion): TermWeightType[] {
    return rowsOf(version.weights);
  }

  @ResolveField(() => [TermWeightType], { description: 'Weights of the employer’s side.' })
  employerWeights(@Parent() version: WeightVersion): TermWeightType[] {
    return rowsOf(version.employerWeights);
  }
}
