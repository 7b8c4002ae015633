import { useQuery } from '@apollo/client/react';
import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { announce } from '../../parts/announce.js';
import { newKey, useCommand } from '../../parts/command.js';
import { CommandFaults } from '../../parts/command-faults.js';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import { Notice } from '../../ui/notice.js';
import { showInstant } from '../../words/format.js';
import { ASK_FOR_MY_DATA, MY_DATA, type MyData } from './documents.js';
import { lead } from '../../words/leads.js';
import { t } from './words.js';

const POLL_MS = 2_000;

/** What is held about the learner and why; a copy of it; and its erasure, which ends the account. */
export function Page() {
  const result = useQuery(MY_DATA, { fetchPolicy: 'cache-and-network' });
  const waiting = result.data?.myData.requests.some(({ state }) => state === 'ACCEPTED') === true;
  // Asked again while an answer is on its way; a session that an erasure ended shows itself in the same way.
  useQuery(MY_DATA, { fetchPolicy: 'network-only', pollInterval: POLL_MS, skip: !waiting });
  const command = useCommand(ASK_FOR_MY_DATA);
  const ask = async (kind: 'ACCESS' | 'ERASURE'): Promise<void> => {
    if ((await command.send({ input: { idempotencyKey: newKey(), kind } })) === null) return;
    announce(t(kind === 'ACCESS' ? 'data.copyAsked' : 'data.eraseAsked'));
    await result.refetch();
  };
  return (
    <Sheet title={t('data.title')} lead={lead('data')}>
      <CommandFaults command={command} />
      <Loaded result={result} what={t('data.title')}>
        {({ myData }) => (
          <div className="stack">
            <Held held={myData.held} />
            <Copy requests={myData.requests} sending={command.sending} waiting={waiting} ask={() => void ask('ACCESS')} fetched={() => void result.refetch()} />
            <Erase requests={myData.requests} sending={command.sending} waiting={waiting} ask={() => void ask('ERASURE')} />
          </div>
        )}
      </Loaded>
    </Sheet>
  );
}

function Held({ held }: Readonly<{ held: MyData['held'] }>) {
  return (
    <section aria-labelledby="held">
      <h2 id="held">{t('data.held')}</h2>
      {held.map(({ purpose, basis, kept, things }) => (
        <details key={purpose + basis + kept}>
          <summary>{purpose}</summary>
          <ul>
            {things.map(({ says, special, keptBecause }) => (
              <li key={says}>
                {says}
                {special && <> ({t('data.special')})</>}
                {keptBecause !== null && <div className="small">{t('data.stays', { why: keptBecause })}</div>}
              </li>
            ))}
          </ul>
          <p className="small">
            {basis} {t('data.kept', { until: kept })}
          </p>
        </details>
      ))}
    </section>
  );
}

type Ask = Readonly<{ requests: MyData['requests']; sending: boolean; waiting: boolean; ask: () => void }>;

function Copy({ requests, sending, waiting, ask, fetched }: Ask & Readonly<{ fetched: () => void }>) {
  const ready = requests.find(({ copyUntil }) => copyUntil !== null);
  return (
    <section aria-labelledby="copy">
      <h2 id="copy">{t('data.copy')}</h2>
      <p>{t('data.copyWhat')}</p>
      {waiting && <Notice live>{t('data.working')}</Notice>}
      {ready === undefined ? (
        <Button loading={sending} disabled={waiting} onClick={ask}>
          {t('data.copyAsk')}
        </Button>
      ) : (
        <Notice kind="done" live>
          {t('data.copyReady', { until: showInstant(ready.copyUntil ?? '') })}{' '}
          {/* A download, not a place of the console; once fetched it is gone, so the page looks again. */}
          <a href={`/my-data/${ready.id}/copy`} download="my-data.zip" onClick={() => window.setTimeout(fetched, POLL_MS)}>
            {t('data.copyFetch')}
          </a>
        </Notice>
      )}
    </section>
  );
}

function Erase({ requests, sending, waiting, ask }: Ask) {
  const [sure, setSure] = useState(false);
  const refused = requests.find(({ kind, state }) => kind === 'ERASURE' && state === 'REFUSED');
  return (
    <section aria-labelledby="erase">
      <h2 id="erase">{t('data.erase')}</h2>
      <p>{t('data.eraseWhat')}</p>
      <ul>
        {([1, 2, 3, 4] as const).map((line) => (
          <li key={line}>{t(`data.erase${line}`)}</li>
        ))}
      </ul>
      {refused?.refusal != null && (
        <Notice kind="beware">
          {t('data.refused', { when: showInstant(refused.doneAt ?? refused.askedAt) })} {refused.refusal}
        </Notice>
      )}
      <Checkbox id="erase-sure" label={t('data.eraseSure')} checked={sure} onChange={(event) => setSure(event.currentTarget.checked)} />
      <p>
        <Button color="red" variant="outline" loading={sending} disabled={!sure || waiting} onClick={ask}>
          {t('data.eraseAsk')}
        </Button>
      </p>
    </section>
  );
}
