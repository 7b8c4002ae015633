import { showPercent, showPoints } from '../words/format.js';
import { t } from '../words/core.js';
import './score-bar.css';

/** Basis points throughout; contributions add up to the score exactly. */
export type ScorePart = Readonly<{ code: string; name: string; weight: number; contribution: number }>;

/** The fills differ in pattern as well as colour; the order of the parts is the order of the fills. */
const FILLS = 7;

/**
 * A score as stacked contributions on a line of 100. The picture is hidden from screen readers; the words beside it say the
 * same: total first, then each part with what it could have added at most.
 */
export function ScoreBar({ score, parts, legend = false, label }: Readonly<{ score: number; parts: readonly ScorePart[]; legend?: boolean; label?: string }>) {
  return (
    <div className="score-bar">
      <div className="score-bar__row">
        <svg className="score-bar__picture" viewBox="0 0 10000 100" preserveAspectRatio="none" aria-hidden="true" focusable="false">
          <rect className="score-bar__ground" width="10000" height="100" />
          {parts.map((part, index) => (
            <rect
              key={part.code}
              className={`score-bar__fill score-bar__fill--${index % FILLS}`}
              x={parts.slice(0, index).reduce((sum, before) => sum + before.contribution, 0)}
              width={Math.max(0, part.contribution - 30)}
              height="100"
            />
          ))}
        </svg>
        <strong className="score-bar__total">{label ?? showPercent(score)}</strong>
      </div>
      {legend ? (
        <ul className="score-bar__legend plain">
          {parts.map((part, index) => (
            <li key={part.code}>
              <span className={`score-bar__key score-bar__fill--${index % FILLS}`} aria-hidden="true" />
              {t('score.part', { name: part.name, points: showPoints(part.contribution), most: showPoints(part.weight) })}
            </li>
          ))}
        </ul>
      ) : (
        <span className="unseen">
          {t('score.total', { score: Math.floor(score / 100) })}: {parts.map((part) => t('score.part', { name: part.name, points: showPoints(part.contribution), most: showPoints(part.weight) })).join('; ')}
        </span>
      )}
    </div>
  );
}
