import { useId, useState, type ReactNode } from 'react';
import { t } from '../words/core.js';
import './chart-frame.css';

export type Twin = Readonly<{ columns: readonly string[]; rows: readonly (readonly (string | number)[])[] }>;

/** A picture, the sentence that says what it shows, and the same figures as a table: never a picture alone. */
export function ChartFrame({ title, reading, twin, source, children }: Readonly<{ title: string; reading: string; twin: Twin; source?: string; children: ReactNode }>) {
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  return (
    <figure className="chart" aria-labelledby={id}>
      <div className="row row--apart">
        <h2 id={id} className="chart__title">{title}</h2>
        <button type="button" className="chart__toggle no-print" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {t('chart.toggle')}
        </button>
      </div>
      <p className="chart__reading">{reading}</p>
      {asTable ? <TwinTable title={title} twin={twin} /> : <div className="chart__picture">{children}</div>}
      {source !== undefined && <figcaption className="small soft">{source}</figcaption>}
    </figure>
  );
}

export function TwinTable({ title, twin }: Readonly<{ title: string; twin: Twin }>) {
  return (
    <div className="chart__table" tabIndex={0} role="region" aria-label={`${title}, ${t('chart.table')}`}>
      <table>
        <caption className="unseen">{title}</caption>
        <thead>
          <tr>
            {twin.columns.map((column, at) => (
              <th key={column} scope="col" className={isNumber(twin.rows[0]?.[at]) ? 'chart__number' : undefined}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {twin.rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, at) => (at === 0 ? <th key={at} scope="row">{cell}</th> : <td key={at} className={isNumber(cell) ? 'chart__number' : undefined}>{cell}</td>))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Numbers, and numbers already written out, stand on the right. */
const isNumber = (cell: string | number | undefined): boolean => typeof cell === 'number' || (cell !== undefined && /^[\d,.]+%?$/.test(cell));
