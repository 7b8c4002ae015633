import { forbidden, whoMay } from '@meriden/domain';
import type { RegionRow } from '@meriden/persistence/reads';
import { Inject } from '@nestjs/common';
import { Query, Resolver } from '@nestjs/graphql';
import { InOperation } from '../graphql/context.js';
import { nodeId } from '../graphql/node-id.js';
import type { Operation } from '../graphql/operation.js';
import { ReferenceShelf } from '../reference/reference-shelf.js';
import { RegionFiguresType, type RegionRowType } from './region.types.js';

@Resolver(() => RegionFiguresType)
export class RegionResolver {
  constructor(@Inject(ReferenceShelf) private readonly reference: ReferenceShelf) {}

  @Query(() => RegionFiguresType, { complexity: 50, description: 'The region in aggregates, for funders, overseers and operators.' })
  async region(@InOperation() operation: Operation): Promise<RegionFiguresType> {
    const { shelf } = operation;
    if (!shelf.policy.may(operation.actor, 'see regional aggregates')) {
      throw forbidden('see regional aggregates', whoMay('see regional aggregates'));
    }
    const { reference } = this;
    const clustered = [...reference.skills.values()].flatMap(({ key, cluster }) => (cluster === null ? [] : [{ key, cluster }]));
    const found = await operation.read((tx) => shelf.region.summary(tx, reference.residentOutcodes, clustered));
    const providers = await operation.loaders.organisation.loadMany(found.byProvider.map((row) => row.key));
    const groups = new Map([...reference.skills.values()].filter(({ kind }) => kind === 'GROUP').map(({ cluster, label }) => [cluster, label]));
    const campus = (key: string) => reference.campuses.get(key)?.shortName;
    return {
      learners: found.learners,
      placements: found.placements,
      byStage: found.byStage.map((row) => shown(row)),
      byProgramme: found.byQualification.map((row) => shown(row, reference.qualifications.get(row.key)?.shortTitle)),
      byProvider: found.byProvider.map((row, index) => {
        const provider = providers[index];
        const name = provider === null || provider instanceof Error ? undefined : provider?.name;
        return { ...shown(row, name), key: nodeId('Organisation', row.key) };
      }),
      byFundingSource: found.byFundingSource.map((row) => shown(row, reference.fundingSources.get(row.key)?.shortName)),
      placementsByCampus: found.placementsByCampus.map((row) => shown(row, campus(row.key))),
      placementsByHome: found.placementsByHome.map((row) => shown(row)),
      bySkillGroup: found.bySkillGroup.map((row) => shown(row, groups.get(row.key))),
      openingsByCampus: found.openingsByCampus.map(({ campusId, vacancies, openings }) => ({
        key: campusId,
        label: campus(campusId) ?? campusId,
        vacancies,
        openings,
      })),
    };
  }
}

function shown(row: RegionRow, label?: string): RegionRowType {
  return { ...row, label: label ?? row.key };
}
