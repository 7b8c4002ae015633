import { useQuery } from '@apollo/client/react';
import { Button, TextInput } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import { announce } from '../../parts/announce.js';
import { newKey, useCommand } from '../../parts/command.js';
import { CommandFaults } from '../../parts/command-faults.js';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import { DataTable } from '../../ui/data-table.js';
import { EmptyState } from '../../ui/empty-state.js';
import { showInstant } from '../../words/format.js';
import { OPEN_ROUND, ROUNDS, type RunRound } from './documents.js';
import { t } from './words.js';

export function Page() {
  const result = useQuery(ROUNDS);
  return (
    <Sheet title={t('rounds.title')} lead={t('rounds.lead')} wide>
      <Loaded result={result} what={t('rounds.title')}>
        {({ rounds }) =>
          rounds.nodes.length === 0 ? (
            <EmptyState title={t('rounds.none')} why={t('rounds.noneWhy')} />
          ) : (
            <DataTable<RunRound>
              label={t('rounds.title')}
              rows={rounds.nodes}
              idOf={(round) => round.id}
              columns={[
                { key: 'name', name: t('rounds.name'), width: '2fr', cell: (round) => <Link to="/rounds/$id" params={{ id: round.id } as never}>{round.name}</Link> },
                { key: 'state', name: t('rounds.state'), width: '1.2fr', cell: (round) => t(`states.${round.state}`) },
                { key: 'closes', name: t('rounds.closes'), width: '1.4fr', cell: (round) => showInstant(round.rules.preferencesCloseAt) },
                { key: 'matched', name: t('rounds.matched'), width: '7rem', end: true, cell: (round) => round.matched ?? '–' },
              ]}
            />
          )
        }
      </Loaded>
      <OpenRound />
    </Sheet>
  );
}

type Form = { name: string; closes: string; reply: string };

function OpenRound() {
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
