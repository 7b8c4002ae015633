import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import { announce } from '../../parts/announce.js';
import { newKey, useCommand } from '../../parts/command.js';
import { CommandFaults } from '../../parts/command-faults.js';
import { OPEN_ROUND, type RunRound } from './documents.js';
import { t } from './words.js';

const MODES = ['LEARNER_OPTIMAL', 'ROBUST', 'LARGEST', 'RERUN', 'SCORE', 'EMPLOYER_OPTIMAL'] as const;
const OBJECTIVES = ['GENEROUS', 'GREEDY_LARGEST', 'SIZE_COST', 'SIZE_SQUARED', 'SIZE_DEGREE', 'SIZE', 'GREEDY'] as const;
type Form = { name: string; closes: string; reply: string; mode: (typeof MODES)[number]; objective: (typeof OBJECTIVES)[number]; previous: string };

const FIELDS: Readonly<Record<string, string>> = { name: 'round-name', preferencesCloseAt: 'round-closes', replyBy: 'round-reply', mode: 'round-mode', objective: 'round-objective', previousRoundId: 'round-previous' };

/** A new round: its mode is promised and its lottery committed to when it is opened. */
export function OpenRound({ rounds }: Readonly<{ rounds: readonly RunRound[] }>) {
  const solved = rounds.filter(({ state }) => state === 'SOLVED' || state === 'PUBLISHED');
  const { register, handleSubmit, watch } = useForm<Form>({ defaultValues: { name: '', closes: '', reply: '', mode: 'LEARNER_OPTIMAL', objective: 'GENEROUS', previous: '' } });
  const mode = watch('mode');
  const command = useCommand(OPEN_ROUND, (path) => FIELDS[path.at(-1) ?? '']);
  const navigate = useNavigate();
  // The fields are in the time of this device; the service keeps instants.
  const instant = (local: string): string => (local === '' ? '' : new Date(local).toISOString());
  const open = handleSubmit(async ({ name, closes, reply, objective, previous }) => {
    const done = await command.send({
      input: {
        idempotencyKey: newKey(),
        name,
        mode,
        objective: mode === 'SCORE' ? objective : null,
        previousRoundId: mode === 'RERUN' ? previous || (solved[0]?.id ?? null) : null,
        preferencesCloseAt: instant(closes),
        replyBy: instant(reply),
      },
    });
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
          <NativeSelect id="round-mode" label={t('rounds.mode')} aria-describedby="round-promise" data={MODES.map((each) => ({ value: each, label: t(`modes.${each}`) }))} {...register('mode')} />
          {mode === 'SCORE' && <NativeSelect id="round-objective" label={t('rounds.objective')} data={OBJECTIVES.map((each) => ({ value: each, label: t(`objectives.${each}`) }))} {...register('objective')} />}
          {mode === 'RERUN' && solved.length > 0 && <NativeSelect id="round-previous" label={t('rounds.previous')} data={solved.map(({ id, name }) => ({ value: id, label: name }))} {...register('previous')} />}
        </div>
        <p id="round-promise" className="soft" aria-live="polite">
          {t(`promises.${mode}`)} {mode === 'RERUN' && solved.length === 0 && t('rounds.noPrevious')}
        </p>
        <div>
          <Button type="submit" loading={command.sending}>
            {t('rounds.open')}
          </Button>
        </div>
      </form>
    </section>
  );
}
