import { sha256 } from './digest.js';

/** The two roles the processes sign in as; the third, the owner, is for migrations only. */
export const DATABASE_ROLES = ['meriden_app', 'meriden_worker'] as const;
export type DatabaseRole = (typeof DATABASE_ROLES)[number];

/** The password inside a connection URL, decoded; '' where it has none. */
export function passwordOf(databaseUrl: string): string {
  return decodeURIComponent(new URL(databaseUrl).password);
}

/** The password of a role, derived from the owner's, so that one secret sets up all three: hex sha256(`owner password:role`). */
export function rolePassword(ownerUrl: string, role: DatabaseRole): string {
  return sha256(`${passwordOf(ownerUrl)}:${role}`);
}

/** The owner's URL with the role's name and password in place of the owner's; host, database and parameters stay. */
export function roleUrl(ownerUrl: string, role: DatabaseRole): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = rolePassword(ownerUrl, role);
  return url.toString();
}
