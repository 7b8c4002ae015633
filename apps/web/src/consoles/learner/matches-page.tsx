import { useQuery, useSubscription } from '@apollo/client/react';
import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useLetterKeys } from '../../parts/keyboard.js';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import { journeyOf } from '../../parts/suggestion-view.js';
import { oneOf, textOf, useUrlState } from '../../parts/url-state.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Notice } from '../../ui/notice.js';
import { MY_MATCHES, SUGGESTIONS_CHANGED, type MatchCard } from './documents.js';
import { MatchCards } from './match-cards.js';
import { lead } from '../../words/leads.js';
import { t } from './words.js';

const SORTS = ['fit', 'journey', 'start'] as const;
const MOST = 20;
const FAR = 10_000;

type View = { find: string; sort: (typeof SORTS)[number]; only: boolean; at: string };
const readView = (search: Readonly<Record<string, unknown>>): View => ({ find: textOf(search['find']), sort: oneOf(SORTS, search['sort'], 'fit'), only: search['only'] === true, at: textOf(search['at']) });

export function Page() {
  const result = useQuery(MY_MATCHES, { variables: { first: MOST } });
  const learner = result.data?.viewer?.learner ?? null;
  return (
    <Sheet title={t('matches.title')} lead={lead('matches')} wide>
      <Loaded result={result} what={t('matches.title')}>
        {() => learner !== null && <Matches cards={learner.suggestions.nodes} learnerId={learner.id} limit={learner.maxTravelMinutes} refetch={() => void result.refetch()} />}
      </Loaded>
    </Sheet>
  );
}

function Matches({ cards, learnerId, limit, refetch }: Readonly<{ cards: readonly MatchCard[]; learnerId: string; limit: number; refetch: () => void }>) {
  const [view, setView] = useUrlState(readView);
  const navigate = useNavigate();
  const fresh = useFresh(learnerId, refetch);
  const shown = arranged(cards, view);
  const move = (by: number): void => {
    const at = shown.findIndex((card) => card.id === view.at);
    const next = shown[Math.max(0, Math.min(shown.length - 1, at + by))];
    if (next === undefined) return;
    setView({ at: next.id });
    document.querySelector(`[data-match="${CSS.escape(next.id)}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  useLetterKeys({ j: () => move(1), k: () => move(-1), enter: () => view.at !== '' && void navigate({ to: '/matches/$id', params: { id: view.at } as never }) });
  if (cards.length === 0) {
    return <EmptyState title={t('matches.none')} why={t('matches.noneWhy')} act={<Link to="/me/skills">{t('today.go.skills')}</Link>} />;
  }
  return (
    <>
      {fresh && (
        <Notice kind="done" live>
          {t('matches.fresh')}
        </Notice>
      )}
      <div className="row" style={{ alignItems: 'end' }} role="search">
        <TextInput label={t('matches.find')} value={view.find} onChange={(event) => setView({ find: event.currentTarget.value })} />
        <NativeSelect label={t('matches.sort')} value={view.sort} onChange={(event) => setView({ sort: oneOf(SORTS, event.currentTarget.value, 'fit') })} data={SORTS.map((sort) => ({ value: sort, label: t(`matches.sorts.${sort}`) }))} />
        <Checkbox label={t('matches.only')} checked={view.only} onChange={(event) => setView({ only: event.currentTarget.checked })} />
      </div>
      <p role="status">{t('matches.count', { count: shown.length })}</p>
      {shown.length === 0 ? (
        <EmptyState
          title={t('matches.noneFound')}
          why={t('matches.noneFoundWhy', { count: cards.length })}
          act={
            <Button variant="outline" onClick={() => setView({ find: '', only: false })}>
              {t('matches.clear')}
            </Button>
          }
        />
      ) : (
        <MatchCards cards={shown} limit={limit} selected={view.at} />
      )}
    </>
  );
}

/** Follows the learner's suggestions; an event after the first one loads the list anew. Resumes from the last token seen. */
function useFresh(learnerId: string, refetch: () => void): boolean {
  const [fresh, setFresh] = useState(false);
  const token = useRef<string | null>(null);
  useSubscription(SUGGESTIONS_CHANGED, {
    variables: { learnerId, after: token.current },
    onData: ({ data }) => {
      const next = data.data?.suggestionsChanged.resumeToken ?? null;
      if (token.current !== null && next !== token.current) {
        setFresh(true);
        refetch();
      }
      token.current = next;
    },
  });
  return fresh;
}

function arranged(cards: readonly MatchCard[], { find, sort, only }: View): readonly MatchCard[] {
  const word = find.trim().toLowerCase();
  const kept = cards.filter((card) => (!only || card.gates.every((gate) => gate.state === 'PASS')) && `${card.vacancy?.title} ${card.vacancy?.employer.name} ${card.vacancy?.campus?.shortName ?? ''}`.toLowerCase().includes(word));
  const minutes = (card: MatchCard): number => journeyOf(card.terms)?.minutes ?? FAR;
  if (sort === 'journey') return [...kept].sort((a, b) => minutes(a) - minutes(b));
  if (sort === 'start') return [...kept].sort((a, b) => (a.vacancy?.startsOn ?? '').localeCompare(b.vacancy?.startsOn ?? ''));
  return kept;
}
