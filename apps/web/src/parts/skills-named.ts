import { useQuery } from '@apollo/client/react';
import { useDebouncedValue } from '@mantine/hooks';
import { SKILLS_HEARD, SKILLS_NAMED, type NamedSkill } from './skill-documents.js';

/** A pause in typing, in milliseconds, after which the service is asked, and the fewest letters worth asking for. */
const PAUSE_MS = 200;
const SHORTEST = 2;

/** Skills whose names begin with what is typed, from all that the service knows; none while the answer is on its way, for Enter takes the first. */
export function useSkillsNamed(text: string): readonly NamedSkill[] {
  const said = text.trim();
  const [asked] = useDebouncedValue(said, PAUSE_MS);
  const { data } = useQuery(SKILLS_NAMED, { variables: { text: asked }, skip: asked.length < SHORTEST });
  return said.length < SHORTEST || asked !== said ? [] : (data?.skillsNamed ?? []);
}

/** Skills that a sentence names, then those whose names begin with it; `asking` until the service has answered or failed. */
export function useSkillsHeard(text: string): Readonly<{ linked: readonly NamedSkill[]; named: readonly NamedSkill[]; asking: boolean }> {
  const said = text.trim();
  const [asked] = useDebouncedValue(said, PAUSE_MS);
  const { data, error } = useQuery(SKILLS_HEARD, { variables: { text: asked }, skip: asked.length < SHORTEST });
  if (said.length < SHORTEST) return { linked: [], named: [], asking: false };
  if (asked !== said || (data === undefined && error === undefined)) return { linked: [], named: [], asking: true };
  const skills = (data?.linkSkills ?? []).flatMap(({ skill }) => skill ?? []);
  return { linked: skills.filter((skill) => skill.kind !== 'GROUP'), named: data?.skillsNamed ?? [], asking: false };
}
