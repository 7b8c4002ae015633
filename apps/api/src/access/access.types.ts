import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { RoleEnum, SessionKindEnum } from '../graphql/enums.js';
import { payloadOf } from '../graphql/payload.js';
import { DateTimeScalar, EmailAddressScalar } from '../graphql/scalars.js';
import { NodeIdField, NodeType } from '../node/node.types.js';
import { CapabilityEnum, type Capability } from './capabilities.js';

@ObjectType('Person', { implements: () => [NodeType], description: 'The person behind the session; other people’s accounts are not shown.' })
export class PersonType {
  @NodeIdField('Person', 'person')
  id: string;
  @Field(() => String, { description: 'Name of the person as entered with the account.' })
  name: string;
  @Field(() => EmailAddressScalar, { description: 'Address that the person signs in with.' })
  email: string;
}

@ObjectType('Viewer', { description: 'Who is asking: a person in one role in one organisation.' })
export class ViewerType {
  @Field(() => PersonType, { description: 'The person who is signed in.' })
  person: PersonType;
  @Field(() => RoleEnum, { description: 'The role in which the person acts now.' })
  role: keyof typeof RoleEnum;
  @Field(() => [CapabilityEnum], { description: 'What the role may do; screens show these and no others.' })
  capabilities: readonly Capability[];
  @Field(() => DateTimeScalar, { description: 'When this session ends unless it is renewed.' })
  sessionExpiresAt: string;
}

@InputType({ description: 'What is needed to sign in.' })
export class SignInInput {
  @Field(() => EmailAddressScalar, { description: 'Address that the person signs in with.' })
  email: string;
  @Field(() => String, { description: 'The password, at most 1,024 characters.' })
  password: string;
  @Field(() => String, { nullable: true, description: 'Six digits of the second factor, or a recovery code; compulsory for staff roles.' })
  code?: string | null;
  @Field(() => ID, { nullable: true, description: 'Node id of the organisation to act in, where a person belongs to several.' })
  organisationId?: string | null;
  @Field(() => SessionKindEnum, { description: 'COOKIE for a browser, BEARER for a program.' })
  kind: keyof typeof SessionKindEnum;
}

@ObjectType('SignInSuccess', { description: 'A session was opened.' })
export class SignInSuccess {
  @Field(() => String, { nullable: true, description: 'The bearer token; null for a cookie session, whose token scripts never see.' })
  token: string | null;
  @Field(() => String, { nullable: true, description: 'For a bearer session: worth one `refreshSession` within 30 days. Null for a cookie.' })
  refreshToken: string | null;
  @Field(() => DateTimeScalar, { description: 'When the token ends unless it is renewed.' })
  expiresAt: string;
  @Field(() => PersonType, { description: 'The person who has signed in.' })
  person: PersonType;
  @Field(() => RoleEnum, { description: 'The role in which the person acts.' })
  role: keyof typeof RoleEnum;
}
export const SignInPayload = payloadOf('SignIn', SignInSuccess, 'SignInSuccess');

@ObjectType('SignOutSuccess', { description: 'The session has ended; its token is worth nothing now.' })
export class SignOutSuccess {
  @Field(() => Boolean, { description: 'Always true: the session has ended.' })
  signedOut: boolean;
}
export const SignOutPayload = payloadOf('SignOut', SignOutSuccess, 'SignOutSuccess');

@ObjectType('ServiceInfo', { description: 'What is running here; readable without signing in.' })
export class ServiceInfoType {
  @Field(() => String, { description: 'Name of the service, always Meriden.' })
  name: string;
  @Field(() => Boolean, { description: 'True when every person, employer and vacancy here is invented.' })
  demonstration: boolean;
  @Field(() => String, { description: 'What to show on every page; `demonstration data` where that is so.' })
  notice: string;
  @Field(() => String, { description: 'Edition of the reference data in use.' })
  referenceEdition: string;
}

@InputType({ description: 'A new account with one membership.' })
export class CreateAccountInput {
  @Field(() => EmailAddressScalar, { description: 'Address that the person will sign in with.' })
  email: string;
  @Field(() => String, { description: 'Name of the person, at most 200 characters.' })
  name: string;
  @Field(() => String, { nullable: true, description: 'First password; null for an account that cannot sign in yet.' })
  password?: string | null;
  @Field(() => RoleEnum, { description: 'The role in which the person acts.' })
  role: keyof typeof RoleEnum;
  @Field(() => ID, { description: 'Node id of the organisation to act in.' })
  organisationId: string;
  @Field(() => ID, { nullable: true, description: 'Node id of the learner record, for the role LEARNER alone.' })
  learnerId?: string | null;
}

@ObjectType('CreateAccountSuccess', { description: 'The account was made.' })
export class CreateAccountSuccess {
  @Field(() => PersonType, { description: 'The person whose account it is.' })
  person: PersonType;
  @Field(() => String, { nullable: true, description: 'Base32 secret of the second factor, shown this once; null for learners.' })
  totpSecret: string | null;
}
export const CreateAccountPayload = payloadOf('CreateAccount', CreateAccountSuccess, 'CreateAccountSuccess');
