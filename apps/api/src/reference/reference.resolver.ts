import { Inject } from '@nestjs/common';
import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CampusKindEnum } from './reference.enums.js';
import { ReferenceShelf } from './reference-shelf.js';
import { CampusType, EntryPointType, FundingSourceType, LaunchFigureType, QualificationType, SkillType, TravelReachType } from './reference.types.js';
import type { CampusRow, FigureRow } from './reference-rows.js';

/** What the list of all rows of a table costs beside the fields asked of each. */
const WHOLE_TABLE = 20;

@Resolver(() => CampusType)
export class CampusResolver {
  constructor(@Inject(ReferenceShelf) private readonly reference: ReferenceShelf) {}

  @Query(() => [CampusType], { complexity: WHOLE_TABLE, description: 'Places of the region: campuses, facilities, services, districts and programmes.' })
  campuses(
    @Args('kind', { type: () => CampusKindEnum, nullable: true, description: 'Only places of this kind; all kinds when left out.' })
    kind: CampusType['kind'] | null,
    @Args('holdsVacancies', { type: () => Boolean, nullable: true, description: 'Only places that vacancies can, or cannot, be posted at.' })
    holdsVacancies: boolean | null,
  ): CampusType[] {
    return [...this.reference.campuses.values()].filter(
      (campus) => (kind == null || campus.kind === kind) && (holdsVacancies == null || campus.holdsVacancies === holdsVacancies),
    );
  }

  @Query(() => CampusType, { nullable: true, description: 'One place by its key, for example `arden-cross`; null when there is none.' })
  campus(@Args('key', { type: () => String, description: 'Stable key of the place.' }) key: string): CampusType | null {
    return this.reference.campuses.get(key) ?? null;
  }

  @ResolveField(() => CampusType, { nullable: true, description: 'The place that contains this one; null at the top.' })
  parent(@Parent() campus: CampusRow): CampusType | null {
    return campus.parentId === null ? null : (this.reference.campuses.get(campus.parentId) ?? null);
  }
}

@Resolver(() => LaunchFigureType)
export class ReferenceResolver {
  constructor(@Inject(ReferenceShelf) private readonly reference: ReferenceShelf) {}

  @Query(() => [QualificationType], { complexity: WHOLE_TABLE, description: 'Qualifications that learners are on, or came with.' })
  qualifications(): QualificationType[] {
    return [...this.reference.qualifications.values()];
  }

  @Query(() => [EntryPointType], { complexity: WHOLE_TABLE, description: 'Backgrounds and career stages from which people enter.' })
  entryPoints(): EntryPointType[] {
    return [...this.reference.entryPoints.values()];
  }

  @Query(() => [SkillType], { complexity: WHOLE_TABLE, description: 'Skills of the MedTech taxonomy, in the order of their clusters.' })
  skills(
    @Args('cluster', { type: () => String, nullable: true, description: 'Only skills of this cluster, for example `imaging`.' }) cluster: string | null,
  ): SkillType[] {
    return [...this.reference.skills.values()].filter((skill) => cluster == null || skill.cluster === cluster);
  }

  @Query(() => [FundingSourceType], { complexity: WHOLE_TABLE, description: 'Funds that pay for placements, and cohorts reported by themselves.' })
  fundingSources(): FundingSourceType[] {
    return [...this.reference.fundingSources.values()];
  }

  @Query(() => [TravelReachType], { complexity: WHOLE_TABLE, description: 'How far each way of travel brings somebody, for shading a map.' })
  travelReaches(): readonly TravelReachType[] {
    return this.reference.reaches;
  }

  @Query(() => [LaunchFigureType], { complexity: WHOLE_TABLE, description: 'Figures quoted at the launch, each with scope, source and certainty.' })
  launchFigures(): readonly LaunchFigureType[] {
    return this.reference.figures;
  }

  @ResolveField(() => CampusType, { nullable: true, description: 'The place that the figure is about; null for none.' })
  campus(@Parent() figure: FigureRow): CampusType | null {
    return figure.campusId === null ? null : (this.reference.campuses.get(figure.campusId) ?? null);
  }
}
