import { useQuery } from '@apollo/client/react';
import { Button, PasswordInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { ResultOf } from '../../gql/graphql.js';
import { CommandFaults } from '../../parts/command-faults.js';
import { useCommand } from '../../parts/command.js';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import { Notice } from '../../ui/notice.js';
import { showInstant } from '../../words/format.js';
import { AccountFactor, AccountPasskeys } from './account-factor.js';
import { AccountIssuer } from './account-issuer.js';
import { ACCOUNT, CHANGE_PASSWORD, END_SESSIONS } from './account-documents.js';
import { lead } from '../../words/leads.js';
import { t } from './words-account.js';

type Viewer = NonNullable<ResultOf<typeof ACCOUNT>['viewer']>;

/** How the person gets in, and where they are signed in: the same page for every role. */
export function Page() {
  const result = useQuery(ACCOUNT, { fetchPolicy: 'network-only' });
  return (
    <Sheet title={t('account.title')} lead={lead('account')}>
      <Loaded result={result} what={t('account.title')}>
        {({ viewer }) =>
          viewer == null ? null : (
            <div className="stack">
              <Sessions sessions={viewer.sessions} changed={() => void result.refetch()} />
              <Password changed={() => void result.refetch()} />
              <AccountFactor credentials={viewer.credentials} changed={() => void result.refetch()} />
              <AccountPasskeys passkeys={viewer.credentials.passkeys} changed={() => void result.refetch()} />
              <AccountIssuer links={viewer.credentials.federatedIdentities} changed={() => void result.refetch()} />
            </div>
          )
        }
      </Loaded>
    </Sheet>
  );
}

function Sessions({ sessions, changed }: Readonly<{ sessions: Viewer['sessions']; changed: () => void }>) {
  const command = useCommand(END_SESSIONS);
  const [ended, setEnded] = useState(false);
  const end = async (sessionId?: string): Promise<void> => {
    const done = await command.send({ input: sessionId === undefined ? {} : { sessionId } });
    setEnded(done !== null);
    if (done !== null) changed();
  };
  return (
    <section className="sheet stack stack--tight" aria-labelledby="sessions">
      <h2 id="sessions">{t('account.sessions')}</h2>
      <CommandFaults command={command} />
      {ended && (
        <Notice kind="done" live>
          {t('account.ended')}
        </Notice>
      )}
      <ul className="stack stack--tight">
        {sessions.map(({ sessionId, kind, startedAt, current }) => (
          <li key={sessionId}>
            {t(kind === 'COOKIE' ? 'account.browser' : 'account.program')} {t('account.since', { when: showInstant(startedAt) })}{' '}
            {current ? (
              <strong>{t('account.here')}</strong>
            ) : (
              <Button variant="default" size="compact-sm" onClick={() => void end(sessionId)} aria-label={`${t('account.end')}, ${t('account.since', { when: showInstant(startedAt) })}`}>
                {t('account.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <div>
          <Button variant="default" onClick={() => void end()} loading={command.sending}>
            {t('account.endOthers')}
          </Button>
        </div>
      )}
    </section>
  );
}

const FIELDS: Readonly<Record<string, string>> = { password: 'account-present', newPassword: 'account-new' };

function Password({ changed }: Readonly<{ changed: () => void }>) {
  const command = useCommand(CHANGE_PASSWORD, (path) => FIELDS[path.at(-1) ?? '']);
  const [form, setForm] = useState({ password: '', newPassword: '' });
  const [done, setDone] = useState(false);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const success = (await command.send({ input: form })) !== null;
    setDone(success);
    if (!success) return;
    setForm({ password: '', newPassword: '' });
    changed();
  };
  const field = (name: keyof typeof form) => ({ id: FIELDS[name], value: form[name], onChange: (event: { currentTarget: { value: string } }) => setForm({ ...form, [name]: event.currentTarget.value }) });
  return (
    <section className="sheet" aria-labelledby="password">
      <h2 id="password">{t('account.passwordTitle')}</h2>
      <form className="stack" style={{ maxWidth: '28rem' }} onSubmit={(event) => void send(event)} noValidate>
        <CommandFaults command={command} />
        {done && (
          <Notice kind="done" live>
            {t('account.changed')}
          </Notice>
        )}
        <PasswordInput {...field('password')} label={t('present')} autoComplete="current-password" required withAsterisk={false} />
        <PasswordInput {...field('newPassword')} label={t('newPassword')} description={t('passwordNote')} autoComplete="new-password" required withAsterisk={false} />
        <div>
          <Button type="submit" loading={command.sending}>
            {t('account.change')}
          </Button>
        </div>
      </form>
    </section>
  );
}
