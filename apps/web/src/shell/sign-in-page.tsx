import { useMutation } from '@apollo/client/react';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type FormEvent } from 'react';
import { SIGN_IN } from '../gql/session.js';
import { FaultView } from '../parts/fault-view.js';
import { goToIssuer, useIssuer } from '../parts/issuer.js';
import { enterByPasskey, knowsPasskeys } from '../parts/passkey.js';
import { Page as Sheet } from '../parts/page.js';
import { useSession } from '../parts/session.js';
import { textOf, useUrlState } from '../parts/url-state.js';
import { ErrorSummary, type Fault } from '../ui/error-summary.js';
import { Notice } from '../ui/notice.js';
import { t } from '../words/core.js';
import { issuerWords } from '../words/issuer.js';
import { homeOf } from '../parts/home.js';

const FIELDS = { email: 'sign-in-email', password: 'sign-in-password', code: 'sign-in-code' } as const;

/** Only a path of our own may be gone to after signing in. */
const ownPath = (path: string): string | null => (/^\/(?![/\\])/.test(path) ? path : null);

/** Password, then the second factor where the account has one. No puzzle, no memory test; everything may be pasted. */
export function Page() {
  const { renew } = useSession();
  const navigate = useNavigate();
  const issuer = useIssuer();
  const [{ next, why, oidc }] = useUrlState((search) => ({ next: textOf(search['next']), why: textOf(search['why']), oidc: textOf(search['oidc']) }));
  const [signIn, { loading, error }] = useMutation(SIGN_IN);
  const [form, setForm] = useState({ email: '', password: '', code: '' });
  const [codeAsked, setCodeAsked] = useState(false);
  const [faults, setFaults] = useState<readonly Fault[]>([]);

  const missing = (): readonly Fault[] => [
    ...(form.email.trim() === '' ? [{ message: t('signIn.emailMissing'), field: FIELDS.email }] : []),
    ...(form.password === '' ? [{ message: t('signIn.passwordMissing'), field: FIELDS.password }] : []),
    ...(codeAsked && form.code.trim() === '' ? [{ message: t('signIn.codeMissing'), field: FIELDS.code }] : []),
  ];
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const gaps = missing();
    setFaults(gaps);
    if (gaps.length > 0) return;
    const { data } = await signIn({ variables: { input: { email: form.email.trim(), password: form.password, code: form.code.replace(/\s/g, '') || null, kind: 'COOKIE' } } }).catch(() => ({ data: undefined }));
    const answer = data?.signIn;
    if (answer?.__typename === 'Refused') {
      const asks = answer.refusals.some((refusal) => refusal.code === 'SECOND_FACTOR_REQUIRED');
      setCodeAsked((before) => before || asks);
      setFaults(asks && !codeAsked ? [] : answer.refusals.map(({ message, remedy, path }) => ({ message, remedy, field: FIELDS[path.at(-1) as keyof typeof FIELDS] ?? FIELDS.email })));
      if (asks) setTimeout(() => document.getElementById(FIELDS.code)?.focus());
      return;
    }
    if (answer?.__typename === 'SignInSuccess') await enter();
  };
  const enter = async (): Promise<boolean> => {
    const viewer = await renew();
    if (viewer !== null) await navigate({ to: ownPath(next) ?? homeOf(viewer.role), replace: true });
    return viewer !== null;
  };
  // Back from the other service, with the cookie of a new session.
  useEffect(() => {
    if (oidc === 'DONE') void enter().then((entered) => setFaults(entered ? [] : [{ message: t('signIn.issuerFailed'), field: FIELDS.email }]));
    // Once, as the page comes up.
  }, []);
  const byPasskey = async (): Promise<void> => {
    if (await enterByPasskey()) await enter();
    else setFaults([{ message: t('signIn.passkeyFailed'), field: FIELDS.email }]);
  };
  const field = (name: keyof typeof FIELDS) => ({ id: FIELDS[name], value: form[name], onChange: (event: { currentTarget: { value: string } }) => setForm({ ...form, [name]: event.currentTarget.value }), error: faults.find((fault) => fault.field === FIELDS[name])?.message });

  return (
    <Sheet title={t('signIn.title')}>
      <div className="two-thirds">
        <form className="stack" style={{ maxWidth: '28rem' }} onSubmit={(event) => void send(event)} noValidate>
          {why === 'ended' && <Notice kind="beware">{t('signIn.ended')}</Notice>}
          {why === 'signed-out' && <Notice kind="done">{t('signIn.signedOut')}</Notice>}
          {oidc !== '' && oidc !== 'DONE' && (
            <Notice kind="beware" live>
              {issuerWords(oidc)}
            </Notice>
          )}
          <ErrorSummary faults={faults} />
          {error && <FaultView error={error} />}
          <TextInput {...field('email')} label={t('signIn.email')} type="email" autoComplete="username" inputMode="email" spellCheck={false} required withAsterisk={false} />
          <PasswordInput {...field('password')} label={t('signIn.password')} autoComplete="current-password" required withAsterisk={false} />
          {codeAsked && <TextInput {...field('code')} label={t('signIn.code')} description={t('signIn.codeNote')} inputMode="numeric" autoComplete="one-time-code" required withAsterisk={false} />}
          <div>
            <Button type="submit" loading={loading}>
              {t('signIn.submit')}
            </Button>
          </div>
          {knowsPasskeys() && (
            <div>
              <Button type="button" variant="default" onClick={() => void byPasskey()}>
                {t('signIn.passkey')}
              </Button>
            </div>
          )}
          {issuer !== null && (
            <div>
              <Button type="button" variant="default" onClick={() => goToIssuer(next)}>
                {t('signIn.issuer', { name: issuer })}
              </Button>
            </div>
          )}
          <p>
            <Link to="/forgot">{t('signIn.forgot')}</Link>
          </p>
        </form>
        <aside className="stack stack--tight">
          <p className="soft">{t('signIn.which')}</p>
          <p>
            {t('signIn.aside')} <Link to="/how-matching-works">{t('signIn.asideHow')}</Link>
          </p>
        </aside>
      </div>
    </Sheet>
  );
}

