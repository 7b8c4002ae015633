import type { ReactNode } from 'react';
import './notice.css';

/** A calm box beside the flow: something to know, something done, or something to beware of. */
export function Notice({ kind = 'know', children, live = false }: Readonly<{ kind?: 'know' | 'done' | 'beware' | 'wrong'; children: ReactNode; live?: boolean }>) {
  return (
    <div className={`notice notice--${kind}`} role={live ? 'status' : undefined}>
      {children}
    </div>
  );
}
