import type { AuditEntry } from '@meriden/domain';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../graphql/paging.js';
import { DateTimeScalar, LocalDateScalar } from '../graphql/scalars.js';
import { NodeIdField, NodeType } from '../node/node.types.js';

@ObjectType('AuditDetail', { description: 'One fact beside an audit entry: an id, a version or a code, never a name.' })
export class AuditDetailType {
  @Field(() => String, { description: 'What the fact is called, for example `version`.' })
  name: string;
  @Field(() => String, { description: 'What the fact is, written as text.' })
  value: string;
}

@ObjectType('AuditEntry', {
  implements: () => [NodeType],
  description: 'Who did what to what, and when; written with the change itself and never altered.',
})
export class AuditEntryType implements Pick<AuditEntry, 'id' | 'at' | 'verb' | 'noun'> {
  @NodeIdField('AuditEntry', 'audit entry')
  id: string;
  @Field(() => DateTimeScalar, { description: 'When it was done, in the same transaction.' })
  at: string;
  @Field(() => String, { description: 'What was done, for example `published`.' })
  verb: string;
  @Field(() => String, { description: 'What kind of thing it was done to, for example `round`.' })
  noun: string;
  @Field(() => Boolean, { description: 'Whether a job of the system did it and no person.' })
  bySystem: boolean;
  @Field(() => [AuditDetailType], { description: 'Ids, versions and codes of the change.' })
  detail: readonly AuditDetailType[];
}

@ObjectType('AuditEntryConnection', { description: 'A page of audit entries, with what is needed to ask for the next.' })
export class AuditEntryConnection extends connectionOf(AuditEntryType, 'AuditEntry', 'audit entries') {}

@ObjectType('AuditChainState', { description: 'How far the chain behind the history reaches, for operators.' })
export class AuditChainStateType {
  @Field(() => Int, { description: 'Chains: one a tenant, and some of the system’s own.' })
  chains: number;
  @Field(() => Int, { description: 'Entries that stand in a chain.' })
  entries: number;
  @Field(() => LocalDateScalar, { nullable: true, description: 'The last day whose ends were signed; null before the first.' })
  signedOn: string | null;
  @Field(() => Int, { description: 'Entries written since they were last signed.' })
  unsigned: number;
}
