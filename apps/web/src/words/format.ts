/** Dates, numbers and shares as a person in the region reads them. */
const ZONE = 'Europe/London';
const dateFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const instantFormat = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: ZONE });
const numberFormat = new Intl.NumberFormat('en-GB');
const poundsFormat = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' });

/** @param date `YYYY-MM-DD` */
export const showDate = (date: string): string => dateFormat.format(new Date(`${date}T00:00:00Z`));
/** @param instant ISO instant in UTC; shown in the time of Birmingham */
export const showInstant = (instant: string): string => instantFormat.format(new Date(instant));
export const showNumber = (value: number): string => numberFormat.format(value);
/** @param basisPoints ten-thousandths; whole per cent, rounded down as scores are */
export const showPercent = (basisPoints: number): string => `${Math.floor(basisPoints / 100)}%`;
/** @param basisPoints ten-thousandths, as points out of 100 with one decimal, so that the parts shown add up to the whole */
export const showPoints = (basisPoints: number): string => (Math.round(basisPoints / 10) / 10).toFixed(1);
/** @param pence an amount in pence */
export const showPounds = (pence: number): string => poundsFormat.format(pence / 100);
/** `DBS_BASIC` as `dbs basic`, for codes that have no word of their own yet. */
export const plainCode = (code: string): string => code.toLowerCase().replaceAll('_', ' ').replaceAll('-', ' ');
