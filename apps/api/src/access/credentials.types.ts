import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import { payloadOf } from '../graphql/payload.js';
import { DateTimeScalar, EmailAddressScalar, UuidScalar } from '../graphql/scalars.js';

@ObjectType('Passkey', { description: 'A key that one of the person’s devices holds; only its public half is here.' })
export class PasskeyType {
  @Field(() => UuidScalar, { description: 'Names the passkey, for `removePasskey`; it opens nothing.' })
  passkeyId: string;
  @Field(() => String, { description: 'What the person calls the device.' })
  label: string;
  @Field(() => DateTimeScalar, { description: 'When the person added it.' })
  addedAt: string;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When somebody last signed in with it; null: never.' })
  lastUsedAt: string | null;
}

@ObjectType('FederatedIdentity', { description: 'A link to another service that says who the person is (OpenID Connect).' })
export class FederatedIdentityType {
  @Field(() => UuidScalar, { description: 'Names the link, for `removeFederatedIdentity`; it opens nothing.' })
  federatedIdentityId: string;
  @Field(() => String, { description: 'Address of the service, as its tokens give it.' })
  issuer: string;
  @Field(() => DateTimeScalar, { description: 'When the person linked it.' })
  linkedAt: string;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When somebody last signed in through it; null: never.' })
  lastUsedAt: string | null;
}

@ObjectType('Credentials', { description: 'What the person has to get in with; no secret is ever shown again.' })
export class CredentialsType {
  @Field(() => Boolean, { description: 'Whether an authenticator is set up as second factor.' })
  authenticator: boolean;
  @Field(() => Int, { description: 'How many recovery codes are still unused.' })
  recoveryCodesLeft: number;
  @Field(() => [PasskeyType], { description: 'The person’s passkeys, the oldest first; at most 10.' })
  passkeys: PasskeyType[];
  @Field(() => [FederatedIdentityType], { description: 'Services that the person signs in through, the oldest first; at most 5.' })
  federatedIdentities: FederatedIdentityType[];
}

@ObjectType('StartSecondFactorSuccess', { description: 'A new secret, not yet in force.' })
export class StartSecondFactorSuccess {
  @Field(() => String, { description: 'Base32 secret to type into an authenticator; shown this once.' })
  secret: string;
  @Field(() => String, { description: 'The same secret as an `otpauth://` address, which authenticators open.' })
  uri: string;
  @Field(() => String, { description: 'To be given back to `confirmSecondFactor` within a quarter of an hour.' })
  ticket: string;
}
export const StartSecondFactorPayload = payloadOf('StartSecondFactor', StartSecondFactorSuccess, 'StartSecondFactorSuccess');

@InputType({ description: 'Proof that the new authenticator works.' })
export class ConfirmSecondFactorInput {
  @Field(() => String, { description: 'The ticket that `startSecondFactor` gave.' })
  ticket: string;
  @Field(() => String, { description: 'The six digits that the new authenticator shows now.' })
  code: string;
  @Field(() => String, { description: 'The present password, asked again because rights change.' })
  password: string;
}

@ObjectType('ConfirmSecondFactorSuccess', { description: 'The new authenticator is in force; all other sessions have ended.' })
export class ConfirmSecondFactorSuccess {
  @Field(() => [String], { description: 'Ten recovery codes, each good once, shown this once.' })
  recoveryCodes: readonly string[];
  @Field(() => String, { nullable: true, description: 'The new bearer token of this session; null for a cookie, which is set anew.' })
  token: string | null;
  @Field(() => String, { nullable: true, description: 'The new refresh token of this session; null for a cookie.' })
  refreshToken: string | null;
}
export const ConfirmSecondFactorPayload = payloadOf('ConfirmSecondFactor', ConfirmSecondFactorSuccess, 'ConfirmSecondFactorSuccess');

@InputType({ description: 'What renewing the recovery codes needs.' })
export class RenewRecoveryCodesInput {
  @Field(() => String, { description: 'The present password, asked again because codes open the account.' })
  password: string;
}

@ObjectType('RenewRecoveryCodesSuccess', { description: 'The old codes are worth nothing now.' })
export class RenewRecoveryCodesSuccess {
  @Field(() => [String], { description: 'Ten recovery codes, each good once, shown this once.' })
  recoveryCodes: readonly string[];
}
export const RenewRecoveryCodesPayload = payloadOf('RenewRecoveryCodes', RenewRecoveryCodesSuccess, 'RenewRecoveryCodesSuccess');

@InputType({ description: 'The present password and the next.' })
export class ChangePasswordInput {
  @Field(() => String, { description: 'The present password, as proof of who asks.' })
  password: string;
  @Field(() => String, { description: 'At least 12 characters, and none that guessers try first.' })
  newPassword: string;
}

@ObjectType('ChangePasswordSuccess', { description: 'The new password holds; all other sessions have ended.' })
export class ChangePasswordSuccess {
  @Field(() => String, { nullable: true, description: 'The new bearer token of this session; null for a cookie, which is set anew.' })
  token: string | null;
  @Field(() => String, { nullable: true, description: 'The new refresh token of this session; null for a cookie.' })
  refreshToken: string | null;
}
export const ChangePasswordPayload = payloadOf('ChangePassword', ChangePasswordSuccess, 'ChangePasswordSuccess');

@InputType({ description: 'Whose second factor an operator replaces, and why.' })
export class ResetSecondFactorInput {
  @Field(() => EmailAddressScalar, { description: 'Address that the person signs in with.' })
  email: string;
  @Field(() => String, { description: 'How the operator made sure of the person, in words without names.' })
  reason: string;
}

@ObjectType('ResetSecondFactorSuccess', { description: 'The person’s old authenticator, codes and passkeys are worth nothing now.' })
export class ResetSecondFactorSuccess {
  @Field(() => String, { description: 'Base32 secret to hand over in person; shown this once.' })
  secret: string;
}
export const ResetSecondFactorPayload = payloadOf('ResetSecondFactor', ResetSecondFactorSuccess, 'ResetSecondFactorSuccess');

@InputType({ description: 'Which of the own passkeys is to go.' })
export class RemovePasskeyInput {
  @Field(() => UuidScalar, { description: 'One of the caller’s own passkeys.' })
  passkeyId: string;
}

@ObjectType('RemovePasskeySuccess', { description: 'The passkey opens nothing any more.' })
export class RemovePasskeySuccess {
  @Field(() => UuidScalar, { description: 'The passkey that was removed.' })
  passkeyId: string;
}
export const RemovePasskeyPayload = payloadOf('RemovePasskey', RemovePasskeySuccess, 'RemovePasskeySuccess');

@InputType({ description: 'Which link to another service is to go.' })
export class RemoveFederatedIdentityInput {
  @Field(() => UuidScalar, { description: 'One of the caller’s own links.' })
  federatedIdentityId: string;
}

@ObjectType('RemoveFederatedIdentitySuccess', { description: 'Nobody signs in through this link any more.' })
export class RemoveFederatedIdentitySuccess {
  @Field(() => UuidScalar, { description: 'The link that was removed.' })
  federatedIdentityId: string;
}
export const RemoveFederatedIdentityPayload = payloadOf('RemoveFederatedIdentity', RemoveFederatedIdentitySuccess, 'RemoveFederatedIdentitySuccess');
