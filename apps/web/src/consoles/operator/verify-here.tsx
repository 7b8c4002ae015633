import { Button } from '@mantine/core';
import { useState } from 'react';
import { FaultView } from '../../parts/fault-view.js';
import { Notice } from '../../ui/notice.js';
import { t } from './words.js';

type Verdict = Readonly<{ learners: number; vacancies: number; violations: readonly string[] }>;

/** Downloads the published file and runs the independent checker here; the checker's code is loaded only then. */
export function VerifyHere({ path }: Readonly<{ path: string }>) {
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const run = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const [{ checkFile }, response] = await Promise.all([import('./check-file.js'), fetch(path, { credentials: 'same-origin' })]);
      if (!response.ok) throw new TypeError(`${response.status}`);
      setVerdict(checkFile(await response.text()));
    } catch (fault) {
      setError(fault);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="stack stack--tight">
      <p>{t('round.verifyWhat')}</p>
      <div className="row">
        <Button variant="outline" loading={busy} onClick={() => void run()}>
          {t('round.verify')}
        </Button>
        <a href={path} download>
          {t('round.download')}
        </a>
      </div>
      {error !== null && <FaultView error={error} />}
      {verdict !== null && (
        <Notice kind={verdict.violations.length === 0 ? 'done' : 'wrong'} live>
          {verdict.violations.length === 0 ? t('round.verified', { learners: verdict.learners, vacancies: verdict.vacancies }) : t('round.refused', { count: verdict.violations.length, first: verdict.violations[0] ?? '' })}
        </Notice>
      )}
    </div>
  );
}
