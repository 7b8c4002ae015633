import type { LearnerRow } from './documents.js';
import { t } from './words.js';

/** The quickest to mend first: a switch, a form, a reminder, and what needs thought. */
export const KINDS = ['consent', 'profile', 'unranked', 'narrow'] as const;
export type Kind = (typeof KINDS)[number];

/** Why a learner is not on the way yet; null for those who have ranked, or have an offer or a place. */
export function whyUnplaced(learner: Pick<LearnerRow, 'stage' | 'consentToMatching'>): Kind | null {
  if (!learner.consentToMatching && learner.stage !== 'PLACED') return 'consent';
  if (learner.stage === 'NO_PROFILE') return 'profile';
  if (learner.stage === 'SUGGESTED') return 'unranked';
  if (learner.stage === 'NO_SUGGESTION') return 'narrow';
  return null;
}

export function reasonWords(kind: Kind, learner: Pick<LearnerRow, 'skills' | 'outcode' | 'travelModes' | 'availability' | 'maxTravelMinutes'>): string {
  const gaps = [learner.skills.length === 0 && t('unplaced.gaps.skills'), learner.outcode === null && t('unplaced.gaps.travel'), learner.travelModes.length === 0 && t('unplaced.gaps.modes'), learner.availability === null && t('unplaced.gaps.days')].filter((gap) => gap !== false);
  const modes = learner.travelModes.map((mode) => t(`modes.${mode}`)).join(', ');
  return t(`unplaced.reasons.${kind}`, { what: gaps.join(', ') || '–', minutes: learner.maxTravelMinutes, modes: modes || '–' });
}
