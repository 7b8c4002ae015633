import type { Invitation } from '@meriden/domain';
import { InvitationService, MemberService, PasswordResetService } from '@meriden/services';
import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { InOperation } from '../graphql/context.js';
import { keyOf } from '../graphql/node-id.js';
import type { Operation } from '../graphql/operation.js';
import { answer } from '../graphql/payload.js';
import type { RefusedType } from '../graphql/refusal.types.js';
import {
  AcceptInvitationInput,
  AcceptInvitationPayload,
  CompletePasswordResetInput,
  CompletePasswordResetPayload,
  EndMembershipInput,
  EndMembershipPayload,
  InvitationShownType,
  InviteOrganisationInput,
  InviteOrganisationPayload,
  InvitePersonInput,
  InvitePersonPayload,
  RequestPasswordResetInput,
  RequestPasswordResetPayload,
  ShutAccountInput,
  ShutAccountPayload,
  TeamType,
  WithdrawInvitationInput,
  WithdrawInvitationPayload,
  type AcceptInvitationSuccess,
  type CompletePasswordResetSuccess,
  type EndMembershipSuccess,
  type InvitationType,
  type InviteOrganisationSuccess,
  type InvitePersonSuccess,
  type RequestPasswordResetSuccess,
  type ShutAccountSuccess,
  type WithdrawInvitationSuccess,
} from './joining.types.js';

/** How people and organisations join and leave, and how a forgotten password is replaced. */
@Resolver()
export class JoiningResolver {
  constructor(
    @Inject(InvitationService) private readonly invitations: InvitationService,
    @Inject(MemberService) private readonly members: MemberService,
    @Inject(PasswordResetService) private readonly resets: PasswordResetService,
  ) {}

  @Query(() => InvitationShownType, { complexity: 50, description: 'What an invitation’s link stands for; needs no sign-in.' })
  invitation(
    @InOperation() operation: Operation,
    @Args('token', { type: () => String, description: 'The last part of the link in the mail.' }) token: string,
  ): Promise<InvitationShownType> {
    return this.invitations.look(token, operation.address);
  }

  @Query(() => TeamType, { complexity: 50, description: 'Who acts for the own organisation; any organisation, for operators.' })
  async team(
    @InOperation() operation: Operation,
    @Args('organisationId', { type: () => ID, nullable: true, description: 'Node id of the organisation; left out: the caller’s own.' }) organisationId: string | null,
  ): Promise<TeamType> {
    const wanted = organisationId == null ? null : keyOf('Organisation', organisationId, ['organisationId']);
    const { members, invitations } = await operation.read((tx, actor) => this.members.team(tx, actor, wanted));
    return { members: [...members], invitations: invitations.map(shown) };
  }

  @Mutation(() => InvitePersonPayload, { description: 'Invites somebody into an organisation by mail.' })
  invitePerson(@InOperation() operation: Operation, @Args('input', { type: () => InvitePersonInput, description: 'Who, as what, into which organisation.' }) input: InvitePersonInput): Promise<InvitePersonSuccess | RefusedType> {
    return answer(async () => {
      const { idempotencyKey, email, role } = input;
      const organisationId = input.organisationId == null ? null : keyOf('Organisation', input.organisationId, ['input', 'organisationId']);
      const learnerId = input.learnerId == null ? null : keyOf('Learner', input.learnerId, ['input', 'learnerId']);
      return { invitation: shown(await operation.write((actor) => this.invitations.invite(actor, { idempotencyKey, email, role, organisationId, learnerId }))) };
    });
  }

  @Mutation(() => InviteOrganisationPayload, { description: 'An operator invites a whole organisation, which begins when its first person accepts.' })
  inviteOrganisation(
    @InOperation() operation: Operation,
    @Args('input', { type: () => InviteOrganisationInput, description: 'Which organisation, through whom.' }) input: InviteOrganisationInput,
  ): Promise<InviteOrganisationSuccess | RefusedType> {
    return answer(async () => {
      const { name, roles, ukprn, odsCode, fictional } = input.founding;
      const founding = { name, roles, ukprn: ukprn ?? null, odsCode: odsCode ?? null, fictional };
      return { invitation: shown(await operation.write((actor) => this.invitations.inviteOrganisation(actor, { ...input, founding }))) };
    });
  }

  @Mutation(() => WithdrawInvitationPayload, { description: 'Takes an open invitation of the own organisation back.' })
  withdrawInvitation(
    @InOperation() operation: Operation,
    @Args('input', { type: () => WithdrawInvitationInput, description: 'Which invitation is taken back.' }) { invitationId }: WithdrawInvitationInput,
  ): Promise<WithdrawInvitationSuccess | RefusedType> {
    return answer(async () => {
      await operation.write((actor) => this.invitations.withdraw(actor, invitationId));
      return { invitationId };
    });
  }

  @Mutation(() => AcceptInvitationPayload, { complexity: 100, description: 'Accepts an invitation, once; needs no sign-in where the address has no account.' })
  acceptInvitation(
    @InOperation() operation: Operation,
    @Args('input', { type: () => AcceptInvitationInput, description: 'The link, and what a new account needs.' }) input: AcceptInvitationInput,
  ): Promise<AcceptInvitationSuccess | RefusedType> {
    return answer(async () => {
      const { token, name, password, organisationName } = input;
      const wish = { token, name: name ?? '', password: password ?? '', organisationName: organisationName ?? null, address: operation.address };
      return this.invitations.accept(operation.caller?.actor ?? null, wish);
    });
  }

  @Mutation(() => EndMembershipPayload, { description: 'Ends somebody’s membership in the own organisation, but never the last one’s.' })
  endMembership(
    @InOperation() operation: Operation,
    @Args('input', { type: () => EndMembershipInput, description: 'Which membership is to end.' }) { membershipId }: EndMembershipInput,
  ): Promise<EndMembershipSuccess | RefusedType> {
    return answer(async () => {
      await operation.write((actor) => this.members.end(actor, membershipId));
      return { membershipId };
    });
  }

  @Mutation(() => ShutAccountPayload, { description: 'An operator shuts an account at once, or opens it again.' })
  shutAccount(@InOperation() operation: Operation, @Args('input', { type: () => ShutAccountInput, description: 'Whose account, and which way.' }) input: ShutAccountInput): Promise<ShutAccountSuccess | RefusedType> {
    return answer(async () => {
      await operation.write((actor) => this.members.shutAccount(actor, input));
      return { shut: input.shut };
    });
  }

  @Mutation(() => RequestPasswordResetPayload, { complexity: 50, description: 'Sends a link for a new password, if the address has an account.' })
  requestPasswordReset(
    @InOperation() operation: Operation,
    @Args('input', { type: () => RequestPasswordResetInput, description: 'Whose password was forgotten.' }) { email }: RequestPasswordResetInput,
  ): Promise<RequestPasswordResetSuccess | RefusedType> {
    return answer(async () => {
      await this.resets.request({ email, address: operation.address });
      return { requested: true };
    });
  }

  @Mutation(() => CompletePasswordResetPayload, { complexity: 100, description: 'Sets a new password through the link of a mail; all sessions end.' })
  completePasswordReset(
    @InOperation() operation: Operation,
    @Args('input', { type: () => CompletePasswordResetInput, description: 'The link and the new password.' }) { token, password }: CompletePasswordResetInput,
  ): Promise<CompletePasswordResetSuccess | RefusedType> {
    return answer(async () => {
      await this.resets.complete({ token, password, address: operation.address });
      return { done: true };
    });
  }
}

const shown = ({ id, email, role, expiresAt }: Invitation): InvitationType => ({ invitationId: id, email, role, expiresAt });
