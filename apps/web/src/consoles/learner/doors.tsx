import { useQuery } from '@apollo/client/react';
import { Link } from '@tanstack/react-router';
import { Loaded } from '../../parts/loaded.js';
import { raises } from '../../parts/suggestion-view.js';
import { showPoints } from '../../words/format.js';
import type { MatchCard } from './documents.js';
import { DOORS } from './question-documents.js';
import { t as learner } from './words.js';
import { t } from './words-questions.js';

/** The page of the profile that a part of the score is read from. */
export const CHANGE = { SKILLS: '/me/skills', TEXT: '/me/skills', TRAVEL: '/me/travel', AVAILABILITY: '/me/travel', INTERESTS: '/me/profile', PATHWAY: '/me/profile', LEVEL: '/me/profile' } as const;
const changeable = (code: string): keyof typeof CHANGE | null => (code in CHANGE ? (code as keyof typeof CHANGE) : null);

/** A tenth of a point: less is not worth a line. */
const TENTH = 10;

/** Single changes that would raise this score or open more places, computed by the service; and what is missing now, part by part. */
export function Doors({ card, vacancyId, learnerId }: Readonly<{ card: MatchCard; vacancyId: string; learnerId: string }>) {
  const result = useQuery(DOORS, { variables: { learnerId, vacancyId } });
  return (
    <section className="sheet stack stack--tight" aria-labelledby="raise">
      <h2 id="raise">{t('doors.title')}</h2>
      <Loaded result={result} what={t('doors.title')}>
        {({ doors }) => {
          const worth = doors.doors.filter(({ scoreChange, newlyOpenCount }) => scoreChange >= TENTH || newlyOpenCount > 0);
          if (worth.length === 0) return <p>{t('doors.none')}</p>;
          return (
            <ol className="stack stack--tight">
              {worth.map(({ kind, value, advice, scoreChange, newlyOpenCount }) => (
                <li key={`${kind} ${value}`}>
                  <strong>{advice}</strong>
                  <div className="soft">{[...(scoreChange >= TENTH ? [t('doors.points', { points: showPoints(scoreChange) })] : []), ...(newlyOpenCount > 0 ? [t('doors.opens', { count: newlyOpenCount })] : [])].join(' · ')}</div>
                </li>
              ))}
            </ol>
          );
        }}
      </Loaded>
      <Missing card={card} />
    </section>
  );
}

function Missing({ card }: Readonly<{ card: MatchCard }>) {
  const list = raises(card.terms);
  if (list.length === 0) return <p>{learner('match.raiseNone')}</p>;
  return (
    <>
      <h3>{t('doors.parts')}</h3>
      <ol className="plain stack stack--tight">
        {list.map((raise) => {
          const code = changeable(raise.code);
          return (
            <li key={raise.code}>
              <strong>{raise.name}</strong>: {learner('match.raisePoints', { points: showPoints(raise.points) })}
              <div className="soft">{learner('match.raiseWhat', { what: raise.what })}</div>
              {code !== null && <Link to={CHANGE[code]}>{learner(`match.change.${code}`)}</Link>}
            </li>
          );
        })}
      </ol>
    </>
  );
}
