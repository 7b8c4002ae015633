import { useQuery } from '@apollo/client/react';
import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { CommandFaults } from '../../parts/command-faults.js';
import { newKey, useCommand } from '../../parts/command.js';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import { useSession } from '../../parts/session.js';
import { Notice } from '../../ui/notice.js';
import { showInstant } from '../../words/format.js';
import { END_MEMBERSHIP, INVITE, TEAM, WITHDRAW } from './account-documents.js';
import { lead } from '../../words/leads.js';
import { t } from './words-account.js';

const EMAIL = 'team-email';

/** Who acts for the own organisation: invited here, and ended here. */
export function Page() {
  const { viewer } = useSession();
  const result = useQuery(TEAM, { fetchPolicy: 'network-only' });
  const [invite, end, withdraw] = [useCommand(INVITE, () => EMAIL), useCommand(END_MEMBERSHIP), useCommand(WITHDRAW)];
  const [email, setEmail] = useState('');
  const [key, setKey] = useState(newKey);
  const [sent, setSent] = useState(false);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (viewer === null) return;
    const done = await invite.send({ input: { idempotencyKey: key, email: email.trim(), role: viewer.role } });
    setSent(done !== null);
    // Another wish is another command, whether this one was done or refused.
    setKey(newKey());
    if (done === null) return;
    setEmail('');
    await result.refetch();
  };
  const then = async (done: Promise<unknown>): Promise<void> => {
    if ((await done) !== null) await result.refetch();
  };
  return (
    <Sheet title={t('team.title')} lead={lead('team')}>
      <Loaded result={result} what={t('team.title')}>
        {({ team }) =>
          team == null ? null : (
            <div className="stack">
              <section className="sheet stack stack--tight" aria-labelledby="members">
                <h2 id="members">{t('team.members')}</h2>
                <CommandFaults command={end} />
                <ul className="stack stack--tight">
                  {team.members.map((member) => (
                    <li key={member.membershipId}>
                      {member.name}, {member.email}{' '}
                      <Button variant="default" size="compact-sm" onClick={() => void then(end.send({ input: { membershipId: member.membershipId } }))}>
                        {t('team.end', { name: member.name })}
                      </Button>
                    </li>
                  ))}
                </ul>
              </section>
              <section className="sheet stack stack--tight" aria-labelledby="open-invitations">
                <h2 id="open-invitations">{t('team.invitations')}</h2>
                <CommandFaults command={withdraw} />
                {team.invitations.length === 0 ? (
                  <p>{t('team.none')}</p>
                ) : (
                  <ul className="stack stack--tight">
                    {team.invitations.map((invitation) => (
                      <li key={invitation.invitationId}>
                        {invitation.email}, {t('team.until', { when: showInstant(invitation.expiresAt) })}{' '}
                        <Button variant="default" size="compact-sm" onClick={() => void then(withdraw.send({ input: { invitationId: invitation.invitationId } }))}>
                          {t('team.withdraw', { email: invitation.email })}
                        </Button>
                      </li>
                    ))}
                  </ul>
                )}
                <form className="stack" style={{ maxWidth: '28rem' }} onSubmit={(event) => void send(event)} noValidate>
                  <h3>{t('team.invite')}</h3>
                  <CommandFaults command={invite} />
                  {sent && (
                    <Notice kind="done" live>
                      {t('team.sent')}
                    </Notice>
                  )}
                  <TextInput id={EMAIL} value={email} onChange={(event) => setEmail(event.currentTarget.value)} label={t('email')} type="email" autoComplete="off" inputMode="email" spellCheck={false} required withAsterisk={false} />
                  <div>
                    <Button type="submit" loading={invite.sending}>
                      {t('team.submit')}
                    </Button>
                  </div>
                </form>
              </section>
            </div>
          )
        }
      </Loaded>
    </Sheet>
  );
}
