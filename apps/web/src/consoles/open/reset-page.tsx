import { Button, PasswordInput } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { CommandFaults } from '../../parts/command-faults.js';
import { useCommand } from '../../parts/command.js';
import { Page as Sheet } from '../../parts/page.js';
import { Notice } from '../../ui/notice.js';
import { RESET } from './account-documents.js';
import { lead } from '../../words/leads.js';
import { t } from './words-account.js';

const PASSWORD = 'reset-password';

export function Page() {
  const { token = '' }: { token?: string } = useParams({ strict: false });
  const command = useCommand(RESET, () => PASSWORD);
  const [password, setPassword] = useState('');
  const [done, setDone] = useState(false);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setDone((await command.send({ input: { token, password } })) !== null);
  };
  return (
    <Sheet title={t('reset.title')} lead={lead('reset')}>
      {done ? (
        <>
          <Notice kind="done" live>
            {t('reset.done')}
          </Notice>
          <p>
            <Link to="/sign-in">{t('reset.signIn')}</Link>
          </p>
        </>
      ) : (
        <form className="stack" style={{ maxWidth: '28rem' }} onSubmit={(event) => void send(event)} noValidate>
          <CommandFaults command={command} />
          <PasswordInput id={PASSWORD} value={password} onChange={(event) => setPassword(event.currentTarget.value)} label={t('newPassword')} description={t('passwordNote')} autoComplete="new-password" required withAsterisk={false} />
          <div>
            <Button type="submit" loading={command.sending}>
              {t('reset.submit')}
            </Button>
          </div>
        </form>
      )}
    </Sheet>
  );
}
