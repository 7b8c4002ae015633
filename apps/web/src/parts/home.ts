import type { Role } from '../gql/session.js';

const HOME: Readonly<Record<Role, string>> = { LEARNER: '/me', EMPLOYER: '/hire', PROVIDER_STAFF: '/cohorts', REGION: '/region', OPERATOR: '/rounds' };

/** Where each role starts. */
export const homeOf = (role: Role): string => HOME[role];
