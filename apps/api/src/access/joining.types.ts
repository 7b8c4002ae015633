import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { OrganisationRoleEnum, RoleEnum } from '../graphql/enums.js';
import { payloadOf } from '../graphql/payload.js';
import { DateTimeScalar, EmailAddressScalar, UuidScalar } from '../graphql/scalars.js';

@ObjectType('Invitation', { description: 'A place kept for somebody in an organisation until they accept.' })
export class InvitationType {
  @Field(() => UuidScalar, { description: 'Names the invitation, for `withdrawInvitation`; it is not the link.' })
  invitationId: string;
  @Field(() => EmailAddressScalar, { description: 'The address that the link went to.' })
  email: string;
  @Field(() => RoleEnum, { description: 'The role that the person will have.' })
  role: keyof typeof RoleEnum;
  @Field(() => DateTimeScalar, { description: 'Until when the link can be used.' })
  expiresAt: string;
}

@ObjectType('Member', { description: 'Somebody who acts for an organisation; its learners are not among them.' })
export class MemberType {
  @Field(() => UuidScalar, { description: 'Names the membership, for `endMembership`.' })
  membershipId: string;
  @Field(() => String, { description: 'Name of the person as entered with the account.' })
  name: string;
  @Field(() => EmailAddressScalar, { description: 'Address that the person signs in with.' })
  email: string;
  @Field(() => RoleEnum, { description: 'The role in which the person acts.' })
  role: keyof typeof RoleEnum;
}

@ObjectType('Team', { description: 'Who acts for an organisation, and who has been invited.' })
export class TeamType {
  @Field(() => [MemberType], { description: 'The people who act for it now, by name.' })
  members: MemberType[];
  @Field(() => [InvitationType], { description: 'Invitations that can still be accepted, the newest first; at most 200.' })
  invitations: InvitationType[];
}

@ObjectType('InvitationShown', { description: 'What the page behind an invitation’s link says.' })
export class InvitationShownType {
  @Field(() => String, { description: 'The organisation that the person will belong to.' })
  organisationName: string;
  @Field(() => RoleEnum, { description: 'The role that the person will have.' })
  role: keyof typeof RoleEnum;
  @Field(() => EmailAddressScalar, { description: 'The address that the link went to.' })
  email: string;
  @Field(() => Boolean, { description: 'True when the organisation begins with this person, who confirms its name.' })
  foundsOrganisation: boolean;
  @Field(() => Boolean, { description: 'True when the address has an account: then sign in before accepting.' })
  hasAccount: boolean;
  @Field(() => DateTimeScalar, { description: 'Until when the link can be used.' })
  expiresAt: string;
}

@InputType({ description: 'Who is invited, as what, into which organisation.' })
export class InvitePersonInput {
  @Field(() => UuidScalar, { description: 'A new random UUID; repeat it only to resend this very command.' })
  idempotencyKey: string;
  @Field(() => EmailAddressScalar, { description: 'Address that the link is sent to.' })
  email: string;
  @Field(() => RoleEnum, { description: 'The role that the person will have.' })
  role: keyof typeof RoleEnum;
  @Field(() => ID, { nullable: true, description: 'Node id of the organisation; left out: the caller’s own. Others are for operators.' })
  organisationId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Node id of the learner record, for the role LEARNER alone.' })
  learnerId?: string | null;
}

@ObjectType('InvitePersonSuccess', { description: 'The invitation is made, and its mail is on its way.' })
export class InvitePersonSuccess {
  @Field(() => InvitationType, { description: 'The invitation as it stands now.' })
  invitation: InvitationType;
}
export const InvitePersonPayload = payloadOf('InvitePerson', InvitePersonSuccess, 'InvitePersonSuccess');

@InputType({ description: 'What an invited organisation will be.' })
export class FoundingInput {
  @Field(() => String, { description: 'Its name as far as known; whoever accepts confirms or corrects it.' })
  name: string;
  @Field(() => [OrganisationRoleEnum], { description: 'What it does here: one role or several.' })
  roles: (keyof typeof OrganisationRoleEnum)[];
  @Field(() => String, { nullable: true, description: 'UKPRN, for providers: eight digits beginning with 1.' })
  ukprn?: string | null;
  @Field(() => String, { nullable: true, description: 'ODS code, for organisations of the NHS.' })
  odsCode?: string | null;
  @Field(() => Boolean, { description: 'True when it is invented, for a demonstration.' })
  fictional: boolean;
}

@InputType({ description: 'Which organisation is invited, and through whom.' })
export class InviteOrganisationInput {
  @Field(() => UuidScalar, { description: 'A new random UUID; repeat it only to resend this very command.' })
  idempotencyKey: string;
  @Field(() => EmailAddressScalar, { description: 'Address of its first person, which the link is sent to.' })
  email: string;
  @Field(() => RoleEnum, { description: 'The role that its first person will have.' })
  role: keyof typeof RoleEnum;
  @Field(() => FoundingInput, { description: 'What the organisation will be.' })
  founding: FoundingInput;
}

@ObjectType('InviteOrganisationSuccess', { description: 'The invitation is made; the organisation begins when it is accepted.' })
export class InviteOrganisationSuccess {
  @Field(() => InvitationType, { description: 'The invitation as it stands now.' })
  invitation: InvitationType;
}
export const InviteOrganisationPayload = payloadOf('InviteOrganisation', InviteOrganisationSuccess, 'InviteOrganisationSuccess');

@InputType({ description: 'Which invitation is taken back.' })
export class WithdrawInvitationInput {
  @Field(() => UuidScalar, { description: 'An open invitation of the own organisation.' })
  invitationId: string;
}

@ObjectType('WithdrawInvitationSuccess', { description: 'The link is worth nothing any more.' })
export class WithdrawInvitationSuccess {
  @Field(() => UuidScalar, { description: 'The invitation that was taken back.' })
  invitationId: string;
}
export const WithdrawInvitationPayload = payloadOf('WithdrawInvitation', WithdrawInvitationSuccess, 'WithdrawInvitationSuccess');

@InputType({ description: 'What an invited person gives to accept.' })
export class AcceptInvitationInput {
  @Field(() => String, { description: 'The last part of the link in the mail.' })
  token: string;
  @Field(() => String, { nullable: true, description: 'The person’s name; needed where the address has no account yet.' })
  name?: string | null;
  @Field(() => String, { nullable: true, description: 'A first password, at least 12 characters; needed where the address has no account yet.' })
  password?: string | null;
  @Field(() => String, { nullable: true, description: 'The organisation’s name, confirmed or corrected, where it begins with this person.' })
  organisationName?: string | null;
}

@ObjectType('AcceptInvitationSuccess', { description: 'The person belongs to the organisation and can sign in.' })
export class AcceptInvitationSuccess {
  @Field(() => EmailAddressScalar, { description: 'The address to sign in with.' })
  email: string;
  @Field(() => RoleEnum, { description: 'The role that the person has now.' })
  role: keyof typeof RoleEnum;
  @Field(() => String, { nullable: true, description: 'For staff who had none: Base32 secret of the second factor, shown this once.' })
  totpSecret: string | null;
  @Field(() => [String], { description: 'For staff who had no second factor: ten recovery codes, each good once, shown this once.' })
  recoveryCodes: readonly string[];
}
export const AcceptInvitationPayload = payloadOf('AcceptInvitation', AcceptInvitationSuccess, 'AcceptInvitationSuccess');

@InputType({ description: 'Which membership is to end.' })
export class EndMembershipInput {
  @Field(() => UuidScalar, { description: 'A membership in the own organisation; any, for operators.' })
  membershipId: string;
}

@ObjectType('EndMembershipSuccess', { description: 'The membership has ended, and with it every session of it.' })
export class EndMembershipSuccess {
  @Field(() => UuidScalar, { description: 'The membership that ended.' })
  membershipId: string;
}
export const EndMembershipPayload = payloadOf('EndMembership', EndMembershipSuccess, 'EndMembershipSuccess');

@InputType({ description: 'Whose account an operator shuts or opens again.' })
export class ShutAccountInput {
  @Field(() => EmailAddressScalar, { description: 'Address that the person signs in with.' })
  email: string;
  @Field(() => Boolean, { description: 'True shuts the account, false opens it again.' })
  shut: boolean;
}

@ObjectType('ShutAccountSuccess', { description: 'The account is shut, or open again.' })
export class ShutAccountSuccess {
  @Field(() => Boolean, { description: 'True when the account opens nothing now.' })
  shut: boolean;
}
export const ShutAccountPayload = payloadOf('ShutAccount', ShutAccountSuccess, 'ShutAccountSuccess');

@InputType({ description: 'Whose password was forgotten.' })
export class RequestPasswordResetInput {
  @Field(() => EmailAddressScalar, { description: 'Address that the person signs in with.' })
  email: string;
}

@ObjectType('RequestPasswordResetSuccess', { description: 'If the address has an account, a link is on its way; nobody is told whether it has.' })
export class RequestPasswordResetSuccess {
  @Field(() => Boolean, { description: 'Always true, whether the address is known or not.' })
  requested: boolean;
}
export const RequestPasswordResetPayload = payloadOf('RequestPasswordReset', RequestPasswordResetSuccess, 'RequestPasswordResetSuccess');

@InputType({ description: 'The link of a mail and a new password.' })
export class CompletePasswordResetInput {
  @Field(() => String, { description: 'The last part of the link in the mail.' })
  token: string;
  @Field(() => String, { description: 'At least 12 characters, and none that guessers try first.' })
  password: string;
}

@ObjectType('CompletePasswordResetSuccess', { description: 'The new password holds, and every session of before has ended.' })
export class CompletePasswordResetSuccess {
  @Field(() => Boolean, { description: 'Always true: the new password holds.' })
  done: boolean;
}
export const CompletePasswordResetPayload = payloadOf('CompletePasswordReset', CompletePasswordResetSuccess, 'CompletePasswordResetSuccess');
