import type { AuditEntry, Organisation } from '@meriden/domain';
import { AuditService } from '@meriden/services';
import { Inject } from '@nestjs/common';
import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { InOperation } from '../graphql/context.js';
import { list } from '../graphql/listing.js';
import type { Operation } from '../graphql/operation.js';
import { PageArgs, type PageOf } from '../graphql/paging.js';
import { OrganisationType } from '../organisation/organisation.types.js';
import { AuditChainStateType, AuditDetailType, AuditEntryConnection, AuditEntryType } from './audit.types.js';

@Resolver(() => AuditEntryType)
export class AuditResolver {
  constructor(@Inject(AuditService) private readonly audit: AuditService) {}

  @Query(() => AuditChainStateType, { nullable: true, description: 'How far the chain behind the history reaches; null for all but operators.' })
  auditChain(@InOperation() operation: Operation): Promise<AuditChainStateType | null> {
    return operation.read((tx, actor) => this.audit.state(tx, actor));
  }

  @Query(() => AuditEntryConnection, { description: 'Who did what: an organisation’s own entries, all of them for operators; newest first.' })
  auditEntries(
    @InOperation() operation: Operation,
    @Args() page: PageArgs,
    @Args('verb', { type: () => String, nullable: true, description: 'Only entries of this verb, for example `published`.' }) verb: string | null,
    @Args('noun', { type: () => String, nullable: true, description: 'Only entries about this kind of thing, for example `round`.' })
    noun: string | null,
  ): Promise<PageOf<AuditEntry>> {
    return list(operation, 'auditEntry', operation.shelf.auditEntries, page, { verb: verb ?? undefined, noun: noun ?? undefined });
  }

  @ResolveField(() => OrganisationType, { nullable: true, description: 'For which organisation it was done; null for jobs of the system.' })
  async organisation(@InOperation() operation: Operation, @Parent() entry: AuditEntry): Promise<Organisation | null> {
    return entry.organisationId === null ? null : operation.loaders.organisation.load(entry.organisationId);
  }

  @ResolveField(() => Boolean, { name: 'bySystem' })
  bySystem(@Parent() entry: AuditEntry): boolean {
    return entry.personId === null;
  }

  @ResolveField(() => [AuditDetailType], { name: 'detail' })
  detail(@Parent() entry: AuditEntry): AuditDetailType[] {
    return Object.entries(entry.detail).map(([name, value]) => ({ name, value: String(value) }));
  }
}
