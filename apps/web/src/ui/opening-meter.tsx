import { t } from '../words/core.js';
import './opening-meter.css';

const MOST_DRAWN = 24;

/** Openings as places that fill up; beyond 24 the words alone. */
export function OpeningMeter({ taken, openings }: Readonly<{ taken: number; openings: number }>) {
  return (
    <span className="openings">
      {openings <= MOST_DRAWN && (
        <span className="openings__places" aria-hidden="true">
          {Array.from({ length: openings }, (_, place) => (
            <span key={place} className={place < taken ? 'openings__taken' : 'openings__free'} />
          ))}
        </span>
      )}
      <span className="figures">{t('openings.reading', { taken, count: openings })}</span>
    </span>
  );
}
