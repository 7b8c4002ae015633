import type { AuditEntry } from '@meriden/domain';
import { Field, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../graphql/paging.js';
import { DateTimeScalar } from '../graphql/scalars.js';
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
