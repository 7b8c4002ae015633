import { useQuery } from '@apollo/client/react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { saveCsv } from '../../parts/csv.js';
import { Loaded } from '../../parts/loaded.js';
import { oneOf, textOf, useUrlState } from '../../parts/url-state.js';
import { DataTable, type Sort } from '../../ui/data-table.js';
import { EmptyState } from '../../ui/empty-state.js';
import { showPercent } from '../../words/format.js';
import { LEARNERS, type LearnerRow, type Stage } from './documents.js';
import { t } from './words.js';

const STAGES: readonly Stage[] = ['NO_PROFILE', 'NO_SUGGESTION', 'SUGGESTED', 'RANKED', 'PROPOSED', 'PLACED'];
const MOST = 100;
const fullName = ({ givenName, familyName }: LearnerRow): string => `${givenName} ${familyName}`;

type View = { stage: string; find: string; sort: string; falling: boolean; at: string };

/** The learners themselves: filters, sort and the chosen row stand in the address. */
export function Learners() {
  const [view, setView] = useUrlState<View>((search) => ({ stage: oneOf([...STAGES, ''], search['stage'], ''), find: textOf(search['find']), sort: oneOf(['name', 'stage', 'best'], search['sort'], 'name'), falling: search['falling'] === true, at: textOf(search['at']) }));
  const filter = { stage: STAGES.find((stage) => stage === view.stage) ?? null, name: view.find.trim() === '' ? null : view.find.trim() };
  const result = useQuery(LEARNERS, { variables: { first: MOST, after: null, filter } });
  const sort: Sort = { key: view.sort, falling: view.falling };
  const rows = sorted(result.data?.learners.nodes ?? [], sort);
  const page = result.data?.learners.pageInfo;
  const more = (): void => {
    void result.fetchMore({ variables: { after: page?.endCursor ?? null }, updateQuery: (before, { fetchMoreResult }) => ({ ...fetchMoreResult, learners: { ...fetchMoreResult.learners, nodes: [...before.learners.nodes, ...fetchMoreResult.learners.nodes] } }) });
  };
  return (
    <section className="stack" aria-labelledby="who">
      <h2 id="who">{t('board.who')}</h2>
      <div className="row" style={{ alignItems: 'end' }} role="search">
        <TextInput label={t('board.find')} value={view.find} onChange={(event) => setView({ find: event.currentTarget.value })} />
        <NativeSelect label={t('board.stage')} value={view.stage} onChange={(event) => setView({ stage: event.currentTarget.value })} data={[{ value: '', label: t('board.all') }, ...STAGES.map((stage) => ({ value: stage, label: t(`stages.${stage}`) }))]} />
        <Button variant="outline" onClick={() => saveCsv('learners.csv', [[t('board.name'), t('board.course'), t('board.stage'), t('board.best')], ...rows.map((row) => [fullName(row), row.qualification?.shortTitle ?? '', row.stage === null ? '' : t(`stages.${row.stage}`), bestOf(row)])])}>
          {t('board.export')}
        </Button>
      </div>
      <Loaded result={result} what={t('board.who')}>
        {() =>
          rows.length === 0 ? (
            <EmptyState title={t('board.none')} why={t('board.noneWhy')} />
          ) : (
            <DataTable<LearnerRow>
              label={t('board.who')}
              rows={rows}
              idOf={(row) => row.id}
              sort={sort}
              onSort={(next) => setView({ sort: next.key, falling: next.falling })}
              selected={view.at}
              onSelect={(at) => setView({ at })}
              columns={[
                { key: 'name', name: t('board.name'), width: '1.4fr', sortable: true, cell: (row) => <Link to="/learners/$id" params={{ id: row.id } as never}>{fullName(row)}</Link> },
                { key: 'course', name: t('board.course'), width: '1.4fr', cell: (row) => row.qualification?.shortTitle ?? '–' },
                { key: 'stage', name: t('board.stage'), width: '1fr', sortable: true, cell: (row) => (row.stage === null ? '–' : t(`stages.${row.stage}`)) },
                { key: 'best', name: t('board.best'), width: '8rem', end: true, sortable: true, cell: bestOf },
              ]}
            />
          )
        }
      </Loaded>
      {page?.hasNextPage === true && (
        <div>
          <Button variant="outline" onClick={more}>
            {t('board.more')}
          </Button>
        </div>
      )}
    </section>
  );
}

const bestOf = (row: LearnerRow): string => (row.bestSuggestions[0] === undefined ? '–' : showPercent(row.bestSuggestions[0].score));

function sorted(rows: readonly LearnerRow[], { key, falling }: Sort): readonly LearnerRow[] {
  const value: Readonly<Record<string, (row: LearnerRow) => string | number>> = {
    name: (row) => `${row.familyName} ${row.givenName}`,
    stage: (row) => (row.stage === null ? -1 : STAGES.indexOf(row.stage)),
    best: (row) => row.bestSuggestions[0]?.score ?? -1,
  };
  const of = value[key] ?? ((row: LearnerRow) => row.familyName);
  const compare = (a: LearnerRow, b: LearnerRow): number => {
    const [x, y] = [of(a), of(b)];
    return typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y));
  };
  return [...rows].sort((a, b) => (falling ? -1 : 1) * compare(a, b));
}
