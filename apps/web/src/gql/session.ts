import { SERVICE_TEXT, VIEWER_TEXT } from './first-questions.js';
import { graphql, type ResultOf } from './graphql.js';

/** Open to anybody. */
export const SERVICE = graphql(SERVICE_TEXT);

/** Refused with UNAUTHENTICATED when nobody is signed in. */
export const VIEWER = graphql(VIEWER_TEXT);

export const SIGN_IN = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      __typename
      ... on SignInSuccess {
        role
        expiresAt
      }
      ... on Refused {
        refusals {
          code
          message
          rule
          remedy
          path
        }
      }
    }
  }
`);

export const SIGN_OUT = graphql(`
  mutation SignOut {
    signOut {
      __typename
    }
  }
`);

export type Viewer = NonNullable<ResultOf<typeof VIEWER>['viewer']>;
export type Service = ResultOf<typeof SERVICE>['service'];
export type Role = Viewer['role'];
