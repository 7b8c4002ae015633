import { useEffect, useState } from 'react';
import { showInstant } from '../words/format.js';
import { t } from '../words/core.js';
import './deadline-clock.css';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SOON = 2 * DAY;

/** What is left until a deadline in the largest unit that still tells something. @param ms milliseconds left, above 0 */
export function timeLeft(ms: number): string {
  if (ms >= 2 * DAY) return t('clock.days', { count: Math.floor(ms / DAY) });
  if (ms >= 2 * HOUR) return t('clock.hours', { count: Math.floor(ms / HOUR) });
  return t('clock.minutes', { count: Math.max(1, Math.floor(ms / MINUTE)) });
}

/** A deadline with its date and what is left. It counts quietly: a clock that speaks every minute helps nobody. */
export function DeadlineClock({ at, what, now }: Readonly<{ at: string; what: string; now?: number }>) {
  const [time, setTime] = useState(now ?? Date.now());
  useEffect(() => {
    if (now !== undefined) return undefined;
    const timer = setInterval(() => setTime(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, [now]);
  const left = new Date(at).getTime() - time;
  const state = left <= 0 ? 'over' : left < SOON ? 'soon' : 'calm';
  return (
    <span className={`clock clock--${state}`}>
      <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
        <circle cx="10" cy="10" r="8" fill="none" stroke="currentColor" strokeWidth="2" />
        <path d="M10 5v5l3.4 2.2" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
      </svg>
      <span>
        {what} <time dateTime={at}>{t('clock.by', { when: showInstant(at) })}</time>
        {' · '}
        <strong>{left <= 0 ? t('clock.over') : t('clock.left', { time: timeLeft(left) })}</strong>
      </span>
    </span>
  );
}
