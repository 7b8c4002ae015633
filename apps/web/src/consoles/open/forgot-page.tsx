import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { CommandFaults } from '../../parts/command-faults.js';
import { useCommand } from '../../parts/command.js';
import { Page as Sheet } from '../../parts/page.js';
import { Notice } from '../../ui/notice.js';
import { FORGOT } from './account-documents.js';
import { lead } from '../../words/leads.js';
import { t } from './words-account.js';

const EMAIL = 'forgot-email';

export function Page() {
  const command = useCommand(FORGOT, () => EMAIL);
  const [email, setEmail] = useState('');
  const [done, setDone] = useState(false);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setDone((await command.send({ input: { email: email.trim() } })) !== null);
  };
  return (
    <Sheet title={t('forgot.title')} lead={lead('forgot')}>
      <form className="stack" style={{ maxWidth: '28rem' }} onSubmit={(event) => void send(event)} noValidate>
        <CommandFaults command={command} />
        {done && (
          <Notice kind="done" live>
            {t('forgot.done')}
          </Notice>
        )}
        <TextInput id={EMAIL} value={email} onChange={(event) => setEmail(event.currentTarget.value)} label={t('email')} type="email" autoComplete="username" inputMode="email" spellCheck={false} required withAsterisk={false} />
        <div>
          <Button type="submit" loading={command.sending}>
            {t('forgot.submit')}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
