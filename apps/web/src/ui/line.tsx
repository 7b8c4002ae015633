import type { ReactNode } from 'react';
import './line.css';

export type Stop = Readonly<{ key: string; name: ReactNode; state: 'past' | 'now' | 'next' | 'stopped'; note?: ReactNode }>;

/** The one motif for everything with stages: stops on a route. The word of each state is read out; colour only repeats it. */
export function Line({ stops, label, upright = false, words }: Readonly<{ stops: readonly Stop[]; label: string; upright?: boolean; words: Readonly<Record<Stop['state'], string>> }>) {
  return (
    <ol className={`line plain${upright ? ' line--upright' : ''}`} aria-label={label}>
      {stops.map((stop) => (
        <li key={stop.key} className={`line__stop line__stop--${stop.state}`} aria-current={stop.state === 'now' ? 'step' : undefined}>
          <span className="line__mark" aria-hidden="true" />
          <span className="line__name">
            {stop.name}
            <span className="unseen"> ({words[stop.state]})</span>
          </span>
          {stop.note !== undefined && <span className="line__note">{stop.note}</span>}
        </li>
      ))}
    </ol>
  );
}
