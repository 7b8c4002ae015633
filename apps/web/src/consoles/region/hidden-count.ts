import { showNumber } from '../../words/format.js';
import { t } from './words.js';

type Hidden = Readonly<{ count: number | null; fewerThan5: boolean }>;

/** A count, or in words why it is not shown. */
export const countWords = ({ count, fewerThan5 }: Hidden): string => (count !== null ? showNumber(count) : fewerThan5 ? t('few') : t('hidden'));
