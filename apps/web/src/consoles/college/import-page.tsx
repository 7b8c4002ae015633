import { ImportSteps } from '../../parts/import-steps.js';
import { Page as Sheet } from '../../parts/page.js';
import { lead } from '../../words/leads.js';
import { t } from './words.js';

export function Page() {
  return (
    <Sheet title={t('imports.title')} lead={lead('importLearners')}>
      <ImportSteps kind="LEARNERS" />
    </Sheet>
  );
}
