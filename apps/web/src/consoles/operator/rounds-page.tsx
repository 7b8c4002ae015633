import { useQuery } from '@apollo/client/react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { ExportLink } from '../../parts/export-link.js';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import { DataTable } from '../../ui/data-table.js';
import { EmptyState } from '../../ui/empty-state.js';
import { showInstant } from '../../words/format.js';
import { ROUNDS, type RunRound } from './documents.js';
import { lead } from '../../words/leads.js';
import { t } from './words.js';

/** The form comes after the list, so that the first visit stays light. */
const OpenRound = lazy(() => import('./open-round.js').then(({ OpenRound: Form }) => ({ default: Form })));

export function Page() {
  const result = useQuery(ROUNDS);
  return (
    <Sheet
      title={t('rounds.title')}
      lead={lead('rounds')}
      wide
      acts={
        <>
          <ExportLink list="rounds">{t('rounds.export')}</ExportLink>
          <ExportLink list="outcomes">{t('rounds.exportOutcomes')}</ExportLink>
        </>
      }
    >
      <Loaded result={result} what={t('rounds.title')}>
        {({ rounds }) =>
          rounds.nodes.length === 0 ? (
            <EmptyState title={t('rounds.none')} why={t('rounds.noneWhy')} />
          ) : (
            <DataTable<RunRound>
              label={t('rounds.title')}
              rows={rounds.nodes}
              idOf={(round) => round.id}
              columns={[
                { key: 'name', name: t('rounds.name'), width: '2fr', cell: (round) => <Link to="/rounds/$id" params={{ id: round.id } as never}>{round.name}</Link> },
                { key: 'state', name: t('rounds.state'), width: '1.2fr', cell: (round) => t(`states.${round.state}`) },
                { key: 'closes', name: t('rounds.closes'), width: '1.4fr', cell: (round) => showInstant(round.rules.preferencesCloseAt) },
                { key: 'matched', name: t('rounds.matched'), width: '7rem', end: true, cell: (round) => round.matched ?? '–' },
              ]}
            />
          )
        }
      </Loaded>
      <Suspense fallback={null}>
        <OpenRound rounds={result.data?.rounds.nodes ?? []} />
      </Suspense>
    </Sheet>
  );
}
