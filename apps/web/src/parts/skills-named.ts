import { useQuery } from '@apollo/client/react';
import { useDebouncedValue } from '@mantine/hooks';
import { SKILLS_HEARD, SKILLS_NAMED, type NamedSkill } from './skill-documents.js';

/** A pause in typing, in milliseconds, after which the service is asked, and the fewest letters worth asking for. */
const PAUSE_MS = 200;
const SHORTEST = 2;

/** Skills whose names begin with what is typed, from all that the service knows; those of the last question until the next are there. */
export function useSkillsNamed(text: string): readonly NamedSkill[] {
  const [asked] = useDebouncedValue(text.trim(), PAUSE_MS);
  const { data, previousData } = useQuery(SKILLS_NAMED, { variables: { text: asked }, skip: asked.length < SHORTEST });
  return text.trim().length < SHORTEST ? [] : ((data ?? previousData)?.skillsNamed ?? []);
}

/** Skills that a sentence names, then those whose names begin with it; none while the answer is on its way. */
export function useSkillsHeard(text: string): Readonly<{ linked: readonly NamedSkill[]; named: readonly NamedSkill[]; asking: boolean }> {
  const said = text.trim();
  const [asked] = useDebouncedValue(said, PAUSE_MS);
  const { data } = useQuery(SKILLS_HEARD, { variables: { text: asked }, skip: asked.length < SHORTEST });
  const answer = said.length < SHORTEST || asked !== said ? undefined : data;
  return { linked: answer?.linkSkills.flatMap(({ skill }) => skill ?? []) ?? [], named: answer?.skillsNamed ?? [], asking: said.length >= SHORTEST && answer === undefined };
}
