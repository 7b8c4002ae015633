import { useQuery } from '@apollo/client/react';
import { Button, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { announce } from '../../parts/announce.js';
import { CommandFaults } from '../../parts/command-faults.js';
import { Loaded } from '../../parts/loaded.js';
import { Page as Sheet } from '../../parts/page.js';
import type { NamedSkill } from '../../parts/skill-documents.js';
import { useSkillsHeard } from '../../parts/skills-named.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Notice } from '../../ui/notice.js';
import { SKILLS, type Profile, type SkillRow } from './documents.js';
import { heardAs } from './skill-search.js';
import { useProfile, type Changes } from './use-profile.js';
import { lead } from '../../words/leads.js';
import { t } from './words.js';

const OFFERED = 4;
type SkillInput = NonNullable<Changes['skills']>[number];

/** Skills in the learner's own words; the learner confirms which skill they mean, and the words stay as evidence. */
export function Page() {
  const { result, profile, revise, command } = useProfile();
  const taxonomy = useQuery(SKILLS);
  return (
    <Sheet title={t('skills.title')} lead={lead('skills')}>
      <Loaded result={result} what={t('skills.title')}>
        {() =>
          profile !== null && (
            <>
              <CommandFaults command={command} />
              <Add profile={profile} skills={taxonomy.data?.skills ?? []} onAdd={(skills) => revise({ skills })} />
              <Held profile={profile} busy={command.sending} onKeep={(skills) => revise({ skills })} />
            </>
          )
        }
      </Loaded>
    </Sheet>
  );
}

const inputsOf = (profile: Profile): SkillInput[] => profile.skills.flatMap(({ skill, evidence, source }) => (skill === null ? [] : [{ skillId: skill.key, evidence, source }]));

function Add({ profile, skills, onAdd }: Readonly<{ profile: Profile; skills: readonly SkillRow[]; onAdd: (skills: SkillInput[]) => Promise<boolean> }>) {
  const [words, setWords] = useState('');
  const held = new Set(profile.skills.map(({ skill }) => skill?.key));
  const { linked, named, asking } = useSkillsHeard(words);
  // What the sentence names first, then what the taxonomy has like it, then what begins so. Nothing before the service has answered: the first is what Enter takes.
  const heard = asking ? [] : [...new Map([...linked, ...heardAs(words, skills, OFFERED + held.size), ...named].map((skill) => [skill.key, skill])).values()].filter((skill) => !held.has(skill.key)).slice(0, OFFERED);
  const add = async (skill: NamedSkill): Promise<void> => {
    if (!(await onAdd([...inputsOf(profile), { skillId: skill.key, evidence: words.trim().slice(0, 500), source: 'STATED' }]))) return;
    announce(t('skills.added', { name: skill.label }));
    setWords('');
    document.getElementById('skill-words')?.focus();
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (heard[0] !== undefined) void add(heard[0]);
      }}
    >
      <TextInput id="skill-words" label={t('skills.words')} description={t('skills.wordsNote')} value={words} onChange={(event) => setWords(event.currentTarget.value)} maxLength={500} autoComplete="off" />
      <div role="status" className="stack stack--tight">
        {words.trim().length > 2 && heard.length === 0 && !asking && <p>{t('skills.notFound')}</p>}
        {heard.length > 0 && <p>{t('skills.heard')}</p>}
      </div>
      {heard.length > 0 && (
        <div className="row">
          {heard.map((skill, index) => (
            <Button key={skill.id} type={index === 0 ? 'submit' : 'button'} variant="outline" onClick={index === 0 ? undefined : () => void add(skill)}>
              {t('skills.add', { name: skill.label })}
            </Button>
          ))}
        </div>
      )}
    </form>
  );
}

function Held({ profile, busy, onKeep }: Readonly<{ profile: Profile; busy: boolean; onKeep: (skills: SkillInput[]) => Promise<boolean> }>) {
  const remove = async (key: string, name: string): Promise<void> => {
    if (await onKeep(inputsOf(profile).filter((skill) => skill.skillId !== key))) announce(t('skills.removed', { name }));
  };
  if (profile.skills.length === 0) return <EmptyState title={t('skills.have')} why={t('skills.none')} />;
  return (
    <section className="stack" aria-labelledby="have">
      <h2 id="have">{t('skills.have')}</h2>
      <ul className="plain">
        {profile.skills.map(
          ({ skill, evidence, source }) =>
            skill !== null && (
              <li key={skill.id} className="row row--apart" style={{ borderTop: '1px solid var(--line)', paddingBlock: 8 }}>
                <span>
                  <strong>{skill.label}</strong> <span className="soft">({t(`skills.sources.${source}`)})</span>
                  {evidence !== '' && <span style={{ display: 'block' }}>{t('skills.evidence', { words: evidence })}</span>}
                </span>
                <Button variant="subtle" disabled={busy} onClick={() => void remove(skill.key, skill.label)}>
                  {t('skills.remove', { name: skill.label })}
                </Button>
              </li>
            ),
        )}
      </ul>
      <Notice>
        <Link to="/matches">{t('skills.see')}</Link>
      </Notice>
    </section>
  );
}
