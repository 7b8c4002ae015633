import { forbidden, whoMay, type Learner, type Proposal, type Vacancy } from '@meriden/domain';
import type { CheckGap, CohortRow, LearnerStage, StageCounts } from '@meriden/persistence/reads';
import { Clock } from '@meriden/platform';
import { Inject } from '@nestjs/common';
import { Extensions, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { InOperation } from '../graphql/context.js';
import type { Operation } from '../graphql/operation.js';
import { LearnerStageEnum, LearnerType } from '../learner/learner.types.js';
import { ProposalType } from '../proposal/proposal.types.js';
import { ReferenceShelf } from '../reference/reference-shelf.js';
import { VacancyType } from '../vacancy/vacancy.types.js';
import { CheckGapType, CohortType, type CohortRowType, type StageCountType } from './cohort.types.js';

type Shown = CohortType & Readonly<{ expiring: readonly Proposal[] }>;

@Resolver(() => CohortType)
export class CohortResolver {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(ReferenceShelf) private readonly reference: ReferenceShelf,
  ) {}

  @Query(() => CohortType, { complexity: 50, description: 'How the learners of the acting provider stand, and what needs doing.' })
  async cohort(@InOperation() operation: Operation): Promise<Shown> {
    const { shelf } = operation;
    if (!shelf.policy.may(operation.actor, 'watch a cohort')) throw forbidden('watch a cohort', whoMay('watch a cohort'));
    const found = await operation.read((tx, actor) =>
      shelf.cohort.summary(tx, { scope: shelf.scope(actor, 'learner'), now: this.clock.now(), residentOutcodes: this.reference.residentOutcodes }),
    );
    const { reference } = this;
    return {
      ...found,
      stages: stages(found.stages),
      byProgramme: found.byQualification.map((row) => shown(row, reference.qualifications.get(row.key)?.shortTitle)),
      byCampus: found.byCampus.map((row) => shown(row, reference.campuses.get(row.key)?.shortName)),
      byFundingSource: found.byFundingSource.map((row) => shown(row, reference.fundingSources.get(row.key)?.shortName)),
    };
  }

  @Extensions({ entries: 500 })
  @ResolveField(() => [ProposalType], { description: 'Proposals that expire within 7 days, the soonest first; at most 500.' })
  expiring(@Parent() cohort: Shown): readonly Proposal[] {
    return cohort.expiring;
  }
}

@Resolver(() => CheckGapType)
export class CheckGapResolver {
  @ResolveField(() => LearnerType, { nullable: true, description: 'Whose check it is.' })
  learner(@InOperation() operation: Operation, @Parent() gap: CheckGap): Promise<Learner | null> {
    return operation.loaders.learner.load(gap.learnerId);
  }

  @ResolveField(() => VacancyType, { nullable: true, description: 'The vacancy that needs the check.' })
  vacancy(@InOperation() operation: Operation, @Parent() gap: CheckGap): Promise<Vacancy | null> {
    return operation.loaders.vacancy.load(gap.vacancyId);
  }
}

/** How far one learner has come. */
@Resolver(() => LearnerType)
export class LearnerStageResolver {
  @ResolveField(() => LearnerStageEnum, { nullable: true, description: 'How far the learner has come on the way to a placement.' })
  stage(@InOperation() operation: Operation, @Parent() learner: Learner): Promise<LearnerStage | null> {
    return operation.loaders.stage.load(learner.id);
  }
}

function stages(counts: StageCounts): StageCountType[] {
  return Object.entries(counts).map(([stage, learners]) => ({ stage: stage as LearnerStage, learners }));
}

function shown(row: CohortRow, label: string | undefined): CohortRowType {
  return { key: row.key, label: label ?? row.key, learners: row.learners, stages: stages(row.stages) };
}
