import { useQuery } from '@apollo/client/react';
import { Button, NativeSelect } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { announce } from '../../parts/announce.js';
import { newKey, useCommand } from '../../parts/command.js';
import { CommandFaults } from '../../parts/command-faults.js';
import { useLetterKeys } from '../../parts/keyboard.js';
import { ExportLink } from '../../parts/export-link.js';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import { useViewer } from '../../parts/session.js';
import { textOf, useUrlState } from '../../parts/url-state.js';
import { DeadlineClock } from '../../ui/deadline-clock.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Notice } from '../../ui/notice.js';
import { RankList } from '../../ui/rank-list.js';
import { ReceiptCard } from '../../ui/receipt-card.js';
import { Criteria, mustHaves } from './criteria.js';
import { CANDIDATES, HIRE_RANKING, MY_VACANCIES, RANK_CANDIDATES, type Candidate, type HireVacancy } from './documents.js';
import { lead } from '../../words/leads.js';
import { t } from './words.js';
import './employer.css';

const MOST = 100;
const UNDO_MS = 10_000;

/** Candidates decided one after another, by keyboard or mouse; then the ranking is ordered and sent, with its receipt. */
export function Page() {
  const { organisation } = useViewer();
  const result = useQuery(CANDIDATES, { variables: { first: MOST, after: null } });
  const vacancies = useQuery(MY_VACANCIES, { variables: { organisationId: organisation.id } });
  const round = result.data?.rounds.nodes.find((each) => each.state === 'OPEN');
  return (
    <Sheet title={t('candidates.title')} lead={lead('candidates')} wide acts={<ExportLink list="candidates">{t('candidates.export')}</ExportLink>}>
      <Loaded result={result} what={t('candidates.title')}>
        {({ candidates }) => (
          <>
            {round === undefined ? <Notice>{t('candidates.noRound')}</Notice> : <DeadlineClock at={round.rules.preferencesCloseAt} what={t('candidates.closes')} />}
            {candidates.nodes.length === 0 ? <EmptyState title={t('candidates.none')} why={t('candidates.noneWhy')} /> : <Desk candidates={candidates.nodes} vacancies={(vacancies.data?.vacancies.nodes ?? []).filter((vacancy) => vacancy.state === 'LIVE')} roundId={round?.id ?? null} />}
          </>
        )}
      </Loaded>
    </Sheet>
  );
}

type Decision = Readonly<{ id: string; taken: boolean; at: number }>;

function Desk({ candidates, vacancies, roundId }: Readonly<{ candidates: readonly Candidate[]; vacancies: readonly HireVacancy[]; roundId: string | null }>) {
  const [{ against, at }, setView] = useUrlState((search) => ({ against: textOf(search['against']), at: textOf(search['at']) }));
  const vacancy = vacancies.find((each) => each.id === against) ?? vacancies[0];
  const ranking = useQuery(HIRE_RANKING, { variables: { roundId: roundId ?? '' }, skip: roundId === null });
  const command = useCommand(RANK_CANDIDATES);
  const sent = ranking.data?.employerPreference ?? null;
  const sentIds = useMemo(() => (sent?.groups ?? []).flatMap((group) => group.candidates.flatMap((candidate) => (candidate === null ? [] : [candidate.id]))), [sent]);
  const [ranked, setRanked] = useState<readonly string[]>([]);
  const [refused, setRefused] = useState<readonly string[]>([]);
  const [last, setLast] = useState<Decision | null>(null);
  useEffect(() => setRanked(sentIds), [sentIds]);

  const undecided = candidates.filter((candidate) => !ranked.includes(candidate.id) && !refused.includes(candidate.id));
  const current = undecided.find((candidate) => candidate.id === at) ?? undecided[0];
  const nameOf = (id: string): string => candidates.find((candidate) => candidate.id === id)?.pseudonym ?? id;
  const move = (by: number): void => {
    const next = undecided[Math.max(0, Math.min(undecided.length - 1, undecided.findIndex((each) => each.id === current?.id) + by))];
    if (next !== undefined) focusOn(next.id, setView);
  };
  const decide = (id: string, taken: boolean): void => {
    const next = undecided[undecided.findIndex((each) => each.id === id) + 1] ?? undecided.find((each) => each.id !== id);
    if (taken) setRanked([...ranked, id]);
    else setRefused([...refused, id]);
    setLast({ id, taken, at: Date.now() });
    announce(taken ? t('candidates.saidYes', { name: nameOf(id), place: ranked.length + 1 }) : t('candidates.saidNo', { name: nameOf(id) }));
    if (next !== undefined) focusOn(next.id, setView);
  };
  const undo = (): void => {
    if (last === null || Date.now() - last.at > UNDO_MS) return;
    setRanked(ranked.filter((id) => id !== last.id));
    setRefused(refused.filter((id) => id !== last.id));
    announce(t('candidates.saidUndo', { name: nameOf(last.id) }));
    setLast(null);
    setView({ at: last.id });
  };
  useLetterKeys({ j: () => move(1), k: () => move(-1), s: () => current && decide(current.id, true), n: () => current && decide(current.id, false), z: undo });
  const send = async (): Promise<void> => {
    if (roundId === null) return;
    const done = await command.send({ input: { idempotencyKey: newKey(), roundId, groups: ranked.map((id) => [id]) } });
    if (done === null) return;
    announce(t('candidates.sent'));
    await ranking.refetch();
  };
  return (
    <div className="two-thirds">
      <section className="stack" aria-labelledby="undecided">
        <div className="row row--apart" style={{ alignItems: 'end' }}>
          <h2 id="undecided">{t('candidates.undecided')}</h2>
          {vacancies.length > 1 && <NativeSelect label={t('candidates.against')} value={vacancy?.id ?? ''} onChange={(event) => setView({ against: event.currentTarget.value })} data={vacancies.map((each) => ({ value: each.id, label: each.title }))} />}
        </div>
        <p className="soft small">{t('candidates.keys')}</p>
        <p role="status">{t('candidates.progress', { done: candidates.length - undecided.length, all: candidates.length })}</p>
        <ul className="plain candidates">
          {undecided.map((candidate) => (
            <li key={candidate.id} data-candidate={candidate.id} className={candidate.id === current?.id ? 'candidate candidate--at' : 'candidate'} aria-current={candidate.id === current?.id ? 'true' : undefined}>
              <Face candidate={candidate} vacancy={vacancy} />
              <div className="row">
                <Button variant="outline" onClick={() => decide(candidate.id, true)} aria-label={`${t('candidates.yes')}: ${candidate.pseudonym}`}>
                  {t('candidates.yes')}
                </Button>
                <Button variant="subtle" onClick={() => decide(candidate.id, false)} aria-label={`${t('candidates.no')}: ${candidate.pseudonym}`}>
                  {t('candidates.no')}
                </Button>
              </div>
            </li>
          ))}
        </ul>
        {refused.length > 0 && (
          <details>
            <summary>
              {t('candidates.refused')} ({refused.length})
            </summary>
            <ul className="plain">
              {refused.map((id) => (
                <li key={id} className="row">
                  {nameOf(id)}
                  <Button variant="subtle" onClick={() => setRefused(refused.filter((each) => each !== id))} aria-label={`${t('candidates.back')}: ${nameOf(id)}`}>
                    {t('candidates.back')}
                  </Button>
                </li>
              ))}
            </ul>
          </details>
        )}
      </section>
      <section className="stack" aria-labelledby="shortlist">
        <h2 id="shortlist">{t('candidates.shortlist')}</h2>
        <CommandFaults command={command} />
        {ranked.length === 0 ? <p className="soft">{t('candidates.shortlistEmpty')}</p> : <RankList label={t('candidates.shortlist')} entries={ranked.map((id) => ({ id, name: nameOf(id) }))} locked={roundId === null} onOrder={setRanked} onRemove={(id) => setRanked(ranked.filter((each) => each !== id))} />}
        {roundId !== null && ranked.join() !== sentIds.join() && (
          <div className="stack stack--tight">
            <div className="row">
              <Button loading={command.sending} onClick={() => void send()}>
                {t('candidates.send')}
              </Button>
              <span>{t('candidates.unsent')}</span>
            </div>
            <p className="small soft">{t('candidates.leftOut')}</p>
          </div>
        )}
        <ReceiptCard receipt={sent === null ? null : { number: sent.receipt, at: sent.submittedAt, version: sent.version }} entries={sentIds.length} />
      </section>
    </div>
  );
}

function focusOn(id: string, setView: (change: { at: string }) => void): void {
  setView({ at: id });
  document.querySelector(`[data-candidate="${CSS.escape(id)}"]`)?.scrollIntoView({ block: 'nearest' });
}

/** What one employer sees of a person before consent: pseudonym, course, level, skills. */
function Face({ candidate, vacancy }: Readonly<{ candidate: Candidate; vacancy: HireVacancy | undefined }>) {
  const musts = vacancy === undefined ? [] : mustHaves(vacancy);
  const asked = new Set(musts.map((must) => must.key));
  const others = candidate.skills.filter(({ skill }) => skill !== null && !asked.has(skill.key));
  return (
    <>
      <h3 className="candidate__name">{candidate.pseudonym}</h3>
      <p className="soft">{[candidate.qualification?.shortTitle, t('candidates.level', { level: candidate.level }), candidate.entryPoint?.label].filter(Boolean).join(' · ')}</p>
      {musts.length > 0 && <Criteria musts={musts} candidate={candidate} />}
      {others.length > 0 && (
        <details>
          <summary>
            {t('candidates.others')} ({others.length})
          </summary>
          <ul className="small">
            {others.map(({ skill, evidence, source }) => (
              <li key={skill?.id}>
                {skill?.label} ({t(`candidates.sources.${source}`)}): {evidence}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
