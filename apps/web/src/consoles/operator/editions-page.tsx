import { useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import { ALIASES, WEIGHT_VERSIONS } from './editions-documents.js';
import { Names } from './editions-names.js';
import { Weights } from './editions-weights.js';
import { lead } from '../../words/leads.js';
import { t } from './editions-words.js';

const MOST = 50;
/** While a trial is computed. */
const LOOK_AGAIN_MS = 2_000;

/** What scores are computed with, who proposed other weights, and how skills are called besides. */
export function Page() {
  const weights = useQuery(WEIGHT_VERSIONS, { variables: { first: MOST } });
  const trying = weights.data?.weightVersions.nodes.some(({ state, report }) => state === 'PROPOSED' && report === null) === true;
  const { startPolling, stopPolling } = weights;
  useEffect(() => {
    if (!trying) return undefined;
    startPolling(LOOK_AGAIN_MS);
    return stopPolling;
  }, [trying, startPolling, stopPolling]);
  const names = useQuery(ALIASES, { variables: { first: MOST } });
  return (
    <Sheet title={t('title')} lead={lead('editions')} wide>
      <Loaded result={weights} what={t('weights')}>
        {({ scoringPolicy, weightVersions }) => <Weights policy={scoringPolicy} versions={weightVersions.nodes} onChange={() => void weights.refetch()} />}
      </Loaded>
      <Loaded result={names} what={t('names')}>
        {({ skillAliases, skills }) => <Names rows={skillAliases.nodes} skills={skills} onChange={() => void names.refetch()} />}
      </Loaded>
    </Sheet>
  );
}
