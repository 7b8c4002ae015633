import type { Candidate, HireVacancy } from './documents.js';
import { t } from './words.js';

type Must = Readonly<{ key: string; label: string }>;
/** Bars out of three by how a skill is shown; the words beside say the same. */
const BARS: Readonly<Record<Candidate['skills'][number]['source'], number>> = { ASSESSED: 3, CERTIFICATE: 2, STATED: 1 };
const MOST = 3;

export const mustHaves = (vacancy: HireVacancy): readonly Must[] => vacancy.skills.flatMap(({ need, skill }) => (need === 'ESSENTIAL' && skill !== null ? [{ key: skill.key, label: skill.label }] : []));

/** One bar for each must-have of a vacancy: how the candidate shows it, or that it is not in the profile. */
export function Criteria({ musts, candidate }: Readonly<{ musts: readonly Must[]; candidate: Candidate }>) {
  const held = new Map(candidate.skills.flatMap(({ skill, source }) => (skill === null ? [] : [[skill.key, source] as const])));
  return (
    <div>
      <p>{t('candidates.has', { have: musts.filter((must) => held.has(must.key)).length, all: musts.length })}</p>
      <ul className="plain criteria" aria-label={t('candidates.must')}>
        {musts.map((must) => {
          const source = held.get(must.key);
          const bars = source === undefined ? 0 : BARS[source];
          return (
            <li key={must.key} className="criterion">
              <span className="criterion__bar" aria-hidden="true">
                {Array.from({ length: MOST }, (_, bar) => (
                  <i key={bar} className={bar < bars ? 'full' : undefined} />
                ))}
              </span>
              <span>
                {must.label} <span className="soft">({source === undefined ? t('candidates.lacks') : t(`candidates.sources.${source}`)})</span>
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
