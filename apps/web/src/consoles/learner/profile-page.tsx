import { useQuery } from '@apollo/client/react';
import { Button, Checkbox } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { announce } from '../../parts/announce.js';
import { CommandFaults } from '../../parts/command-faults.js';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import { Notice } from '../../ui/notice.js';
import { showDate } from '../../words/format.js';
import { SKILLS, type Profile, type SkillRow } from './documents.js';
import { useProfile } from './use-profile.js';
import { lead } from '../../words/leads.js';
import { t } from './words.js';

const ADJUSTMENTS = ['STEP_FREE', 'HEARING_SUPPORT', 'VISION_SUPPORT', 'QUIET_SPACE', 'FLEXIBLE_HOURS', 'SIGN_LANGUAGE'] as const;

export function Page() {
  const { result, profile, revise, command } = useProfile();
  const skills = useQuery(SKILLS);
  return (
    <Sheet title={t('profile.title')} lead={lead('profile')}>
      <Loaded result={result} what={t('profile.title')}>
        {() =>
          profile !== null && (
            <>
              <Record profile={profile} />
              <Wishes key={profile.id} profile={profile} clusters={(skills.data?.skills ?? []).filter((skill) => skill.kind === 'GROUP')} revise={revise} command={command} />
            </>
          )
        }
      </Loaded>
    </Sheet>
  );
}

function Record({ profile }: Readonly<{ profile: Profile }>) {
  return (
    <section className="sheet stack stack--tight" aria-labelledby="record">
      <h2 id="record">{t('profile.record')}</h2>
      <dl className="facts">
        <dt>{t('profile.provider')}</dt>
        <dd>{profile.provider.name}</dd>
        <dt>{t('profile.qualification')}</dt>
        <dd>{profile.qualification?.title ?? '–'}</dd>
        <dt>{t('profile.level')}</dt>
        <dd>{profile.level}</dd>
        <dt>{t('profile.hours')}</dt>
        <dd>{profile.requiredHours ?? '–'}</dd>
        <dt>{t('profile.checks')}</dt>
        <dd>{profile.checks.length === 0 ? '–' : profile.checks.map((check) => `${t(`checks.${check.kind}`)}${check.expiresOn === null ? '' : ` (${showDate(check.expiresOn)})`}`).join(', ')}</dd>
      </dl>
      <p className="small soft">{t('profile.recordWrong')}</p>
    </section>
  );
}

function Wishes({ profile, clusters, revise, command }: Readonly<{ profile: Profile; clusters: readonly SkillRow[] }> & Pick<ReturnType<typeof useProfile>, 'revise' | 'command'>) {
  const [interests, setInterests] = useState([...profile.interests]);
  const [needs, setNeeds] = useState<string[]>([...profile.adjustmentsNeeded]);
  const [consent, setConsent] = useState(profile.consentToMatching);
  const [saved, setSaved] = useState(false);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const done = await revise({ interests, adjustmentsNeeded: ADJUSTMENTS.filter((need) => needs.includes(need)), consentToMatching: consent });
    setSaved(done);
    if (done) announce(t('profile.saved'));
  };
  return (
    <form className="stack" onSubmit={(event) => void save(event)}>
      <CommandFaults command={command} />
      <Checkbox.Group label={t('profile.interests')} value={interests} onChange={setInterests}>
        <div className="grid" style={{ gap: 8 }}>
          {clusters.map((cluster) => (
            <Checkbox key={cluster.key} value={cluster.cluster ?? ''} label={cluster.label} />
          ))}
        </div>
      </Checkbox.Group>
      <Checkbox.Group label={t('profile.adjustments')} description={t('profile.adjustmentsNote')} value={needs} onChange={setNeeds}>
        <div className="grid" style={{ gap: 8 }}>
          {ADJUSTMENTS.map((need) => (
            <Checkbox key={need} value={need} label={t(`adjustments.${need}`)} />
          ))}
        </div>
      </Checkbox.Group>
      <Checkbox label={t('profile.consent')} description={t('profile.consentNote')} checked={consent} onChange={(event) => setConsent(event.currentTarget.checked)} />
      {saved && <Notice kind="done">{t('profile.saved')}</Notice>}
      <div>
        <Button type="submit" loading={command.sending}>
          {t('profile.save')}
        </Button>
      </div>
    </form>
  );
}
