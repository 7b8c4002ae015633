import { t } from '../words/core.js';
import './journey-line.css';

export type JourneyMode = 'WALK' | 'CYCLE' | 'BUS' | 'RAIL' | 'CAR';

/** Door to site as a line: minutes against the limit that the learner set. An estimate is always called one. */
export function JourneyLine({ minutes, limit, mode, to }: Readonly<{ minutes: number | null; limit: number; mode: JourneyMode | null; to: string }>) {
  if (minutes === null) return <p className="journey journey--unknown">{t('journey.unknown')}</p>;
  const share = Math.min(100, Math.round((100 * minutes) / Math.max(limit, minutes)));
  const limitAt = Math.min(100, Math.round((100 * limit) / Math.max(limit, minutes)));
  const modeWords = mode === null ? '' : t(`journey.modes.${mode}`);
  return (
    <div className={`journey${minutes > limit ? ' journey--over' : ''}`}>
      <span className="journey__end">{t('journey.from')}</span>
      <svg className="journey__track" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <line x1="0" y1="5" x2="100" y2="5" className="journey__rest" />
        <line x1="0" y1="5" x2={share} y2="5" className="journey__way" />
        <line x1={limitAt} y1="0" x2={limitAt} y2="10" className="journey__limit" />
      </svg>
      <span className="journey__end">{to}</span>
      <span className="journey__words">
        {t('journey.reading', { minutes, mode: modeWords, limit })} ({t('journey.estimate')})
      </span>
    </div>
  );
}
