import { useEffect, useRef, type ReactNode } from 'react';
import { t } from '../words/core.js';
import './error-summary.css';

export type Fault = Readonly<{ message: string; rule?: string; remedy?: string; /** Id of the field to go to. */ field?: string }>;

/** All that is wrong with a form at its top, each with a link to its field. It takes the focus when it appears. */
export function ErrorSummary({ faults, children }: Readonly<{ faults: readonly Fault[]; children?: ReactNode }>) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (faults.length > 0) box.current?.focus();
  }, [faults]);
  if (faults.length === 0) return null;
  return (
    <div ref={box} className="fault-box" role="alert" tabIndex={-1}>
      <h2 className="fault-box__title">{t('error.summary')}</h2>
      <ul className="plain stack stack--tight">
        {faults.map((fault) => (
          <li key={`${fault.field ?? ''}${fault.message}`}>
            {fault.field === undefined ? (
              <strong>{fault.message}</strong>
            ) : (
              <a href={`#${fault.field}`} onClick={(event) => (event.preventDefault(), document.getElementById(fault.field ?? '')?.focus())}>
                <strong>{fault.message}</strong>
              </a>
            )}
            {fault.remedy !== undefined && <div>{fault.remedy}</div>}
            {fault.rule !== undefined && (
              <div className="soft small">
                {t('error.rule')}: {fault.rule}
              </div>
            )}
          </li>
        ))}
      </ul>
      {children}
    </div>
  );
}
