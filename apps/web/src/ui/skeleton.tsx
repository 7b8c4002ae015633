import { useEffect, useState } from 'react';
import { t } from '../words/core.js';
import './skeleton.css';

const SHOW_AFTER_MS = 150;

/** Grey lines in the shape of what comes; shown after 150 ms so that a quick answer does not flicker. */
export function Skeleton({ what, lines = 4, now = false }: Readonly<{ what: string; lines?: number; now?: boolean }>) {
  const [shown, setShown] = useState(now);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SHOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) return null;
  return (
    <div className="skeleton" role="status">
      <span className="unseen">{t('skeleton', { what })}</span>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} className="skeleton__line" aria-hidden="true" />
      ))}
    </div>
  );
}
