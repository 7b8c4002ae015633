import type { ReactNode } from 'react';
import { showInstant } from '../words/format.js';
import { t } from '../words/core.js';
import './receipt-card.css';

/** Proof of what was sent and when; shown for as long as it counts, and printable. */
export function ReceiptCard({ receipt, entries, children }: Readonly<{ receipt: Readonly<{ number: string; at: string; version: number }> | null; entries: number; children?: ReactNode }>) {
  return (
    <div className="receipt">
      <h2 className="receipt__title">{t('receipt.title')}</h2>
      {receipt === null ? (
        <p className="soft">{t('receipt.none')}</p>
      ) : (
        <dl className="facts">
          <dt>{t('receipt.given')}</dt>
          <dd>
            <time dateTime={receipt.at}>{showInstant(receipt.at)}</time>
          </dd>
          <dt>{t('version', { version: '' }).trim()}</dt>
          <dd>
            {receipt.version} · {t('receipt.entries', { count: entries })}
          </dd>
          <dt>{t('receipt.number')}</dt>
          <dd>
            <code>{receipt.number}</code>
          </dd>
        </dl>
      )}
      {receipt !== null && <p className="small soft">{t('receipt.counts')}</p>}
      {children}
    </div>
  );
}
