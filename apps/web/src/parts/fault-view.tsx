import { Button } from '@mantine/core';
import { Notice } from '../ui/notice.js';
import { t } from '../words/core.js';
import { readFault } from '../gql/faults.js';

/** What went wrong with a read, in words for a person: what happened, what is safe, what to do, and the reference to say. */
export function FaultView({ error, retry }: Readonly<{ error: unknown; retry?: () => void }>) {
  const fault = readFault(error);
  return (
    <Notice kind="wrong">
      <div className="stack stack--tight" role="alert">
        {fault.kind === 'unreachable' && (
          <>
            <h2>{t('error.unreachable')}</h2>
            <p>{t('error.unreachableSafe')}</p>
          </>
        )}
        {fault.kind === 'internal' && (
          <>
            <h2>{t('error.title')}</h2>
            <p>{t('error.safe')}</p>
          </>
        )}
        {fault.kind === 'refused' && (
          <>
            <h2>{t('error.refused')}</h2>
            <p>{fault.message}</p>
            {fault.remedy !== undefined && <p>{fault.remedy}</p>}
          </>
        )}
        <p>
          {t('error.reference')}: <code data-reference>{fault.reference}</code>. {t('error.ask')}
        </p>
        {retry && (
          <div>
            <Button variant="outline" onClick={retry}>
              {t('retry')}
            </Button>
          </div>
        )}
      </div>
    </Notice>
  );
}
