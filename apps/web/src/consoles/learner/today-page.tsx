import { useQuery } from '@apollo/client/react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import { DeadlineClock } from '../../ui/deadline-clock.js';
import { Line, type Stop } from '../../ui/line.js';
import { Notice } from '../../ui/notice.js';
import { MY_MATCHES, MY_OFFERS, type Profile } from './documents.js';
import { MatchCards } from './match-cards.js';
import { useProfile } from './use-profile.js';
import { useRanking } from './use-ranking.js';
import { lead } from '../../words/leads.js';
import { t } from './words.js';

const STOPS = ['NO_PROFILE', 'SUGGESTED', 'RANKED', 'PROPOSED', 'PLACED'] as const;
const BEST = 3;

/** Where the learner is on the way, and the one thing to do now. */
export function Page() {
  const { result, profile } = useProfile();
  return (
    <Sheet title={profile === null ? t('today.title') : t('today.hello', { name: profile.givenName })} lead={lead('today')}>
      <Loaded result={result} what={t('today.title')}>
        {() => profile !== null && <Today profile={profile} />}
      </Loaded>
    </Sheet>
  );
}

function Today({ profile }: Readonly<{ profile: Profile }>) {
  const at = profile.stage === 'NO_SUGGESTION' ? 0 : STOPS.findIndex((stop) => stop === profile.stage);
  const stops = STOPS.map<Stop>((stop, index) => ({ key: stop, name: t(`today.stops.${stop}`), state: index < at ? 'past' : index === at ? 'now' : 'next' }));
  const best = useQuery(MY_MATCHES, { variables: { first: BEST } });
  return (
    <>
      <section className="stack" aria-labelledby="way">
        <h2 id="way">{t('today.way')}</h2>
        <Line label={t('today.way')} stops={stops} words={{ past: t('today.done'), now: t('today.now'), next: t('today.later'), stopped: t('today.later') }} />
      </section>
      <section className="stack" aria-labelledby="next">
        <h2 id="next">{t('today.next')}</h2>
        <Next profile={profile} />
      </section>
      <section className="stack" aria-labelledby="best">
        <div className="row row--apart">
          <h2 id="best">{t('today.best')}</h2>
          <Link to="/matches">{t('today.all')}</Link>
        </div>
        <Loaded result={best} what={t('today.best')}>
          {(data) => <MatchCards cards={data.viewer?.learner?.suggestions.nodes ?? []} limit={profile.maxTravelMinutes} level={3} />}
        </Loaded>
      </section>
    </>
  );
}

function Next({ profile }: Readonly<{ profile: Profile }>) {
  const offers = useQuery(MY_OFFERS);
  const { round } = useRanking();
  const waiting = offers.data?.proposals.nodes.find((offer) => offer.state === 'PROPOSED');
  const act = (words: string, to: string, name: string, clock?: ReactNode) => (
    <Notice kind="beware">
      <div className="stack stack--tight">
        <p>{words}</p>
        {clock}
        <p>
          <Link to={to}>{name}</Link>
        </p>
      </div>
    </Notice>
  );
  if (!profile.consentToMatching) return act(t('today.doConsent'), '/me/profile', t('today.go.profile'));
  if (waiting) return act(t('today.doAnswer'), '/offers', t('today.go.offers'), <DeadlineClock at={waiting.replyBy} what={t('offers.answer')} />);
  if (profile.stage === 'NO_PROFILE') return act(t('today.doProfile'), '/me/skills', t('today.go.skills'));
  if (profile.stage === 'PLACED') return <Notice kind="done">{t('today.placed')}</Notice>;
  if (profile.stage === 'NO_SUGGESTION') return act(t('today.noSuggestion'), '/me/travel', t('today.go.travel'));
  if (round === null || round.state !== 'OPEN') return <Notice>{t('today.noRound')}</Notice>;
  return act(profile.stage === 'RANKED' ? t('today.ranked') : t('today.doRank'), '/rankings', t('today.go.ranking'), <DeadlineClock at={round.rules.preferencesCloseAt} what={t('today.round', { name: round.name })} />);
}
