import { useQuery } from '@apollo/client/react';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import type { ResultOf } from '../../gql/graphql.js';
import { CommandFaults } from '../../parts/command-faults.js';
import { useCommand, type Success } from '../../parts/command.js';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import { useSession } from '../../parts/session.js';
import { Notice } from '../../ui/notice.js';
import { t as core } from '../../words/core.js';
import { showDate } from '../../words/format.js';
import { ACCEPT, INVITATION } from './account-documents.js';
import { t } from './words-account.js';

type Shown = ResultOf<typeof INVITATION>['invitation'];
type Joined = Success<ResultOf<typeof ACCEPT>>;
const FIELDS: Readonly<Record<string, string>> = { name: 'accept-name', password: 'accept-password', organisationName: 'accept-organisation' };

/** Accepting an invitation: who invites, what is needed, and, for staff, what to keep. Nothing is asked that is known. */
export function Page() {
  const { token = '' }: { token?: string } = useParams({ strict: false });
  const result = useQuery(INVITATION, { variables: { token }, fetchPolicy: 'network-only' });
  const [joined, setJoined] = useState<Joined | null>(null);
  return (
    <Sheet title={t('accept.title')}>
      {joined !== null && result.data !== undefined ? (
        <Done joined={joined} organisation={result.data.invitation?.organisationName ?? ''} />
      ) : (
        <Loaded result={result} what={t('accept.title')}>
          {({ invitation }) => (invitation == null ? null : <Form token={token} invitation={invitation} onJoined={setJoined} />)}
        </Loaded>
      )}
    </Sheet>
  );
}

function Form({ token, invitation, onJoined }: Readonly<{ token: string; invitation: NonNullable<Shown>; onJoined: (joined: Joined) => void }>) {
  const { viewer } = useSession();
  const command = useCommand(ACCEPT, (path) => FIELDS[path.at(-1) ?? '']);
  const [form, setForm] = useState({ name: '', password: '', organisationName: invitation.organisationName });
  const own = viewer?.person.email === invitation.email;
  const field = (name: keyof typeof form) => ({ id: FIELDS[name], value: form[name], onChange: (event: { currentTarget: { value: string } }) => setForm({ ...form, [name]: event.currentTarget.value }) });
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { name, password, organisationName } = form;
    const done = await command.send({
      input: { token, ...(!invitation.hasAccount && { name, password }), ...(invitation.foundsOrganisation && { organisationName }) },
    });
    if (done !== null) onJoined(done);
  };
  return (
    <form className="stack" style={{ maxWidth: '32rem' }} onSubmit={(event) => void send(event)} noValidate>
      <p>{t('accept.joins', { organisation: invitation.organisationName, role: core(`roles.${invitation.role}`) })}</p>
      <dl className="facts">
        <dt>{t('accept.address')}</dt>
        <dd>{invitation.email}</dd>
        <dt>{t('accept.until')}</dt>
        <dd>{showDate(invitation.expiresAt.slice(0, 10))}</dd>
      </dl>
      {invitation.hasAccount && <Notice kind={own ? 'know' : 'beware'}>{own ? t('accept.signedInAs', { email: invitation.email }) : t('accept.hasAccount')}</Notice>}
      <CommandFaults command={command} />
      {invitation.foundsOrganisation && <TextInput {...field('organisationName')} label={t('accept.organisation')} description={t('accept.founds')} autoComplete="organization" required withAsterisk={false} />}
      {!invitation.hasAccount && (
        <>
          <TextInput {...field('name')} label={t('name')} autoComplete="name" required withAsterisk={false} />
          <PasswordInput {...field('password')} label={t('password')} description={t('passwordNote')} autoComplete="new-password" required withAsterisk={false} />
        </>
      )}
      {(!invitation.hasAccount || own) && (
        <div>
          <Button type="submit" loading={command.sending}>
            {t('accept.submit')}
          </Button>
        </div>
      )}
    </form>
  );
}

function Done({ joined, organisation }: Readonly<{ joined: Joined; organisation: string }>) {
  return (
    <div className="stack">
      <Notice kind="done" live>
        {t('accept.done', { organisation })}
      </Notice>
      {joined.totpSecret !== null && (
        <section aria-labelledby="secret">
          <h2 id="secret">{t('accept.secret')}</h2>
          <p>{t('accept.secretWhy')}</p>
          <p>
            <code>{joined.totpSecret}</code>
          </p>
          <p>{t('accept.codes')}</p>
          <ul>
            {joined.recoveryCodes.map((code) => (
              <li key={code}>
                <code>{code}</code>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p>
        <Link to="/sign-in">{t('accept.signIn')}</Link>
      </p>
    </div>
  );
}
