import { useQuery } from '@apollo/client/react';
import { Button, NativeSelect } from '@mantine/core';
import { saveCsv } from '../../parts/csv.js';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import { oneOf, useUrlState } from '../../parts/url-state.js';
import { DataTable } from '../../ui/data-table.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Notice } from '../../ui/notice.js';
import { plainCode, showDate, showInstant } from '../../words/format.js';
import { AUDIT, AUDIT_CHAIN } from './documents.js';
import { lead } from '../../words/leads.js';
import { t } from './words.js';

const NOUNS = ['', 'round', 'vacancy', 'learner', 'preference', 'proposal', 'session', 'organisation', 'person', 'scoringRun'] as const;
const PAGE = 50;

export function Page() {
  const [{ noun }, setView] = useUrlState((search) => ({ noun: oneOf(NOUNS, search['noun'], '') as string }));
  const result = useQuery(AUDIT, { variables: { first: PAGE, after: null, noun: noun === '' ? null : noun, verb: null } });
  const page = result.data?.auditEntries.pageInfo;
  const more = (): void => {
    void result.fetchMore({ variables: { after: page?.endCursor ?? null }, updateQuery: (before, { fetchMoreResult: next }) => ({ auditEntries: { ...next.auditEntries, nodes: [...before.auditEntries.nodes, ...next.auditEntries.nodes] } }) });
  };
  return (
    <Sheet title={t('audit.title')} lead={lead('audit')} wide>
      <ChainState />
      <Loaded result={result} what={t('audit.title')}>
        {({ auditEntries: { nodes } }) => {
          const detailOf = (row: (typeof nodes)[number]): string => row.detail.map(({ name, value }) => `${name} ${value}`).join(', ');
          const whoOf = (row: (typeof nodes)[number]): string => (row.bySystem ? t('audit.system') : (row.organisation?.name ?? '–'));
          return (
            <>
              <div className="row" style={{ alignItems: 'end' }}>
                <NativeSelect label={t('audit.noun')} value={noun} onChange={(event) => setView({ noun: event.currentTarget.value })} data={NOUNS.map((each) => ({ value: each, label: each === '' ? t('audit.any') : plainCode(each) }))} />
                <Button variant="outline" onClick={() => saveCsv('audit.csv', [[t('audit.at'), t('audit.what'), t('audit.who'), t('audit.detail')], ...nodes.map((row) => [row.at, `${row.verb} ${row.noun}`, whoOf(row), detailOf(row)])])}>
                  {t('audit.export')}
                </Button>
              </div>
              {nodes.length === 0 ? (
                <EmptyState title={t('audit.none')} why={t('audit.noneWhy')} />
              ) : (
                <DataTable
                  label={t('audit.title')}
                  rows={nodes}
                  idOf={(row) => row.id}
                  columns={[
                    { key: 'at', name: t('audit.at'), width: '13rem', cell: (row) => showInstant(row.at) },
                    { key: 'what', name: t('audit.what'), width: '1fr', cell: (row) => `${row.verb} ${plainCode(row.noun)}` },
                    { key: 'who', name: t('audit.who'), width: '1fr', cell: whoOf },
                    { key: 'detail', name: t('audit.detail'), width: '2fr', cell: (row) => <span className="small">{detailOf(row)}</span> },
                  ]}
                />
              )}
              {page?.hasNextPage === true && (
                <div>
                  <Button variant="outline" onClick={more}>
                    {t('audit.more')}
                  </Button>
                </div>
              )}
            </>
          );
        }}
      </Loaded>
    </Sheet>
  );
}

/** That nobody changed it: how far the chain reaches, and when its ends were signed. */
function ChainState() {
  const state = useQuery(AUDIT_CHAIN).data?.auditChain;
  if (state == null) return null;
  const { chains, entries, unsigned, signedOn } = state;
  return (
    <Notice>
      {t('audit.chain', { chains, entries })} {signedOn === null ? t('audit.unsigned') : t('audit.signed', { day: showDate(signedOn), unsigned })} {t('audit.check')} <code>meriden audit verify</code>
    </Notice>
  );
}
