import { Button, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import { announce } from '../../parts/announce.js';
import { newKey, useCommand } from '../../parts/command.js';
import { CommandFaults } from '../../parts/command-faults.js';
import { OPEN_ROUND } from './documents.js';
import { t } from './words.js';

type Form = { name: string; closes: string; reply: string };

/** A new round: its lottery is committed to when it is opened. */
export function OpenRound() {
  const { register, handleSubmit } = useForm<Form>({ defaultValues: { name: '', closes: '', reply: '' } });
  const command = useCommand(OPEN_ROUND, (path) => ({ name: 'round-name', preferencesCloseAt: 'round-closes', replyBy: 'round-reply' })[path.at(-1) ?? '']);
  const navigate = useNavigate();
  // The fields are in the time of this device; the service keeps instants.
  const instant = (local: string): string => (local === '' ? '' : new Date(local).toISOString());
  const open = handleSubmit(async ({ name, closes, reply }) => {
    const done = await command.send({ input: { idempotencyKey: newKey(), name, mode: 'LEARNER_OPTIMAL', preferencesCloseAt: instant(closes), replyBy: instant(reply) } });
    if (done === null) return;
    announce(t('rounds.opened', { name: done.round.name }));
    await navigate({ to: '/rounds/$id', params: { id: done.round.id } as never });
  });
  return (
    <section className="sheet stack" aria-labelledby="open">
      <h2 id="open">{t('rounds.open')}</h2>
      <CommandFaults command={command} />
      <form className="stack" onSubmit={(event) => void open(event)} noValidate>
        <div className="grid">
          <TextInput id="round-name" label={t('rounds.name')} {...register('name')} />
          <TextInput id="round-closes" type="datetime-local" label={t('rounds.closes')} {...register('closes')} />
          <TextInput id="round-reply" type="datetime-local" label={t('rounds.reply')} {...register('reply')} />
        </div>
        <div>
          <Button type="submit" loading={command.sending}>
            {t('rounds.open')}
          </Button>
        </div>
      </form>
    </section>
  );
}
