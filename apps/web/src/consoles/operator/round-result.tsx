import { useQuery } from '@apollo/client/react';
import { Button, Modal, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAllPages } from '../../parts/all-pages.js';
import { useCommand } from '../../parts/command.js';
import { CommandFaults } from '../../parts/command-faults.js';
import { Loaded } from '../../parts/loaded.js';
import { textOf, useUrlState } from '../../parts/url-state.js';
import { Bars } from '../../ui/bars.js';
import { ChartFrame } from '../../ui/chart-frame.js';
import { showPercent } from '../../words/format.js';
import { t as core } from '../../words/core.js';
import { OUTCOMES, WITHHOLD, type OutcomeRow, type RunRound } from './documents.js';
import { t } from './words.js';

const PAGE = 100;
const SHOWN = 25;

/** What the round decided: the rank histogram, and any outcome with its reasons. */
export function RoundResult({ round }: Readonly<{ round: RunRound }>) {
  const result = useQuery(OUTCOMES, { variables: { id: round.id, first: PAGE, after: null } });
  const page = result.data?.round?.outcomes.pageInfo;
  useAllPages(page, (after) =>
    result.fetchMore({
      variables: { after },
      updateQuery: (before, { fetchMoreResult: next }) => (before.round === null || next.round === null ? next : { round: { ...next.round, outcomes: { ...next.round.outcomes, nodes: [...before.round.outcomes.nodes, ...next.round.outcomes.nodes] } } }),
    }),
  );
  return (
    <section className="stack" aria-labelledby="result">
      <h2 id="result">{t('round.result')}</h2>
      <p>{t('round.placed', { matched: round.matched ?? 0, unmatched: round.unmatched ?? 0 })}</p>
      <Loaded result={result} what={t('round.result')}>
        {(data) => {
          const rows = data.round?.outcomes.nodes ?? [];
          return (
            <>
              <Histogram rows={rows} />
              <Outcomes rows={rows} round={round} />
            </>
          );
        }}
      </Loaded>
    </section>
  );
}

function Histogram({ rows }: Readonly<{ rows: readonly OutcomeRow[] }>) {
  const worst = Math.max(1, ...rows.map((row) => row.rank ?? 0));
  const counts = Array.from({ length: worst }, (_, index) => rows.filter((row) => row.rank === index + 1).length);
  const placed = rows.filter((row) => row.rank !== null).length;
  const bars = [...counts.map((value, index) => ({ key: String(index), name: t('round.choice', { rank: index + 1 }), value })), { key: 'none', name: t('round.none'), value: rows.length - placed }];
  return (
    <ChartFrame title={t('round.histogram')} reading={t('round.histogramReading', { share: placed === 0 ? '0%' : showPercent((10_000 * (counts[0] ?? 0)) / placed) })} twin={{ columns: [t('round.histogram'), t('round.learners')], rows: bars.map((bar) => [bar.name, bar.value]) }}>
      <Bars label={t('round.histogram')} bars={bars} />
    </ChartFrame>
  );
}

function Outcomes({ rows, round }: Readonly<{ rows: readonly OutcomeRow[]; round: RunRound }>) {
  const [{ who }, setView] = useUrlState((search) => ({ who: textOf(search['who']) }));
  const nameOf = (row: OutcomeRow): string => (row.learner === null ? '–' : `${row.learner.givenName} ${row.learner.familyName}`);
  const found = rows.filter((row) => nameOf(row).toLowerCase().includes(who.trim().toLowerCase()));
  return (
    <section className="stack stack--tight" aria-labelledby="outcomes">
      <h3 id="outcomes">{t('round.outcomes')}</h3>
      <TextInput label={t('round.find')} value={who} onChange={(event) => setView({ who: event.currentTarget.value })} />
      <p role="status" className="soft">
        {t('round.shown', { shown: Math.min(SHOWN, found.length), all: rows.length })}
      </p>
      <ul className="plain">
        {found.slice(0, SHOWN).map((row) => (
          <li key={row.id} style={{ borderTop: '1px solid var(--line)', paddingBlock: 6 }}>
            <details>
              <summary>
                <strong>{nameOf(row)}</strong>: {row.vacancy === null || row.rank === null ? t('round.none') : t('round.got', { name: row.vacancy.title, rank: row.rank })}
                {row.withheld && ` · ${t('round.withheld', { reason: row.withheldReason ?? '' })}`}
              </summary>
              <ul>
                {row.reasons.map((reason, index) => (
                  <li key={index}>
                    {reason.vacancy?.title}: {reason.message} <span className="soft">{reason.remedy}</span>
                  </li>
                ))}
              </ul>
              {round.state === 'SOLVED' && row.vacancy !== null && !row.withheld && row.learner !== null && <Withhold roundId={round.id} learnerId={row.learner.id} name={nameOf(row)} />}
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Withhold({ roundId, learnerId, name }: Readonly<{ roundId: string; learnerId: string; name: string }>) {
  const command = useCommand(WITHHOLD, (path) => (path.at(-1) === 'reason' ? 'withhold-reason' : undefined));
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  return (
    <>
      <Button variant="outline" color="brick" onClick={() => setOpen(true)} aria-label={`${t('round.withhold')}: ${name}`}>
        {t('round.withhold')}
      </Button>
      <Modal opened={open} onClose={() => setOpen(false)} title={`${t('round.withhold')}: ${name}`} closeButtonProps={{ 'aria-label': core('close') }}>
        <div className="stack">
          <CommandFaults command={command} />
          <p>{t('round.withholdWhat')}</p>
          <Textarea id="withhold-reason" label={t('round.withholdReason')} description={t('round.reasonNote')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} autosize minRows={2} />
          <div className="row">
            <Button color="brick" loading={command.sending} onClick={() => void command.send({ input: { roundId, learnerId, reason } }).then((done) => done !== null && setOpen(false))}>
              {t('round.withhold')}
            </Button>
            <Button variant="subtle" onClick={() => setOpen(false)}>
              {core('cancel')}
            </Button>
          </div>
        </div>
      </Modal>
    </>
  );
}
