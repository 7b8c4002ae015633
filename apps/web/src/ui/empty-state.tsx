import type { ReactNode } from 'react';
import './empty-state.css';

/** Nothing here: why, and the next thing to do. Never a blank. */
export function EmptyState({ title, why, act }: Readonly<{ title: string; why: ReactNode; act?: ReactNode }>) {
  return (
    <div className="empty">
      <svg viewBox="0 0 120 30" width="120" height="30" aria-hidden="true">
        <path d="M4 22h36M52 22h16M80 22h36" stroke="var(--edge)" strokeWidth="3" strokeDasharray="1 7" strokeLinecap="round" fill="none" />
        <circle cx="46" cy="22" r="5" fill="none" stroke="var(--pine)" strokeWidth="3" />
        <circle cx="74" cy="22" r="5" fill="var(--marigold)" stroke="var(--pine)" strokeWidth="3" />
      </svg>
      <h2 className="empty__title">{title}</h2>
      <div className="empty__why">{why}</div>
      {act !== undefined && <div className="row">{act}</div>}
    </div>
  );
}
