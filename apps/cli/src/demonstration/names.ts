import type { Dice } from './dice.js';

/**
 * Given names in use among people of the region, and family names that nobody bears: put together from two made-up halves and
 * marked, so that no learner of the demonstration region can be taken for a person.
 */
const GIVEN_NAMES = [
  'Aaliyah', 'Adaeze', 'Aiden', 'Aisha', 'Alfie', 'Amara', 'Amelia', 'Amir', 'Anaya', 'Aneta', 'Arjun', 'Ayaan', 'Beatrice', 'Bilal', 'Caleb', 'Carys',
  'Chidi', 'Chloe', 'Daniel', 'Dawid', 'Deepa', 'Dylan', 'Ebony', 'Elif', 'Ella', 'Emeka', 'Esme', 'Ethan', 'Farah', 'Fatima', 'Finley', 'Freya',
  'George', 'Grace', 'Gurpreet', 'Hamza', 'Hannah', 'Harpreet', 'Harry', 'Ibrahim', 'Imani', 'Isaac', 'Isla', 'Jaden', 'Jasmine', 'Jaspreet', 'Kai', 'Kamil',
  'Karolina', 'Keira', 'Kwame', 'Layla', 'Leon', 'Liam', 'Lily', 'Logan', 'Maisie', 'Mariam', 'Mateusz', 'Maya', 'Mia', 'Mohammed', 'Nadia', 'Naomi',
  'Niamh', 'Noah', 'Nikita', 'Oliver', 'Olivia', 'Omar', 'Oscar', 'Parveen', 'Phoebe', 'Priya', 'Rahul', 'Rebecca', 'Reuben', 'Riya', 'Rohan', 'Ruby',
  'Safiya', 'Samuel', 'Sana', 'Sarah', 'Seren', 'Shanice', 'Simran', 'Sofia', 'Tariq', 'Tegan', 'Thomas', 'Tia', 'Tobi', 'Umar', 'Victoria', 'Wiktoria',
  'William', 'Yasmin', 'Yusuf', 'Zainab', 'Zara', 'Zeynep',
] as const;

const FAMILY_STARTS = [
  'Quill', 'Brindle', 'Ash', 'Tarn', 'Merri', 'Fenn', 'Holl', 'Wystan', 'Corve', 'Larkin', 'Pell', 'Ruddle', 'Sorrel', 'Thistle', 'Umber', 'Vennel',
  'Wend', 'Yarrow', 'Alder', 'Bramble', 'Cinder', 'Dunnock', 'Elder', 'Flint', 'Gorse', 'Heron', 'Ivel', 'Juniper', 'Kestrel', 'Linnet',
] as const;
const FAMILY_ENDS = ['mereby', 'wickley', 'combestow', 'thwaitely', 'fordney', 'barrowe', 'stoverly', 'holmeston', 'leightley', 'worthingway'] as const;

/** Stands behind every family name. */
export const FICTIONAL_MARK = '(demo)';

export function personName(dice: Dice): { givenName: string; familyName: string } {
  const family = `${dice.pick(FAMILY_STARTS)}${dice.pick(FAMILY_ENDS)}`;
  return { givenName: dice.pick(GIVEN_NAMES), familyName: `${family} ${FICTIONAL_MARK}` };
}

const HOST_PLACES = [
  'Aston', 'Balsall', 'Bearwood', 'Bordesley', 'Canley', 'Castle Vale', 'Chelmsley', 'Cofton', 'Digbeth', 'Earlsdon', 'Edgbaston', 'Elmdon', 'Foleshill',
  'Gibbet Hill', 'Harborne', 'Hay Mills', 'Hockley', 'Kings Heath', 'Kinver', 'Ladywood', 'Marston Green', 'Meriden', 'Moseley', 'Nechells', 'Northfield',
  'Olton', 'Perry Barr', 'Rea Valley', 'Rotton Park', 'Saltley', 'Shirley', 'Smethwick', 'Soho Loop', 'Stirchley', 'Tyseley', 'Vauxhall', 'Whitley', 'Witton',
] as const;

/** By skill cluster: what such a firm calls itself. */
const HOST_TRADES: Readonly<Record<string, readonly string[]>> = {
  'ai-data': ['Health Analytics', 'Clinical AI', 'Data Works'],
  'wearables-electronics': ['Wearables', 'Biosensors', 'Medical Electronics'],
  imaging: ['Imaging Systems', 'Ultrasound', 'Image Analysis'],
  'diagnostics-lab': ['Diagnostics', 'Pathology Services', 'Genomics'],
  immunology: ['Immunology', 'Allergy Diagnostics', 'Cell Analysis'],
  'digital-health': ['Digital Care', 'Health Software', 'Remote Monitoring'],
  therapeutics: ['Therapeutics', 'Cell Therapies', 'Bioprocess'],
  'device-engineering': ['Surgical Devices', 'Orthopaedics', 'Device Engineering'],
  'quality-regulation': ['Regulatory Services', 'Device Quality', 'Compliance'],
  'clinical-engineering': ['Device Servicing', 'Clinical Engineering', 'Equipment Library'],
  'clinical-research': ['Clinical Research', 'Trials Unit', 'Evidence'],
};

/** All combinations for one trade, in a seeded order; names of hosts are drawn from it without repeats. */
export function hostNames(dice: Dice, cluster: string): string[] {
  const trades = HOST_TRADES[cluster] ?? ['MedTech'];
  return dice.some(trades.flatMap((trade) => HOST_PLACES.map((place) => `${place} ${trade}`)), trades.length * HOST_PLACES.length);
}
