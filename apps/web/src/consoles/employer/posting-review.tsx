import { showDate, showPounds } from '../../words/format.js';
import type { Choices } from './documents.js';
import { CHECKS, DAYS, PROGRAMMES, type Posting } from './posting.js';
import { t } from './words.js';

/** The answers as they will be posted, to be checked. */
export function PostingReview({ posting, choices }: Readonly<{ posting: Posting; choices: Choices }>) {
  const names = (keys: readonly string[]): string => keys.map((key) => choices.skills.find((skill) => skill.key === key)?.label ?? key).join(', ') || t('one.none');
  const rows: readonly (readonly [string, string])[] = [
    [t('post.titleField'), posting.title],
    [t('post.description'), posting.description],
    [t('one.facts.programmes'), PROGRAMMES.filter((kind) => posting.programmeKinds.includes(kind)).map((kind) => t(`programmes.${kind}`)).join(', ')],
    [t('one.facts.levels'), t('one.levels', { from: posting.levelFrom, to: posting.levelTo })],
    [t('post.must'), names(posting.must)],
    [t('post.nice'), names(posting.nice)],
    [t('post.teach'), names(posting.teach)],
    [t('one.facts.checks'), CHECKS.filter((kind) => posting.checksNeeded.includes(kind)).map((kind) => t(`checks.${kind}`)).join(', ') || t('one.none')],
    [t('one.facts.where'), choices.campuses.find((campus) => campus.key === posting.campusId)?.name ?? '–'],
    [t('one.facts.dates'), posting.startsOn === '' || posting.endsOn === '' ? '–' : t('one.dates', { from: showDate(posting.startsOn), to: showDate(posting.endsOn) })],
    [t('one.facts.days'), DAYS.filter((day) => posting.weekdays.includes(day)).map((day) => t(`days.${day}`)).join(', ')],
    [t('one.facts.hours'), t('one.hours', { week: posting.hoursPerWeek, total: posting.totalHours })],
    [t('post.openings'), String(posting.openings)],
    [t('one.facts.pay'), posting.pay === 'PAID' ? t('one.paid', { amount: showPounds(Math.round(posting.pounds * 100)) }) : t('one.unpaid')],
  ];
  return (
    <dl className="facts">
      {rows.map(([name, value]) => (
        <Fact key={name} name={name} value={value} />
      ))}
    </dl>
  );
}

export function Fact({ name, value }: Readonly<{ name: string; value: string }>) {
  return (
    <>
      <dt>{name}</dt>
      <dd dir="auto" style={{ whiteSpace: 'pre-line' }}>
        {value}
      </dd>
    </>
  );
}
