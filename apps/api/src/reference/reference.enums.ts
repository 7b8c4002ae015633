import { domainEnum } from '../graphql/enums.js';
import type { CampusRow, FigureRow, FundingSourceRow, ProvenanceRow, QualificationRow, SkillRow } from './reference-rows.js';

type Values<T extends string> = Readonly<Record<T, string>>;

/** The keys of the word table are the enum: the compiler holds them against the reference data's own closed sets. */
function referenceEnum<T extends string>(name: string, description: string, words: Values<T>) {
  return domainEnum<T>(name, Object.keys(words) as T[], description, words);
}

/** GraphQL enum values are capitals by custom; the reference data keep their certainties in small letters. */
export type CertaintyName = Uppercase<ProvenanceRow['certainty']>;
export const certaintyName = (certainty: ProvenanceRow['certainty']): CertaintyName => certainty.toUpperCase() as CertaintyName;

export const CertaintyEnum = referenceEnum<CertaintyName>('Certainty', 'How far a row of the reference data may be trusted.', {
  SOURCED: 'Stated by the source named beside it.',
  APPROXIMATE: 'Right in kind, but rounded or placed roughly.',
  UNVERIFIED: 'Our reading or modelling; not found in a source.',
  DISPUTED: 'Sources say different things; the note names both.',
  FICTIONAL: 'Invented for the demonstration, and named so.',
});

export const CampusKindEnum = referenceEnum<CampusRow['kind']>('CampusKind', 'What kind of place a campus is.', {
  CAMPUS: 'A site with buildings and several users.',
  FACILITY: 'A laboratory, workshop or building with a purpose.',
  SERVICE: 'A service that has a place, such as an imaging department.',
  DISTRICT: 'A part of the city that contains campuses.',
  PROGRAMME: 'An undertaking with members and no location.',
  TRANSPORT: 'A station or stop that other places are near.',
});

export const CampusStatusEnum = referenceEnum<CampusRow['status']>('CampusStatus', 'Whether a place can be worked at yet.', {
  OPEN: 'Open and in use at present.',
  DEVELOPING: 'In use while more of it is built.',
  PLANNED: 'Announced, but building has not begun.',
  UNDER_CONSTRUCTION: 'Being built and not yet open.',
  RUNNING: 'A programme that is under way now.',
});

export const LocationPrecisionEnum = referenceEnum<NonNullable<CampusRow['location']>['precision']>('LocationPrecision', 'How exact the coordinates of a place are.', {
  SITE: 'The place itself, to some metres.',
  OUTCODE: 'The middle of its postcode district, about 3 km.',
  APPROXIMATE: 'About 1 km or worse, so journey times are rough.',
});

export const QualificationKindEnum = referenceEnum<QualificationRow['kind']>('QualificationKind', 'What kind of qualification it is.', {
  T_LEVEL: 'T Level, a two-year course at level 3.',
  HTQ: 'Higher technical qualification, level 4 or 5.',
  GCSE: 'General Certificate of Secondary Education, level 1 or 2.',
  FUNCTIONAL_SKILLS: 'Functional Skills in English, mathematics or digital.',
  A_LEVEL: 'A level, an academic course at level 3.',
  BTEC_NATIONAL: 'BTEC National, a vocational course at level 3.',
  ACCESS_TO_HE: 'Access to Higher Education Diploma, level 3.',
  HIGHER_NATIONAL: 'Higher National Certificate or Diploma, level 4 or 5.',
  FOUNDATION_DEGREE: 'Foundation degree at level 5.',
  BACHELOR: 'Bachelor degree with honours, level 6.',
  MASTER: 'Master degree or the like, level 7.',
});

export const QualificationUseEnum = referenceEnum<QualificationRow['usage']>('QualificationUse', 'Whether learners are on it now or came with it.', {
  STUDIED: 'A programme that learners are on while placed.',
  ENTRY: 'Something that learners held before they began.',
});

export const SkillKindEnum = referenceEnum<SkillRow['kind']>('SkillKind', 'What kind of skill it is.', {
  GROUP: 'A heading that holds several skills together.',
  KNOWLEDGE: 'Something a person knows about or understands.',
  SKILL: 'Something a person is able to do.',
  TOOL: 'A tool, machine or program a person can use.',
  ATTITUDE: 'A way of working with people and tasks.',
});

export const FundingKindEnum = referenceEnum<FundingSourceRow['kind']>('FundingKind', 'What kind of funding source it is.', {
  FUND: 'Money with a rule of its own.',
  COHORT: 'A group of learners reported by itself.',
});

export const FigureUnitEnum = referenceEnum<FigureRow['unit']>('FigureUnit', 'What a launch figure counts.', {
  PEOPLE: 'People who are needed or trained.',
  JOBS: 'Jobs that are created or supported.',
  GBP: 'Pounds sterling, not corrected for prices.',
});
