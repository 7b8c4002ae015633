import type { Organisation } from '@meriden/domain';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import { OrganisationRoleEnum } from '../graphql/enums.js';
import { connectionOf } from '../graphql/paging.js';
import { NodeIdField, NodeType } from '../node/node.types.js';

@ObjectType('Organisation', {
  implements: () => [NodeType],
  description: 'A college, training provider, university, employer, funder or operator; one can play several roles.',
})
export class OrganisationType implements Pick<Organisation, 'id' | 'name' | 'roles' | 'ukprn' | 'odsCode' | 'fictional' | 'roundCapacity' | 'version'> {
  @NodeIdField('Organisation', 'organisation')
  id: string;
  @Field(() => String, { description: 'Name as published; a fictional one says so in its name.' })
  name: string;
  @Field(() => [OrganisationRoleEnum], { description: 'The roles it plays in this service.' })
  roles: readonly (keyof typeof OrganisationRoleEnum)[];
  @Field(() => String, { nullable: true, description: 'UK provider reference number, 8 digits; null for non-providers.' })
  ukprn: string | null;
  @Field(() => String, { nullable: true, description: 'NHS organisation code, for example RRK; null elsewhere.' })
  odsCode: string | null;
  @Field(() => Boolean, { description: 'Whether it was invented for the demonstration region.' })
  fictional: boolean;
  @Field(() => Int, {
    nullable: true,
    description: 'Most learners it takes in one round over all its vacancies; null means the sum of its openings.',
  })
  roundCapacity: number | null;
  @Field(() => Int, { description: 'Grows by one with each change; give it back with the next.' })
  version: number;
}

@ObjectType('OrganisationConnection', { description: 'A page of organisations, with what is needed to ask for the next.' })
export class OrganisationConnection extends connectionOf(OrganisationType, 'Organisation', 'organisations') {}
