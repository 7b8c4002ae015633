import { OidcService, PasskeyService, SecondFactorService, type SignedIn } from '@meriden/services';
import { Inject } from '@nestjs/common';
import { Args, Mutation, ResolveField, Resolver } from '@nestjs/graphql';
import { InOperation } from '../graphql/context.js';
import type { Operation } from '../graphql/operation.js';
import { answer } from '../graphql/payload.js';
import type { RefusedType } from '../graphql/refusal.types.js';
import { ViewerType } from './access.types.js';
import {
  ChangePasswordInput,
  ChangePasswordPayload,
  ConfirmSecondFactorInput,
  ConfirmSecondFactorPayload,
  CredentialsType,
  RemoveFederatedIdentityInput,
  RemoveFederatedIdentityPayload,
  RemovePasskeyInput,
  RemovePasskeyPayload,
  RenewRecoveryCodesInput,
  RenewRecoveryCodesPayload,
  ResetSecondFactorInput,
  ResetSecondFactorPayload,
  StartSecondFactorPayload,
  type ChangePasswordSuccess,
  type ConfirmSecondFactorSuccess,
  type RemoveFederatedIdentitySuccess,
  type RemovePasskeySuccess,
  type RenewRecoveryCodesSuccess,
  type ResetSecondFactorSuccess,
  type StartSecondFactorSuccess,
} from './credentials.types.js';

/** What people change about how they get in. Passkeys and links to other services are added through plain HTTP, because browsers are sent to and fro. */
@Resolver(() => ViewerType)
export class CredentialsResolver {
  constructor(
    @Inject(SecondFactorService) private readonly secondFactor: SecondFactorService,
    @Inject(PasskeyService) private readonly passkeys: PasskeyService,
    @Inject(OidcService) private readonly oidc: OidcService,
  ) {}

  @ResolveField(() => CredentialsType, { complexity: 10, description: 'What the person has to get in with.' })
  async credentials(@InOperation() operation: Operation): Promise<CredentialsType> {
    const { totp, recoveryCodesLeft } = await operation.read((tx, actor) => this.secondFactor.standing(tx, actor));
    const keys = await operation.read((tx, actor) => this.passkeys.list(tx, actor));
    const links = await operation.read((tx, actor) => this.oidc.list(tx, actor));
    const federatedIdentities = links.map(({ id, issuer, createdAt, lastUsedAt }) => ({ federatedIdentityId: id, issuer, linkedAt: createdAt, lastUsedAt }));
    return { authenticator: totp, recoveryCodesLeft, federatedIdentities, passkeys: keys.map(({ id, label, createdAt, lastUsedAt }) => ({ passkeyId: id, label, addedAt: createdAt, lastUsedAt })) };
  }

  @Mutation(() => StartSecondFactorPayload, { description: 'Gives a new authenticator secret, in force once `confirmSecondFactor` has seen a code.' })
  startSecondFactor(@InOperation() operation: Operation): Promise<StartSecondFactorSuccess | RefusedType> {
    return answer(() => operation.write((actor) => this.secondFactor.begin(actor)));
  }

  @Mutation(() => ConfirmSecondFactorPayload, { complexity: 100, description: 'Puts a new authenticator in force and gives recovery codes; other sessions end.' })
  confirmSecondFactor(
    @InOperation() operation: Operation,
    @Args('input', { type: () => ConfirmSecondFactorInput, description: 'Ticket, first code and present password.' }) input: ConfirmSecondFactorInput,
  ): Promise<ConfirmSecondFactorSuccess | RefusedType> {
    return answer(async () => {
      const { recoveryCodes, signedIn } = await operation.write((actor) => this.secondFactor.confirm(actor, { ...input, address: operation.address, device: operation.device }));
      return { recoveryCodes, ...tokensFor(operation, signedIn) };
    });
  }

  @Mutation(() => RenewRecoveryCodesPayload, { complexity: 100, description: 'Gives ten new recovery codes in the place of all old ones.' })
  renewRecoveryCodes(
    @InOperation() operation: Operation,
    @Args('input', { type: () => RenewRecoveryCodesInput, description: 'The present password of the caller.' }) input: RenewRecoveryCodesInput,
  ): Promise<RenewRecoveryCodesSuccess | RefusedType> {
    return answer(async () => ({ recoveryCodes: await operation.write((actor) => this.secondFactor.renewRecoveryCodes(actor, { ...input, address: operation.address, device: operation.device })) }));
  }

  @Mutation(() => ChangePasswordPayload, { complexity: 100, description: 'Sets another password for the caller; other sessions end.' })
  changePassword(
    @InOperation() operation: Operation,
    @Args('input', { type: () => ChangePasswordInput, description: 'The present and the new password.' }) input: ChangePasswordInput,
  ): Promise<ChangePasswordSuccess | RefusedType> {
    return answer(async () => tokensFor(operation, await operation.write((actor) => this.secondFactor.changePassword(actor, { ...input, address: operation.address, device: operation.device }))));
  }

  @Mutation(() => ResetSecondFactorPayload, { description: 'An operator replaces the second factor of somebody who lost it.' })
  resetSecondFactor(
    @InOperation() operation: Operation,
    @Args('input', { type: () => ResetSecondFactorInput, description: 'Whose, and how the operator made sure.' }) input: ResetSecondFactorInput,
  ): Promise<ResetSecondFactorSuccess | RefusedType> {
    return answer(async () => ({ secret: await operation.write((actor) => this.secondFactor.resetFor(actor, input)) }));
  }

  @Mutation(() => RemovePasskeyPayload, { description: 'Forgets one of the caller’s own passkeys.' })
  removePasskey(
    @InOperation() operation: Operation,
    @Args('input', { type: () => RemovePasskeyInput, description: 'Which passkey is to be forgotten.' }) input: RemovePasskeyInput,
  ): Promise<RemovePasskeySuccess | RefusedType> {
    return answer(async () => {
      await operation.write((actor) => this.passkeys.remove(actor, input.passkeyId));
      return { passkeyId: input.passkeyId };
    });
  }

  @Mutation(() => RemoveFederatedIdentityPayload, { description: 'Unlinks one of the caller’s own accounts elsewhere.' })
  removeFederatedIdentity(
    @InOperation() operation: Operation,
    @Args('input', { type: () => RemoveFederatedIdentityInput, description: 'Which link is to be removed.' }) input: RemoveFederatedIdentityInput,
  ): Promise<RemoveFederatedIdentitySuccess | RefusedType> {
    return answer(async () => {
      await operation.write((actor) => this.oidc.unlink(actor, input.federatedIdentityId));
      return { federatedIdentityId: input.federatedIdentityId };
    });
  }
}

/** A cookie session goes on in a new cookie; a program reads its new tokens from the answer. */
function tokensFor(operation: Operation, { token, refreshToken, expiresAt }: SignedIn): { token: string | null; refreshToken: string | null } {
  if (operation.caller?.via === 'BEARER') return { token, refreshToken };
  operation.cookies?.keep(token, expiresAt);
  return { token: null, refreshToken: null };
}
