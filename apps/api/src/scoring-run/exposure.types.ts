import type { Exposure } from '@meriden/domain';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import { BasisPointsScalar } from '../graphql/scalars.js';

@ObjectType('Exposure', { description: 'How evenly a scoring run shows vacancies; counted over the first ten of every list.' })
export class ExposureType implements Exposure {
  @Field(() => BasisPointsScalar, { description: 'Gini coefficient if fit alone decided the order: 0 = all alike.' })
  giniByFit: number;
  @Field(() => BasisPointsScalar, { description: 'Gini coefficient of what is shown, crowded vacancies moved down.' })
  giniShown: number;
  @Field(() => Int, { description: 'Live vacancies that nobody is shown.' })
  neverShown: number;
  @Field(() => BasisPointsScalar, { description: 'Share of all that is shown which goes to the most shown tenth.' })
  topTenthShare: number;
  @Field(() => Int, { description: 'Learners with three suggestions or more.' })
  learnersWithThree: number;
  @Field(() => Int, { description: 'Learners without any suggestion.' })
  learnersWithNone: number;
}
