import { Button, Checkbox, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { announce } from '../../parts/announce.js';
import { CommandFaults } from '../../parts/command-faults.js';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import { DiffTable, type Difference } from '../../ui/diff-table.js';
import { Notice } from '../../ui/notice.js';
import type { Profile } from './documents.js';
import { useProfile, type Changes } from './use-profile.js';
import { lead } from '../../words/leads.js';
import { t } from './words.js';

const MODES = ['WALK', 'CYCLE', 'BUS', 'RAIL', 'CAR'] as const;
const DAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;

type Form = { outcode: string; travelModes: string[]; maxTravelMinutes: number; from: string; to: string; weekdays: string[]; hoursPerWeek: number };

const formOf = (profile: Profile): Form => ({
  outcode: profile.outcode ?? '',
  travelModes: [...profile.travelModes],
  maxTravelMinutes: profile.maxTravelMinutes,
  from: profile.availability?.from ?? '',
  to: profile.availability?.to ?? '',
  weekdays: [...(profile.availability?.weekdays ?? [])],
  hoursPerWeek: profile.availability?.hoursPerWeek ?? 30,
});

function changesOf(form: Form): Changes {
  const days = DAYS.filter((day) => form.weekdays.includes(day));
  return {
    outcode: form.outcode.trim() === '' ? null : form.outcode.trim().toUpperCase(),
    travelModes: MODES.filter((mode) => form.travelModes.includes(mode)),
    maxTravelMinutes: form.maxTravelMinutes,
    availability: form.from === '' && form.to === '' && days.length === 0 ? null : { from: form.from, to: form.to, weekdays: days, hoursPerWeek: form.hoursPerWeek },
  };
}

export function Page() {
  const { result, profile, revise, command } = useProfile();
  return (
    <Sheet title={t('travel.title')} lead={lead('travel')}>
      <Loaded result={result} what={t('travel.title')}>
        {() => profile !== null && <TravelForm key={profile.id} profile={profile} revise={revise} command={command} />}
      </Loaded>
    </Sheet>
  );
}

/** Keeps what was typed when somebody else changed the profile meanwhile, and shows both. */
function TravelForm({ profile, revise, command }: Readonly<{ profile: Profile }> & Pick<ReturnType<typeof useProfile>, 'revise' | 'command'>) {
  const { register, control, handleSubmit, getValues, reset } = useForm<Form>({ defaultValues: formOf(profile) });
  const [saved, setSaved] = useState(false);
  const save = handleSubmit(async (form) => {
    const done = await revise(changesOf(form));
    setSaved(done);
    if (done) announce(t('travel.saved'));
  });
  return (
    <form className="stack" onSubmit={(event) => void save(event)} noValidate>
      <CommandFaults command={command} />
      {command.conflict && <DiffTable caption={t('travel.conflict')} differences={differences(getValues(), formOf(profile))} act={<Button type="button" variant="outline" onClick={() => (reset(formOf(profile)), command.clear())}>{t('rankings.discard')}</Button>} />}
      <div className="grid">
        <TextInput id="outcode" label={t('travel.outcode')} description={t('travel.outcodeNote')} autoComplete="off" {...register('outcode')} />
        <Controller name="maxTravelMinutes" control={control} render={({ field }) => <NumberInput id="maxTravelMinutes" label={t('travel.minutes')} min={5} max={180} step={5} {...field} onChange={(value) => field.onChange(Number(value))} />} />
      </div>
      <Controller
        name="travelModes"
        control={control}
        render={({ field }) => (
          <Checkbox.Group label={t('travel.modes')} value={field.value} onChange={field.onChange}>
            <div className="row">
              {MODES.map((mode) => (
                <Checkbox key={mode} value={mode} label={t(`modes.${mode}`)} />
              ))}
            </div>
          </Checkbox.Group>
        )}
      />
      <div className="grid">
        <TextInput id="from" type="date" label={t('travel.from')} {...register('from')} />
        <TextInput id="to" type="date" label={t('travel.to')} {...register('to')} />
        <Controller name="hoursPerWeek" control={control} render={({ field }) => <NumberInput id="hoursPerWeek" label={t('travel.hours')} min={1} max={48} {...field} onChange={(value) => field.onChange(Number(value))} />} />
      </div>
      <Controller
        name="weekdays"
        control={control}
        render={({ field }) => (
          <Checkbox.Group label={t('travel.days')} value={field.value} onChange={field.onChange}>
            <div className="row">
              {DAYS.map((day) => (
                <Checkbox key={day} value={day} label={t(`days.${day}`)} />
              ))}
            </div>
          </Checkbox.Group>
        )}
      />
      {saved && <Notice kind="done">{t('travel.saved')}</Notice>}
      <div>
        <Button type="submit" loading={command.sending}>
          {t('travel.save')}
        </Button>
      </div>
    </form>
  );
}

function differences(yours: Form, theirs: Form): readonly Difference[] {
  const names: Readonly<Record<keyof Form, string>> = { outcode: t('travel.outcode'), travelModes: t('travel.modes'), maxTravelMinutes: t('travel.minutes'), from: t('travel.from'), to: t('travel.to'), weekdays: t('travel.days'), hoursPerWeek: t('travel.hours') };
  return (Object.keys(names) as (keyof Form)[]).flatMap((key) => (String(yours[key]) === String(theirs[key]) ? [] : [{ field: names[key], yours: String(yours[key]), theirs: String(theirs[key]) }]));
}
