import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';
import { t } from '../words/core.js';
import './page.css';

/**
 * One page: sets the document's title and, when a route was changed by the person, moves the focus to the heading so that
 * screen readers and keyboards start at the top of what is new.
 */
export function Page({ title, lead, acts, children, wide = false }: Readonly<{ title: string; lead?: ReactNode; acts?: ReactNode; children?: ReactNode; wide?: boolean }>) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(takeOver, []);
  useEffect(() => {
    document.title = `${title} – ${t('brand')}`;
  }, [title]);
  useEffect(() => {
    if (arrived.byRoute) heading.current?.focus({ preventScroll: true });
    arrived.byRoute = false;
  }, []);
  return (
    <div className={wide ? 'page page--wide' : 'page'}>
      <header className="page__head">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead !== undefined && <div className="page__lead">{lead}</div>}
        </div>
        {acts !== undefined && <div className="row no-print">{acts}</div>}
      </header>
      {children}
    </div>
  );
}

/** Takes away what was painted before the scripts were there (shell/first-paint.ts), in the frame in which the page stands. */
export function takeOver(): void {
  document.getElementById('first')?.remove();
}

/** Set by the router when the person went somewhere; the first load leaves the focus where the browser put it. */
export const arrived = { byRoute: false };
