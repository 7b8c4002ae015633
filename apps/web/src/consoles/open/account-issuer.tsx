import { Button, PasswordInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { ResultOf } from '../../gql/graphql.js';
import { CommandFaults } from '../../parts/command-faults.js';
import { useCommand } from '../../parts/command.js';
import { linkIssuer, useIssuer } from '../../parts/issuer.js';
import { textOf, useUrlState } from '../../parts/url-state.js';
import { ErrorSummary, type Fault } from '../../ui/error-summary.js';
import { Notice } from '../../ui/notice.js';
import { showInstant } from '../../words/format.js';
import { issuerWords } from '../../words/issuer.js';
import { REMOVE_LINK, type ACCOUNT } from './account-documents.js';
import { t } from './words-account.js';

type Links = NonNullable<ResultOf<typeof ACCOUNT>['viewer']>['credentials']['federatedIdentities'];
const PASSWORD = 'issuer-password';

/** Signing in through another service: shown where this installation offers one, or where something is linked already. */
export function AccountIssuer({ links, changed }: Readonly<{ links: Links; changed: () => void }>) {
  const name = useIssuer();
  const remove = useCommand(REMOVE_LINK);
  const [{ said }] = useUrlState((search) => ({ said: textOf(search['oidc']) }));
  const [password, setPassword] = useState('');
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  if (name === null && links.length === 0) return null;
  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setFaults(await linkIssuer(password, PASSWORD).catch(() => [{ message: issuerWords('ISSUER_AWAY'), field: PASSWORD }]));
  };
  const unlink = async (federatedIdentityId: string): Promise<void> => {
    if ((await remove.send({ input: { federatedIdentityId } })) !== null) changed();
  };
  return (
    <section className="sheet stack stack--tight" aria-labelledby="issuer">
      <h2 id="issuer">{t('account.issuer')}</h2>
      <p>{t('account.issuerWhy')}</p>
      <CommandFaults command={remove} />
      <ErrorSummary faults={faults} />
      {said !== '' && (
        <Notice kind={said === 'LINKED' ? 'done' : 'beware'} live>
          {issuerWords(said)}
        </Notice>
      )}
      {links.length > 0 && (
        <ul className="stack stack--tight">
          {links.map(({ federatedIdentityId, issuer, linkedAt }) => (
            <li key={federatedIdentityId}>
              {issuer} {t('account.since', { when: showInstant(linkedAt) })}{' '}
              <Button variant="default" size="compact-sm" onClick={() => void unlink(federatedIdentityId)}>
                {t('account.remove', { label: new URL(issuer).host })}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {name !== null && (
        <form className="stack" style={{ maxWidth: '28rem' }} onSubmit={(event) => void add(event)} noValidate>
          <PasswordInput id={PASSWORD} value={password} onChange={(event) => setPassword(event.currentTarget.value)} label={t('present')} description={t('account.passkeyProof')} autoComplete="current-password" required withAsterisk={false} />
          <div>
            <Button type="submit" variant="default">
              {t('account.link', { name })}
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}
