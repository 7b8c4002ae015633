import type { Organisation } from '@meriden/domain';
import { OrganisationService } from '@meriden/services';
import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { InOperation } from '../graphql/context.js';
import { OrganisationRoleEnum } from '../graphql/enums.js';
import { list } from '../graphql/listing.js';
import { keyOrNull } from '../graphql/node-id.js';
import type { Operation } from '../graphql/operation.js';
import { PageArgs, type PageOf } from '../graphql/paging.js';
import { answer } from '../graphql/payload.js';
import type { RefusedType } from '../graphql/refusal.types.js';
import {
  CreateOrganisationInput,
  CreateOrganisationPayload,
  OrganisationConnection,
  OrganisationType,
  type CreateOrganisationSuccess,
} from './organisation.types.js';

@Resolver(() => OrganisationType)
export class OrganisationResolver {
  constructor(@Inject(OrganisationService) private readonly verbs: OrganisationService) {}

  @Query(() => OrganisationConnection, { description: 'Colleges, providers, universities, employers and funders, by name.' })
  organisations(
    @InOperation() operation: Operation,
    @Args() page: PageArgs,
    @Args('role', { type: () => OrganisationRoleEnum, nullable: true, description: 'Only organisations that play this role.' })
    role: Organisation['roles'][number] | null,
  ): Promise<PageOf<Organisation>> {
    return list(operation, 'organisation', operation.shelf.organisations, page, { role: role ?? undefined });
  }

  @Query(() => OrganisationType, { nullable: true, description: 'One organisation by its id; null when there is none.' })
  async organisation(
    @InOperation() operation: Operation,
    @Args('id', { type: () => ID, description: 'Node id of the organisation.' }) id: string,
  ): Promise<Organisation | null> {
    const key = keyOrNull('Organisation', id);
    return key === null ? null : operation.loaders.organisation.load(key);
  }

  @Mutation(() => CreateOrganisationPayload, { description: 'An operator takes an organisation into the service.' })
  createOrganisation(
    @InOperation() operation: Operation,
    @Args('input', { type: () => CreateOrganisationInput, description: 'What is known of the organisation.' }) input: CreateOrganisationInput,
  ): Promise<CreateOrganisationSuccess | RefusedType> {
    return answer(async () => {
      const { name, roles, ukprn = null, odsCode = null, fictional, roundCapacity = null } = input.details;
      const creation = { idempotencyKey: input.idempotencyKey, details: { name, roles, ukprn, odsCode, fictional, roundCapacity } };
      return { organisation: await operation.write((actor) => this.verbs.create(actor, creation)) };
    });
  }
}
