import { Button, NativeSelect } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { announce } from '../../parts/announce.js';
import { CommandFaults } from '../../parts/command-faults.js';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import { textOf, useUrlState } from '../../parts/url-state.js';
import { DeadlineClock } from '../../ui/deadline-clock.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Notice } from '../../ui/notice.js';
import { RankList } from '../../ui/rank-list.js';
import { ReceiptCard } from '../../ui/receipt-card.js';
import { showInstant } from '../../words/format.js';
import { useRanking } from './use-ranking.js';
import { lead } from '../../words/leads.js';
import { t } from './words.js';

/** The ranking with its receipt always beside it; changes count when they are sent. */
export function Page() {
  const [{ round: wanted }, setView] = useUrlState((search) => ({ round: textOf(search['round']) }));
  const ranking = useRanking(wanted === '' ? undefined : wanted);
  const { round, all, preference, listed } = ranking;
  const sentIds = listed.map((vacancy) => vacancy.id).join();
  const [draft, setDraft] = useState<readonly string[]>([]);
  useEffect(() => setDraft(sentIds === '' ? [] : sentIds.split(',')), [sentIds, round?.id]);
  const open = round?.state === 'OPEN';
  const entries = draft.flatMap((id) => {
    const vacancy = listed.find((each) => each.id === id);
    return vacancy ? [{ id, name: vacancy.title, note: [vacancy.employer.name, vacancy.campus?.shortName].filter(Boolean).join(' · ') }] : [];
  });
  const changed = draft.join() !== sentIds;
  const send = async (): Promise<void> => {
    if (await ranking.send(draft)) announce(t('rankings.sent'));
  };
  return (
    <Sheet title={t('rankings.title')} lead={lead('rankings')} wide>
      <Loaded result={ranking.rounds} what={t('rankings.title')}>
        {() =>
          round === null ? (
            <EmptyState title={t('rankings.noRound')} why={t('rankings.noRoundWhy')} />
          ) : (
            <>
              <div className="row row--apart">
                {all.length > 1 ? <NativeSelect label={t('rankings.rounds')} value={round.id} onChange={(event) => setView({ round: event.currentTarget.value })} data={all.map((each) => ({ value: each.id, label: each.name }))} /> : <strong>{round.name}</strong>}
                {open ? <DeadlineClock at={round.rules.preferencesCloseAt} what={t('rankings.closes')} /> : <Notice>{t('rankings.closed')}</Notice>}
              </div>
              <CommandFaults command={ranking.command} />
              <div className="two-thirds">
                <section className="stack" aria-labelledby="list">
                  <h2 id="list">{t('rankings.list')}</h2>
                  <Loaded result={ranking.ranking} what={t('rankings.list')}>
                    {() => (
                      <>
                        {entries.length === 0 ? (
                          <EmptyState title={t('rankings.empty')} why={t('rankings.emptyWhy')} act={<Link to="/matches">{t('today.all')}</Link>} />
                        ) : (
                          <RankList label={t('rankings.list')} entries={entries} locked={!open} onOrder={setDraft} onRemove={(id) => setDraft(draft.filter((each) => each !== id))} />
                        )}
                        {open && changed && (
                          <div className="row">
                            <Button onClick={() => void send()} loading={ranking.command.sending}>
                              {t('rankings.send')}
                            </Button>
                            <Button variant="subtle" onClick={() => setDraft(listed.map((vacancy) => vacancy.id))}>
                              {t('rankings.discard')}
                            </Button>
                            <span>{t('rankings.unsent')}</span>
                          </div>
                        )}
                      </>
                    )}
                  </Loaded>
                </section>
                <div className="stack">
                  <ReceiptCard receipt={preference === null ? null : { number: preference.receipt, at: preference.submittedAt, version: preference.version }} entries={listed.length} />
                  {preference !== null && preference.receipts.length > 1 && (
                    <details>
                      <summary>{t('rankings.history')}</summary>
                      <ol className="plain small stack stack--tight">
                        {preference.receipts.map((receipt) => (
                          <li key={receipt.version}>
                            {receipt.version}. {showInstant(receipt.submittedAt)} <code>{receipt.receipt.slice(0, 16)}</code>
                          </li>
                        ))}
                      </ol>
                    </details>
                  )}
                  <details>
                    <summary>{t('rankings.commitment')}</summary>
                    <p className="small soft">{t('rankings.commitmentWhat')}</p>
                    <code className="small">{round.rules.lotteryCommitment}</code>
                  </details>
                </div>
              </div>
            </>
          )
        }
      </Loaded>
    </Sheet>
  );
}
