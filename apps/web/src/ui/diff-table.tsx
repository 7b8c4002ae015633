import type { ReactNode } from 'react';
import { t } from '../words/core.js';
import './diff-table.css';

export type Difference = Readonly<{ field: string; yours: string; theirs: string }>;

/** Two states of one thing side by side, only what differs: nothing is overwritten without having been seen. */
export function DiffTable({ caption, differences, names, act }: Readonly<{ caption: string; differences: readonly Difference[]; names?: Readonly<{ yours: string; theirs: string }>; act?: ReactNode }>) {
  const words = names ?? { yours: t('diff.yours'), theirs: t('diff.theirs') };
  return (
    <div className="stack stack--tight">
      <table className="diff">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('diff.field')}</th>
            <th scope="col">{words.yours}</th>
            <th scope="col">{words.theirs}</th>
          </tr>
        </thead>
        <tbody>
          {differences.length === 0 && (
            <tr>
              <td colSpan={3}>{t('diff.same')}</td>
            </tr>
          )}
          {differences.map((difference) => (
            <tr key={difference.field}>
              <th scope="row">{difference.field}</th>
              <td data-name={words.yours}>{difference.yours}</td>
              <td data-name={words.theirs} className="diff__theirs">
                {difference.theirs}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {act !== undefined && <div className="row">{act}</div>}
    </div>
  );
}
