import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { Doors, FoundSkill } from '@meriden/services';
import { domainEnum } from '../graphql/enums.js';
import { BasisPointsScalar } from '../graphql/scalars.js';
import { GateType, ScoreTermType } from './suggestion.types.js';

type Kind = Doors['doors'][number]['kind'];

export const EditKindEnum = domainEnum<Kind>(
  'EditKind',
  ['ADD_SKILL', 'ADD_WEEKDAY', 'MORE_HOURS', 'TRAVEL_FURTHER', 'ADD_TRAVEL_MODE', 'GET_CHECK'],
  'One thing a learner could change; nothing about who the learner is can be among them.',
  {
    ADD_SKILL: 'Learn a skill, or add it if it is there already.',
    ADD_WEEKDAY: 'Keep one more day of the week free.',
    MORE_HOURS: 'Give more hours a week to a placement.',
    TRAVEL_FURTHER: 'Accept a longer journey than so far.',
    ADD_TRAVEL_MODE: 'Travel in another way than so far.',
    GET_CHECK: 'Have a check done that the site needs.',
  },
);

@ObjectType('OpenDoor', { description: 'One change a learner could make, and what it would do: computed, never estimated.' })
export class OpenDoorType {
  @Field(() => EditKindEnum, { description: 'What kind of change it is.' })
  kind: Kind;
  @Field(() => String, { description: 'The skill, day, mode or check, or the new number of minutes or hours.' })
  value: string;
  @Field(() => String, { description: 'What to do, in plain words.' })
  advice: string;
  @Field(() => Int, { description: 'Basis points that the score of this vacancy would gain.' })
  scoreChange: number;
  @Field(() => Int, { nullable: true, description: 'Places up among open vacancies; null where it stays shut.' })
  rankChange: number | null;
  @Field(() => [String], { description: 'Codes of the gates of this vacancy that would stop failing.' })
  opens: readonly string[];
}

@ObjectType('Doors', { description: 'One learner and one live vacancy, suggested or shut: the score now, and up to 12 changes that would raise it.' })
export class DoorsType {
  @Field(() => Boolean, { description: 'Whether no gate shuts the vacancy to the learner.' })
  eligible: boolean;
  @Field(() => BasisPointsScalar, { description: 'How well the vacancy fits the learner now.' })
  score: number;
  @Field(() => BasisPointsScalar, { description: 'The same pair from the employer’s side.' })
  employerScore: number;
  @Field(() => [GateType], { description: 'Every eligibility rule with its outcome and remedy.' })
  gates: readonly GateType[];
  @Field(() => [ScoreTermType], { description: 'The addends of the score, with reasons.' })
  terms: readonly ScoreTermType[];
  @Field(() => [OpenDoorType], { description: 'Single changes, those first that open most.' })
  doors: readonly Doors['doors'][number][];
}

@ObjectType('FoundSkill', { description: 'A skill that a text seems to name: a suggestion, which counts only once a person confirms it.' })
export class FoundSkillType implements Omit<FoundSkill, 'skillId'> {
  @Field(() => String, { description: 'The words that name it, as written.' })
  words: string;
  @Field(() => Int, { description: 'Where the words begin, in code points from 0.' })
  start: number;
  @Field(() => Int, { description: 'Where the words end, exclusive, in code points.' })
  end: number;
  @Field(() => BasisPointsScalar, { description: 'How alike the words and the name of the skill are.' })
  certainty: number;
}
