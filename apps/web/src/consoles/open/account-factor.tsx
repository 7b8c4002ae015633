import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { ResultOf } from '../../gql/graphql.js';
import { CommandFaults } from '../../parts/command-faults.js';
import { useCommand, type Success } from '../../parts/command.js';
import { addPasskey, knowsPasskeys } from '../../parts/passkey.js';
import { ErrorSummary, type Fault } from '../../ui/error-summary.js';
import { Notice } from '../../ui/notice.js';
import { CONFIRM_FACTOR, REMOVE_PASSKEY, START_FACTOR, type ACCOUNT } from './account-documents.js';
import { t } from './words-account.js';

type Credentials = NonNullable<ResultOf<typeof ACCOUNT>['viewer']>['credentials'];
const PASSKEY_PASSWORD = 'passkey-password';
const FIELDS: Readonly<Record<string, string>> = { code: 'factor-code', password: 'factor-password' };

/** The authenticator app: its secret first, then a code made with it, then codes for the day the device is lost. */
export function AccountFactor({ credentials, changed }: Readonly<{ credentials: Credentials; changed: () => void }>) {
  const start = useCommand(START_FACTOR);
  const confirm = useCommand(CONFIRM_FACTOR, (path) => FIELDS[path.at(-1) ?? '']);
  const [begun, setBegun] = useState<Success<ResultOf<typeof START_FACTOR>> | null>(null);
  const [codes, setCodes] = useState<readonly string[]>([]);
  const [form, setForm] = useState({ code: '', password: '' });
  const begin = async (): Promise<void> => setBegun(await start.send({}));
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (begun === null) return;
    const done = await confirm.send({ input: { ticket: begun.ticket, code: form.code.replace(/\s/g, ''), password: form.password } });
    if (done === null) return;
    setCodes(done.recoveryCodes);
    setBegun(null);
    setForm({ code: '', password: '' });
    changed();
  };
  const field = (name: keyof typeof form) => ({ id: FIELDS[name], value: form[name], onChange: (event: { currentTarget: { value: string } }) => setForm({ ...form, [name]: event.currentTarget.value }) });
  return (
    <section className="sheet stack stack--tight" aria-labelledby="factor">
      <h2 id="factor">{t('account.factor')}</h2>
      <p>{credentials.authenticator ? t('account.factorOn', { left: credentials.recoveryCodesLeft }) : t('account.factorOff')}</p>
      <CommandFaults command={start} />
      {codes.length > 0 && (
        <Notice kind="done" live>
          <p>{t('account.inForce')}</p>
          <ul>
            {codes.map((code) => (
              <li key={code}>
                <code>{code}</code>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {begun === null ? (
        <div>
          <Button variant="default" onClick={() => void begin()} loading={start.sending}>
            {t(credentials.authenticator ? 'account.again' : 'account.begin')}
          </Button>
        </div>
      ) : (
        <form className="stack" style={{ maxWidth: '28rem' }} onSubmit={(event) => void send(event)} noValidate>
          <CommandFaults command={confirm} />
          <p>
            {t('account.secret')}: <code>{begun.secret}</code>
          </p>
          <TextInput {...field('code')} label={t('account.code')} inputMode="numeric" autoComplete="one-time-code" required withAsterisk={false} />
          <PasswordInput {...field('password')} label={t('present')} autoComplete="current-password" required withAsterisk={false} />
          <div>
            <Button type="submit" loading={confirm.sending}>
              {t('account.confirm')}
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}

export function AccountPasskeys({ passkeys, changed }: Readonly<{ passkeys: Credentials['passkeys']; changed: () => void }>) {
  const remove = useCommand(REMOVE_PASSKEY);
  const [form, setForm] = useState({ label: '', password: '' });
  const [said, setSaid] = useState<'added' | 'failed' | null>(null);
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const added = await addPasskey(form.label.trim(), form.password, PASSKEY_PASSWORD);
    setFaults(added.faults);
    setSaid(added.done ? 'added' : added.faults.length === 0 ? 'failed' : null);
    if (!added.done) return;
    setForm({ label: '', password: '' });
    changed();
  };
  const forget = async (passkeyId: string): Promise<void> => {
    if ((await remove.send({ input: { passkeyId } })) !== null) changed();
  };
  return (
    <section className="sheet stack stack--tight" aria-labelledby="passkeys">
      <h2 id="passkeys">{t('account.passkeys')}</h2>
      <p>{t('account.passkeysWhy')}</p>
      <CommandFaults command={remove} />
      <ErrorSummary faults={faults} />
      {said !== null && (
        <Notice kind={said === 'added' ? 'done' : 'beware'} live>
          {t(said === 'added' ? 'account.added' : 'account.failed')}
        </Notice>
      )}
      {passkeys.length === 0 ? (
        <p>{t('account.none')}</p>
      ) : (
        <ul className="stack stack--tight">
          {passkeys.map((key) => (
            <li key={key.passkeyId}>
              {key.label}{' '}
              <Button variant="default" size="compact-sm" onClick={() => void forget(key.passkeyId)}>
                {t('account.remove', { label: key.label })}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {knowsPasskeys() && (
        <form className="stack" style={{ maxWidth: '28rem' }} onSubmit={(event) => void add(event)} noValidate>
          <TextInput value={form.label} onChange={(event) => setForm({ ...form, label: event.currentTarget.value })} label={t('account.label')} required withAsterisk={false} />
          <PasswordInput id={PASSKEY_PASSWORD} value={form.password} onChange={(event) => setForm({ ...form, password: event.currentTarget.value })} label={t('present')} description={t('account.passkeyProof')} autoComplete="current-password" required withAsterisk={false} />
          <div>
            <Button type="submit" variant="default">
              {t('account.add')}
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}
