import { useQuery } from '@apollo/client/react';
import { Button, Checkbox, NativeSelect, NumberInput, Radio, Textarea, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { Controller, useForm, type UseFormReturn } from 'react-hook-form';
import { announce } from '../../parts/announce.js';
import { newKey, useCommand } from '../../parts/command.js';
import { CommandFaults } from '../../parts/command-faults.js';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import type { NamedSkill } from '../../parts/skill-documents.js';
import { useViewer } from '../../parts/session.js';
import { oneOf, textOf, useUrlState } from '../../parts/url-state.js';
import { ErrorSummary, type Fault } from '../../ui/error-summary.js';
import { Line } from '../../ui/line.js';
import { CHOICES, MY_VACANCIES, POST_VACANCY, type Choices, type HireVacancy } from './documents.js';
import { EligibilityPanel } from './eligibility-panel.js';
import { PostingReview } from './posting-review.js';
import { BLANK, CHECKS, DAYS, detailsOf, gapsOf, hoursThatFit, HAZARDS, postingLike, PROGRAMMES, STEPS, type Posting, type Step } from './posting.js';
import { SkillPicker } from './skill-picker.js';
import { lead } from '../../words/leads.js';
import { t } from './words.js';
import './employer.css';

/** Three steps and a check. The step stands in the address, so Back goes back a step; what was filled in stays. */
export function Page() {
  const { organisation } = useViewer();
  const choices = useQuery(CHOICES);
  const mine = useQuery(MY_VACANCIES, { variables: { organisationId: organisation.id } });
  return (
    <Sheet title={t('post.title')} lead={lead('post')} wide>
      <Loaded result={choices} what={t('post.title')}>
        {(data) => <Wizard choices={data} earlier={mine.data?.vacancies.nodes ?? []} />}
      </Loaded>
    </Sheet>
  );
}

function Wizard({ choices, earlier }: Readonly<{ choices: Choices; earlier: readonly HireVacancy[] }>) {
  const [{ step, like }, setView] = useUrlState((search) => ({ step: oneOf(STEPS, search['step'], 'role') as string, like: textOf(search['like']) }));
  const at = oneOf(STEPS, step, 'role');
  const form = useForm<Posting>({ defaultValues: BLANK });
  const command = useCommand(POST_VACANCY, (path) => path.at(-1));
  const [gaps, setGaps] = useState<readonly Fault[]>([]);
  const navigate = useNavigate();
  // Names of skills outside the taxonomy: of a vacancy that this one is like, and of those chosen here.
  const [met, setMet] = useState<readonly NamedSkill[]>([]);
  const known = { ...choices, skills: [...choices.skills, ...earlier.flatMap((vacancy) => vacancy.skills.flatMap(({ skill }) => skill ?? [])), ...met] };
  const began = useRef('');
  useEffect(() => {
    const model = earlier.find((vacancy) => vacancy.id === like);
    if (model === undefined || began.current === like) return;
    began.current = like;
    form.reset(postingLike(model));
  }, [earlier, form, like]);
  const heading = useRef<HTMLHeadingElement>(null);
  const go = (to: Step): void => {
    setGaps([]);
    setView({ step: to }, true);
    setTimeout(() => heading.current?.focus());
  };
  const next = (): void => {
    const found = gapsOf(at, form.getValues());
    setGaps(found);
    if (found.length === 0) go(STEPS[STEPS.indexOf(at) + 1] ?? 'check');
  };
  const post = async (publish: boolean): Promise<void> => {
    const done = await command.send({ input: { idempotencyKey: newKey(), publish, details: detailsOf(form.getValues()) } });
    if (done === null) return;
    announce(t(publish ? 'post.posted' : 'post.drafted', { title: done.vacancy.title }));
    await navigate({ to: '/hire/$id', params: { id: done.vacancy.id } as never });
  };
  const index = STEPS.indexOf(at);
  return (
    <form
      className="wizard stack stack--wide"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (at === 'check') void post(true);
        else next();
      }}
    >
      <Line label={t('post.title')} stops={STEPS.map((name, i) => ({ key: name, name: t(`steps.${name}`), state: i < index ? 'past' : i === index ? 'now' : 'next' }))} words={{ ...t2(), stopped: t('stepWords.next') }} />
      <ErrorSummary faults={gaps} />
      <CommandFaults command={command} />
      <div className="two-thirds">
        <div className="stack">
          <h2 ref={heading} tabIndex={-1}>
            {t(`steps.${at}`)}
          </h2>
          {at === 'role' && <RoleStep form={form} earlier={earlier} onLike={(id) => setView({ like: id })} like={like} />}
          {at === 'needs' && <NeedsStep form={form} choices={known} onMet={(skill) => setMet((before) => [...before, skill])} />}
          {at === 'terms' && <TermsStep form={form} choices={choices} />}
          {at === 'check' && <PostingReview posting={form.getValues()} choices={known} />}
          <div className="row">
            {at === 'check' ? (
              <>
                <Button type="submit" loading={command.sending}>
                  {t('post.publish')}
                </Button>
                <Button type="button" variant="outline" onClick={() => void post(false)} disabled={command.sending}>
                  {t('post.draft')}
                </Button>
              </>
            ) : (
              <Button type="submit">{t('post.next')}</Button>
            )}
            {index > 0 && (
              <Button type="button" variant="subtle" onClick={() => go(STEPS[index - 1] ?? 'role')}>
                {t('post.back')}
              </Button>
            )}
          </div>
        </div>
        <Panel form={form} />
      </div>
    </form>
  );
}

const t2 = () => ({ past: t('stepWords.past'), now: t('stepWords.now'), next: t('stepWords.next') });
type Form = Readonly<{ form: UseFormReturn<Posting> }>;

/** What the choices so far amount to, as they are made. */
function Panel({ form }: Form) {
  const posting = form.watch();
  const fits = hoursThatFit(posting);
  return (
    <aside className="sheet stack stack--tight" aria-label={t('post.panel')}>
      <h2>{t('post.panel')}</h2>
      <p>
        <strong>{posting.title}</strong>
      </p>
      <p>{t('post.panelMust', { count: posting.must.length })}</p>
      {posting.must.length >= 5 && <p>{t('post.panelMany')}</p>}
      {fits !== null && <p>{t('post.panelHours', { hours: fits, week: posting.hoursPerWeek })}</p>}
      {posting.programmeKinds.includes('T_LEVEL') && <p className="soft">{t('post.panelT')}</p>}
      <EligibilityPanel posting={posting} />
    </aside>
  );
}

function RoleStep({ form, earlier, onLike, like }: Form & Readonly<{ earlier: readonly HireVacancy[]; onLike: (id: string) => void; like: string }>) {
  return (
    <>
      {earlier.length > 0 && <NativeSelect label={t('post.template')} value={like} onChange={(event) => onLike(event.currentTarget.value)} data={[{ value: '', label: t('post.blank') }, ...earlier.map((vacancy) => ({ value: vacancy.id, label: t('post.like', { title: vacancy.title }) }))]} />}
      <TextInput id="title" label={t('post.titleField')} maxLength={200} {...form.register('title')} />
      <Textarea id="description" label={t('post.description')} description={t('post.descriptionNote')} maxLength={10_000} autosize minRows={4} {...form.register('description')} />
      <Group form={form} name="programmeKinds" label={t('post.programmes')} options={PROGRAMMES.map((kind) => [kind, t(`programmes.${kind}`)])} />
      <div className="row" style={{ alignItems: 'end' }}>
        <Amount form={form} name="levelFrom" label={t('post.levelFrom')} min={1} max={8} />
        <Amount form={form} name="levelTo" label={t('post.levelTo')} min={1} max={8} />
      </div>
    </>
  );
}

function NeedsStep({ form, choices, onMet }: Form & Readonly<{ choices: Choices; onMet: (skill: NamedSkill) => void }>) {
  const taken = [...form.watch('must'), ...form.watch('nice'), ...form.watch('teach')];
  return (
    <>
      {(['must', 'nice', 'teach'] as const).map((name) => (
        <Controller key={name} name={name} control={form.control} render={({ field }) => <SkillPicker id={name} label={t(`post.${name}`)} note={name === 'must' ? t('post.mustNote') : undefined} skills={choices.skills} taken={taken} value={field.value} onChange={field.onChange} onMet={onMet} />} />
      ))}
      <Group form={form} name="checksNeeded" label={t('post.checks')} options={CHECKS.map((kind) => [kind, t(`checks.${kind}`)])} />
      <Group form={form} name="hazards" label={t('post.hazards')} options={HAZARDS.map((kind) => [kind, t(`hazards.${kind}`)])} />
    </>
  );
}

function TermsStep({ form, choices }: Form & Readonly<{ choices: Choices }>) {
  return (
    <>
      <NativeSelect id="campusId" label={t('post.campus')} {...form.register('campusId')} data={[{ value: '', label: '–' }, ...choices.campuses.map((campus) => ({ value: campus.key, label: campus.statusNote === '' || campus.status === 'OPEN' ? campus.name : `${campus.name} (${campus.statusNote})` }))]} />
      <div className="grid">
        <TextInput id="startsOn" type="date" label={t('post.from')} {...form.register('startsOn')} />
        <TextInput id="endsOn" type="date" label={t('post.to')} {...form.register('endsOn')} />
        <Amount form={form} name="openings" label={t('post.openings')} min={1} max={500} />
        <Amount form={form} name="hoursPerWeek" label={t('post.hoursPerWeek')} min={1} max={48} />
        <Amount form={form} name="totalHours" label={t('post.totalHours')} min={1} max={2500} />
      </div>
      <div id="days" tabIndex={-1}>
        <Group form={form} name="weekdays" label={t('post.days')} options={DAYS.map((day) => [day, t(`days.${day}`)])} />
      </div>
      <Controller
        name="pay"
        control={form.control}
        render={({ field }) => (
          <Radio.Group label={t('post.pay')} value={field.value} onChange={field.onChange}>
            <div className="row">
              <Radio value="UNPAID_REQUIRED_BY_COURSE" label={t('post.unpaid')} />
              <Radio value="PAID" label={t('post.paid')} />
            </div>
          </Radio.Group>
        )}
      />
      {form.watch('pay') === 'PAID' && <Amount form={form} name="pounds" label={t('post.pounds')} min={0} max={200} decimals={2} />}
    </>
  );
}

function Group({ form, name, label, options }: Form & Readonly<{ name: 'programmeKinds' | 'checksNeeded' | 'hazards' | 'weekdays'; label: string; options: readonly (readonly [string, string])[] }>) {
  return (
    <Controller
      name={name}
      control={form.control}
      render={({ field }) => (
        <Checkbox.Group label={label} value={field.value} onChange={field.onChange}>
          <div className="row">
            {options.map(([value, words]) => (
              <Checkbox key={value} value={value} label={words} />
            ))}
          </div>
        </Checkbox.Group>
      )}
    />
  );
}

function Amount({ form, name, label, min, max, decimals = 0 }: Form & Readonly<{ name: 'levelFrom' | 'levelTo' | 'openings' | 'hoursPerWeek' | 'totalHours' | 'pounds'; label: string; min: number; max: number; decimals?: number }>) {
  return <Controller name={name} control={form.control} render={({ field }) => <NumberInput id={name} label={label} min={min} max={max} decimalScale={decimals} {...field} onChange={(value) => field.onChange(Number(value))} />} />;
}
