import type { Placement } from '@meriden/domain';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import { PlacementStateEnum } from '../graphql/enums.js';
import { connectionOf } from '../graphql/paging.js';
import { LocalDateScalar } from '../graphql/scalars.js';
import { NodeIdField, NodeType } from '../node/node.types.js';

@ObjectType('Placement', {
  implements: () => [NodeType],
  description: 'An accepted proposal: a learner at an employer from one day to another.',
})
export class PlacementType implements Pick<Placement, 'id' | 'startsOn' | 'endsOn' | 'state' | 'version'> {
  @NodeIdField('Placement', 'placement')
  id: string;
  @Field(() => LocalDateScalar, { description: 'First day of the placement.' })
  startsOn: string;
  @Field(() => LocalDateScalar, { description: 'Last day of the placement.' })
  endsOn: string;
  @Field(() => PlacementStateEnum, { description: 'Where the placement stands.' })
  state: keyof typeof PlacementStateEnum;
  @Field(() => Int, { description: 'Grows by one with each change; give it back with the next.' })
  version: number;
}

@ObjectType('PlacementConnection', { description: 'A page of placements, with what is needed to ask for the next.' })
export class PlacementConnection extends connectionOf(PlacementType, 'Placement', 'placements') {}
