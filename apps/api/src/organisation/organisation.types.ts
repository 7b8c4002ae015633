import type { Organisation } from '@meriden/domain';
import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import { OrganisationRoleEnum } from '../graphql/enums.js';
import { connectionOf } from '../graphql/paging.js';
import { payloadOf } from '../graphql/payload.js';
import { UuidScalar } from '../graphql/scalars.js';
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

@InputType({ description: 'What is known of an organisation.' })
export class OrganisationDetailsInput {
  @Field(() => String, { description: 'Name as published, 2 to 200 characters; a fictional one says so.' })
  name: string;
  @Field(() => [OrganisationRoleEnum], { description: 'The roles it plays in this service; at least one.' })
  roles: (keyof typeof OrganisationRoleEnum)[];
  @Field(() => String, { nullable: true, description: 'UK provider reference number, 8 digits; compulsory for providers.' })
  ukprn?: string | null;
  @Field(() => String, { nullable: true, description: 'NHS organisation code, for example RRK; null elsewhere.' })
  odsCode?: string | null;
  @Field(() => Boolean, { description: 'Whether it is invented for a demonstration.' })
  fictional: boolean;
  @Field(() => Int, { nullable: true, description: 'Most learners it takes in one round; null means the sum of its openings.' })
  roundCapacity?: number | null;
}

@InputType({ description: 'A new organisation of the service.' })
export class CreateOrganisationInput {
  @Field(() => UuidScalar, { description: 'A new random UUID; the same one again gives the same answer.' })
  idempotencyKey: string;
  @Field(() => OrganisationDetailsInput, { description: 'What is known of the organisation.' })
  details: OrganisationDetailsInput;
}

@ObjectType('CreateOrganisationSuccess', { description: 'The organisation was taken into the service.' })
export class CreateOrganisationSuccess {
  @Field(() => OrganisationType, { description: 'The organisation as stored, at version 1.' })
  organisation: Organisation;
}
export const CreateOrganisationPayload = payloadOf('CreateOrganisation', CreateOrganisationSuccess, 'CreateOrganisationSuccess');
