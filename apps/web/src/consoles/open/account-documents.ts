import { REFUSALS } from '../../gql/refusals.js';
import { graphql } from '../../gql/graphql.js';

export const INVITATION = graphql(`
  query Invitation($token: String!) {
    invitation(token: $token) {
      organisationName
      role
      email
      foundsOrganisation
      hasAccount
      expiresAt
    }
  }
`);

export const ACCEPT = graphql(
  `
    mutation AcceptInvitation($input: AcceptInvitationInput!) {
      acceptInvitation(input: $input) {
        __typename
        ... on AcceptInvitationSuccess {
          email
          role
          totpSecret
          recoveryCodes
        }
        ...Refusals
      }
    }
  `,
  [REFUSALS],
);

export const FORGOT = graphql(
  `
    mutation RequestPasswordReset($input: RequestPasswordResetInput!) {
      requestPasswordReset(input: $input) {
        __typename
        ... on RequestPasswordResetSuccess {
          requested
        }
        ...Refusals
      }
    }
  `,
  [REFUSALS],
);

export const RESET = graphql(
  `
    mutation CompletePasswordReset($input: CompletePasswordResetInput!) {
      completePasswordReset(input: $input) {
        __typename
        ... on CompletePasswordResetSuccess {
          done
        }
        ...Refusals
      }
    }
  `,
  [REFUSALS],
);

export const ACCOUNT = graphql(`
  query Account {
    viewer {
      sessions {
        sessionId
        kind
        startedAt
        expiresAt
        current
      }
      credentials {
        authenticator
        recoveryCodesLeft
        passkeys {
          passkeyId
          label
          addedAt
          lastUsedAt
        }
        federatedIdentities {
          federatedIdentityId
          issuer
          linkedAt
        }
      }
    }
  }
`);

export const END_SESSIONS = graphql(
  `
    mutation EndSessions($input: EndSessionsInput!) {
      endSessions(input: $input) {
        __typename
        ... on EndSessionsSuccess {
          ended
        }
        ...Refusals
      }
    }
  `,
  [REFUSALS],
);

export const CHANGE_PASSWORD = graphql(
  `
    mutation ChangePassword($input: ChangePasswordInput!) {
      changePassword(input: $input) {
        __typename
        ... on ChangePasswordSuccess {
          token
        }
        ...Refusals
      }
    }
  `,
  [REFUSALS],
);

export const START_FACTOR = graphql(
  `
    mutation StartSecondFactor {
      startSecondFactor {
        __typename
        ... on StartSecondFactorSuccess {
          secret
          uri
          ticket
        }
        ...Refusals
      }
    }
  `,
  [REFUSALS],
);

export const CONFIRM_FACTOR = graphql(
  `
    mutation ConfirmSecondFactor($input: ConfirmSecondFactorInput!) {
      confirmSecondFactor(input: $input) {
        __typename
        ... on ConfirmSecondFactorSuccess {
          recoveryCodes
        }
        ...Refusals
      }
    }
  `,
  [REFUSALS],
);

export const REMOVE_PASSKEY = graphql(
  `
    mutation RemovePasskey($input: RemovePasskeyInput!) {
      removePasskey(input: $input) {
        __typename
        ... on RemovePasskeySuccess {
          passkeyId
        }
        ...Refusals
      }
    }
  `,
  [REFUSALS],
);

export const REMOVE_LINK = graphql(
  `
    mutation RemoveFederatedIdentity($input: RemoveFederatedIdentityInput!) {
      removeFederatedIdentity(input: $input) {
        __typename
        ... on RemoveFederatedIdentitySuccess {
          federatedIdentityId
        }
        ...Refusals
      }
    }
  `,
  [REFUSALS],
);

export const TEAM = graphql(`
  query Team {
    team {
      members {
        membershipId
        name
        email
        role
      }
      invitations {
        invitationId
        email
        role
        expiresAt
      }
    }
  }
`);

export const INVITE = graphql(
  `
    mutation InvitePerson($input: InvitePersonInput!) {
      invitePerson(input: $input) {
        __typename
        ... on InvitePersonSuccess {
          invitation {
            invitationId
          }
        }
        ...Refusals
      }
    }
  `,
  [REFUSALS],
);

export const WITHDRAW = graphql(
  `
    mutation WithdrawInvitation($input: WithdrawInvitationInput!) {
      withdrawInvitation(input: $input) {
        __typename
        ... on WithdrawInvitationSuccess {
          invitationId
        }
        ...Refusals
      }
    }
  `,
  [REFUSALS],
);

export const END_MEMBERSHIP = graphql(
  `
    mutation EndMembership($input: EndMembershipInput!) {
      endMembership(input: $input) {
        __typename
        ... on EndMembershipSuccess {
          membershipId
        }
        ...Refusals
      }
    }
  `,
  [REFUSALS],
);
