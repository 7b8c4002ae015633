import { useQuery } from '@apollo/client/react';
import { Link } from '@tanstack/react-router';
import { ExportLink } from '../../parts/export-link.js';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import { useViewer } from '../../parts/session.js';
import { DeadlineClock } from '../../ui/deadline-clock.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Notice } from '../../ui/notice.js';
import { OpeningMeter } from '../../ui/opening-meter.js';
import { showDate } from '../../words/format.js';
import { CANDIDATES, HIRE_RANKING, MY_VACANCIES, type HireVacancy } from './documents.js';
import { lead } from '../../words/leads.js';
import { t } from './words.js';
import './employer.css';

const ORDER: Readonly<Record<HireVacancy['state'], number>> = { LIVE: 0, DRAFT: 1, CLOSED: 2 };

/** What the employer offers, how far it is filled, and what is owed by when. */
export function Page() {
  const { organisation } = useViewer();
  const result = useQuery(MY_VACANCIES, { variables: { organisationId: organisation.id } });
  return (
    <Sheet title={t('list.title')} lead={lead('hire')} acts={
        <>
          <ExportLink list="vacancies">{t('list.export')}</ExportLink>
          <Link to="/hire/new" className="act">
            {t('list.post')}
          </Link>
        </>
      }>
      <Owed />
      <Loaded result={result} what={t('list.title')}>
        {({ vacancies, proposals }) => {
          const taken = (id: string): number => proposals.nodes.filter((proposal) => proposal.vacancy?.id === id && (proposal.state === 'PROPOSED' || proposal.state === 'ACCEPTED')).length;
          if (vacancies.nodes.length === 0) return <EmptyState title={t('list.none')} why={t('list.noneWhy')} act={<Link to="/hire/new">{t('list.post')}</Link>} />;
          return (
            <ul className="plain vacancies">
              {[...vacancies.nodes]
                .sort((a, b) => ORDER[a.state] - ORDER[b.state] || a.startsOn.localeCompare(b.startsOn))
                .map((vacancy) => (
                  <li key={vacancy.id} className={`vacancy vacancy--${vacancy.state.toLowerCase()}`}>
                    <div>
                      <h2 className="vacancy__title">
                        <Link to="/hire/$id" params={{ id: vacancy.id } as never}>
                          {vacancy.title}
                        </Link>
                      </h2>
                      <p className="soft">{[vacancy.campus?.shortName, t('list.starts', { date: showDate(vacancy.startsOn) })].filter(Boolean).join(' · ')}</p>
                    </div>
                    <strong>{t(`list.states.${vacancy.state}`)}</strong>
                    <OpeningMeter taken={taken(vacancy.id)} openings={vacancy.openings} />
                  </li>
                ))}
            </ul>
          );
        }}
      </Loaded>
    </Sheet>
  );
}

function Owed() {
  const { data } = useQuery(CANDIDATES, { variables: { first: 1, after: null } });
  const round = data?.rounds.nodes.find((each) => each.state === 'OPEN');
  const ranking = useQuery(HIRE_RANKING, { variables: { roundId: round?.id ?? '' }, skip: round === undefined });
  const owes = round !== undefined && ranking.data?.employerPreference === null && (data?.candidates.nodes.length ?? 0) > 0;
  return (
    <section aria-labelledby="owed" className="stack stack--tight">
      <h2 id="owed">{t('list.owed')}</h2>
      {owes ? (
        <Notice kind="beware">
          <p>
            <Link to="/hire/candidates">{t('list.owedRank', { round: round.name })}</Link>
          </p>
          <DeadlineClock at={round.rules.preferencesCloseAt} what={t('candidates.closes')} />
        </Notice>
      ) : (
        <p>{t('list.owedNone')}</p>
      )}
    </section>
  );
}
