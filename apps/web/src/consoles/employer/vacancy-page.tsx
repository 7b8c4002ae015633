import { useQuery } from '@apollo/client/react';
import { Button, Modal, NumberInput } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { announce } from '../../parts/announce.js';
import { useCommand } from '../../parts/command.js';
import { CommandFaults } from '../../parts/command-faults.js';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import { t as core } from '../../words/core.js';
import { DiffTable } from '../../ui/diff-table.js';
import { EmptyState } from '../../ui/empty-state.js';
import { plainCode, showDate, showPounds } from '../../words/format.js';
import { CLOSE_VACANCY, ONE_VACANCY, PUBLISH_VACANCY, REVISE_VACANCY, type HireVacancy } from './documents.js';
import { Fact } from './posting-review.js';
import { t } from './words.js';

export function Page() {
  const { id } = useParams({ strict: false }) as { id: string };
  const result = useQuery(ONE_VACANCY, { variables: { id } });
  const vacancy = result.data?.vacancy;
  return (
    <Sheet title={vacancy?.title ?? t('list.title')} lead={vacancy === undefined || vacancy === null ? undefined : t(`list.states.${vacancy.state}`)}>
      <Loaded result={result} what={t('list.title')}>
        {() => (vacancy === null || vacancy === undefined ? <EmptyState title={t('one.gone')} why={t('one.goneWhy')} act={<Link to="/hire">{t('one.back')}</Link>} /> : <One vacancy={vacancy} reload={() => void result.refetch()} />)}
      </Loaded>
    </Sheet>
  );
}

function One({ vacancy, reload }: Readonly<{ vacancy: HireVacancy; reload: () => void }>) {
  const publish = useCommand(PUBLISH_VACANCY);
  const close = useCommand(CLOSE_VACANCY);
  const [sure, setSure] = useState(false);
  const handle = { vacancyId: vacancy.id, version: vacancy.version };
  const skills = (need: HireVacancy['skills'][number]['need']): string => vacancy.skills.filter((each) => each.need === need).map((each) => each.skill?.label ?? plainCode(need)).join(', ') || t('one.none');
  return (
    <>
      <CommandFaults command={publish} />
      <CommandFaults command={close} />
      <dl className="facts">
        <Fact name={t('post.description')} value={vacancy.description} />
        <Fact name={t('one.facts.where')} value={[vacancy.campus?.name, vacancy.campus?.statusNote].filter(Boolean).join('. ')} />
        <Fact name={t('one.facts.dates')} value={t('one.dates', { from: showDate(vacancy.startsOn), to: showDate(vacancy.endsOn) })} />
        <Fact name={t('one.facts.days')} value={vacancy.weekdays.map((day) => t(`days.${day}`)).join(', ')} />
        <Fact name={t('one.facts.hours')} value={t('one.hours', { week: vacancy.hoursPerWeek, total: vacancy.totalHours })} />
        <Fact name={t('one.facts.pay')} value={vacancy.hourlyPence === null ? t('one.unpaid') : t('one.paid', { amount: showPounds(vacancy.hourlyPence) })} />
        <Fact name={t('one.facts.programmes')} value={vacancy.programmeKinds.map((kind) => t(`programmes.${kind}`)).join(', ')} />
        <Fact name={t('one.facts.levels')} value={t('one.levels', { from: vacancy.levelFrom, to: vacancy.levelTo })} />
        <Fact name={t('post.must')} value={skills('ESSENTIAL')} />
        <Fact name={t('post.nice')} value={skills('OPTIONAL')} />
        <Fact name={t('post.teach')} value={skills('WILL_TRAIN')} />
        <Fact name={t('one.facts.checks')} value={vacancy.checksNeeded.map((check) => t(`checks.${check}`)).join(', ') || t('one.none')} />
      </dl>
      {vacancy.state !== 'CLOSED' && <Openings vacancy={vacancy} reload={reload} />}
      <div className="row">
        {vacancy.state === 'DRAFT' && (
          <Button loading={publish.sending} onClick={() => void publish.send({ input: handle })}>
            {t('one.publish')}
          </Button>
        )}
        <Link to="/hire/new" search={{ like: vacancy.id } as never}>
          {t('one.like')}
        </Link>
        {vacancy.state !== 'CLOSED' && (
          <Button variant="outline" color="brick" onClick={() => setSure(true)}>
            {t('one.close')}
          </Button>
        )}
      </div>
      <Modal opened={sure} onClose={() => setSure(false)} title={t('one.closeSure', { title: vacancy.title })} closeButtonProps={{ 'aria-label': core('close') }}>
        <div className="stack">
          <p>{t('one.closeWhat')}</p>
          <div className="row">
            <Button color="brick" loading={close.sending} onClick={() => void close.send({ input: handle }).then(() => setSure(false))}>
              {t('one.close')}
            </Button>
            <Button variant="subtle" onClick={() => setSure(false)}>
              {core('cancel')}
            </Button>
          </div>
        </div>
      </Modal>
    </>
  );
}

/** Openings can change while a vacancy is live; somebody else's change meanwhile is shown, not overwritten. */
function Openings({ vacancy, reload }: Readonly<{ vacancy: HireVacancy; reload: () => void }>) {
  const revise = useCommand(REVISE_VACANCY);
  const [openings, setOpenings] = useState<number>(vacancy.openings);
  const save = async (): Promise<void> => {
    const done = await revise.send({ input: { vacancyId: vacancy.id, version: vacancy.version, details: { openings } } });
    if (done === null) reload();
    else announce(t('one.changed'));
  };
  return (
    <div className="stack stack--tight">
      <CommandFaults command={revise} />
      {revise.conflict && <DiffTable caption={core('error.stale')} differences={[{ field: t('one.openings'), yours: String(openings), theirs: String(vacancy.openings) }]} />}
      <div className="row" style={{ alignItems: 'end' }}>
        <NumberInput label={t('one.openings')} value={openings} min={1} max={500} onChange={(value) => setOpenings(Number(value))} />
        <Button variant="outline" disabled={openings === vacancy.openings} loading={revise.sending} onClick={() => void save()}>
          {t('one.openingsSave')}
        </Button>
      </div>
    </div>
  );
}
