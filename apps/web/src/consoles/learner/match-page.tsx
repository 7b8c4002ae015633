import { useQuery } from '@apollo/client/react';
import { Link, useParams } from '@tanstack/react-router';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import { gateViews, termViews } from '../../parts/suggestion-view.js';
import { EmptyState } from '../../ui/empty-state.js';
import { WhyPanel } from '../../ui/why-panel.js';
import { plainCode, showDate, showPounds } from '../../words/format.js';
import { MY_MATCHES, VACANCY, type MatchCard } from './documents.js';
import { CHANGE, Doors } from './doors.js';
import { MatchCards } from './match-cards.js';
import { Questions } from './questions.js';
import { t } from './words.js';

const MOST = 20;
/** One match: why, what would raise it, and the work itself. */
export function Page() {
  const { id } = useParams({ strict: false }) as { id: string };
  const result = useQuery(MY_MATCHES, { variables: { first: MOST } });
  const learner = result.data?.viewer?.learner ?? null;
  const card = learner?.suggestions.nodes.find((each) => each.id === id);
  return (
    <Sheet title={card?.vacancy?.title ?? t('matches.title')} lead={card?.vacancy?.employer.name} wide>
      <Loaded result={result} what={t('matches.title')}>
        {() => (card === undefined || card.vacancy === null ? <EmptyState title={t('match.gone')} why={t('match.goneWhy')} act={<Link to="/matches">{t('match.back')}</Link>} /> : <Match card={card} vacancyId={card.vacancy.id} learnerId={learner?.id ?? ''} limit={learner?.maxTravelMinutes ?? 0} />)}
      </Loaded>
    </Sheet>
  );
}

function Match({ card, vacancyId, learnerId, limit }: Readonly<{ card: MatchCard; vacancyId: string; learnerId: string; limit: number }>) {
  const links = (['SKILLS', 'TRAVEL', 'INTERESTS'] as const).map((code) => ({ to: CHANGE[code], name: t(`match.change.${code}`) }));
  return (
    <>
      <MatchCards cards={[card]} limit={limit} />
      <div className="two-thirds">
        <WhyPanel score={card.score} terms={termViews(card.terms)} gates={gateViews(card.gates)} proof={card} contest={<Questions card={card} vacancyId={vacancyId} links={links} />} />
        <div className="stack">
          <Doors card={card} vacancyId={vacancyId} learnerId={learnerId} />
          <Work vacancyId={vacancyId} />
        </div>
      </div>
    </>
  );
}

function Work({ vacancyId }: Readonly<{ vacancyId: string }>) {
  const result = useQuery(VACANCY, { variables: { id: vacancyId } });
  return (
    <section className="sheet stack stack--tight" aria-labelledby="work">
      <h2 id="work">{t('match.work')}</h2>
      <Loaded result={result} what={t('match.work')}>
        {({ vacancy }) =>
          vacancy !== null && (
            <>
              <p style={{ whiteSpace: 'pre-line' }} dir="auto">
                {vacancy.description}
              </p>
              <dl className="facts">
                <dt>{t('match.facts.dates')}</dt>
                <dd>{t('offers.dates', { from: showDate(vacancy.startsOn), to: showDate(vacancy.endsOn) })}</dd>
                <dt>{t('match.facts.days')}</dt>
                <dd>{vacancy.weekdays.map((day) => t(`days.${day}`)).join(', ')}</dd>
                <dt>{t('match.facts.hours')}</dt>
                <dd>{t('match.total', { week: vacancy.hoursPerWeek, total: vacancy.totalHours })}</dd>
                <dt>{t('match.facts.where')}</dt>
                <dd>{[vacancy.campus?.name, vacancy.campus?.statusNote].filter(Boolean).join('. ')}</dd>
                <dt>{t('match.facts.pay')}</dt>
                <dd>{vacancy.hourlyPence === null ? t('matches.unpaid') : t('matches.paid', { amount: showPounds(vacancy.hourlyPence) })}</dd>
                <dt>{t('match.facts.openings')}</dt>
                <dd>{vacancy.openings}</dd>
                <dt>{t('match.facts.checks')}</dt>
                <dd>{vacancy.checksNeeded.length === 0 ? t('match.noChecks') : vacancy.checksNeeded.map((check) => t(`checks.${check}`)).join(', ')}</dd>
                <dt>{t('match.facts.skills')}</dt>
                <dd>
                  <ul className="plain">
                    {vacancy.skills.map(({ skill, need }, index) => (
                      <li key={skill?.id ?? index}>
                        {skill?.label ?? plainCode(need)} <span className="soft">({t(`match.need.${need}`)})</span>
                      </li>
                    ))}
                  </ul>
                </dd>
              </dl>
            </>
          )
        }
      </Loaded>
    </section>
  );
}
