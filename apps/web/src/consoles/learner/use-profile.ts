import { useQuery } from '@apollo/client/react';
import { useCommand } from '../../parts/command.js';
import type { VariablesOf } from '../../gql/graphql.js';
import { MY_PROFILE, REVISE_PROFILE, type Profile } from './documents.js';

export type Changes = VariablesOf<typeof REVISE_PROFILE>['input']['profile'];

/** The learner's own profile and the one way to change it; the version seen goes with each change. */
export function useProfile() {
  const result = useQuery(MY_PROFILE);
  const command = useCommand(REVISE_PROFILE, (path) => path.at(-1));
  const profile: Profile | null = result.data?.viewer?.learner ?? null;
  const revise = async (changes: Changes): Promise<boolean> => {
    if (profile === null) return false;
    const done = await command.send({ input: { learnerId: profile.id, version: profile.version, profile: changes } });
    // Refused because somebody else was quicker: load theirs, so that both can be shown.
    if (done === null) await result.refetch();
    return done !== null;
  };
  return { result, profile, revise, command };
}
