import { useQuery } from '@apollo/client/react';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import { ALIASES, WEIGHT_VERSIONS } from './editions-documents.js';
import { Names } from './editions-names.js';
import { Weights } from './editions-weights.js';
import { t } from './editions-words.js';

const MOST = 50;

/** What scores are computed with, who proposed other weights, and how skills are called besides. */
export function Page() {
  const weights = useQuery(WEIGHT_VERSIONS, { variables: { first: MOST } });
  const names = useQuery(ALIASES, { variables: { first: MOST } });
  return (
    <Sheet title={t('title')} lead={t('lead')} wide>
      <Loaded result={weights} what={t('weights')}>
        {({ scoringPolicy, weightVersions }) => <Weights policy={scoringPolicy} versions={weightVersions.nodes} onChange={() => void weights.refetch()} />}
      </Loaded>
      <Loaded result={names} what={t('names')}>
        {({ skillAliases, skills }) => <Names rows={skillAliases.nodes} skills={skills} onChange={() => void names.refetch()} />}
      </Loaded>
    </Sheet>
  );
}
