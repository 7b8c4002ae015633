import { useQuery } from '@apollo/client/react';
import { newKey, useCommand } from '../../parts/command.js';
import { MY_RANKING, MY_ROUNDS, RANK_VACANCIES } from './documents.js';

export type RankedVacancy = Readonly<{ id: string; title: string; employer: Readonly<{ id: string; name: string }>; campus: Readonly<{ id: string; shortName: string }> | null }>;

/** The round the learner ranks in now (the open one, or the one asked for), and the list that counts in it. */
export function useRanking(wanted?: string) {
  const rounds = useQuery(MY_ROUNDS);
  const all = rounds.data?.rounds.nodes ?? [];
  const round = all.find((each) => each.id === wanted) ?? all.find((each) => each.state === 'OPEN') ?? all[0] ?? null;
  const ranking = useQuery(MY_RANKING, { variables: { roundId: round?.id ?? '' }, skip: round === null });
  const command = useCommand(RANK_VACANCIES);
  const preference = ranking.data?.learnerPreference ?? null;
  const listed: readonly RankedVacancy[] = (preference?.groups ?? []).flatMap((group) => group.vacancies.flatMap((vacancy) => (vacancy === null ? [] : [vacancy])));
  const send = async (ids: readonly string[]): Promise<boolean> => {
    if (round === null) return false;
    const done = await command.send({ input: { idempotencyKey: newKey(), roundId: round.id, groups: ids.map((id) => [id]) } });
    if (done !== null) await ranking.refetch();
    return done !== null;
  };
  return { rounds, all, round, ranking, preference, listed, send, command };
}
