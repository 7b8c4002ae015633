/**
 * The English (Porter2) stemmer: M. F. Porter, "The English (Porter2) stemming algorithm", Snowball, 2001. One word in lower
 * case in, its stem out: "managing", "managed", "manages" -> "manag". O(length). Kept whole, as published.
 */
const VOWEL = 'aeiouy';
const DOUBLES = ['bb', 'dd', 'ff', 'gg', 'mm', 'nn', 'pp', 'rr', 'tt'];
const LI_ENDING = 'cdeghkmnrt';
const EXCEPTIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    skis: 'ski', skies: 'sky', dying: 'die', lying: 'lie', tying: 'tie', idly: 'idl', gently: 'gentl', ugly: 'ugli', early: 'earli', only: 'onli',
    singly: 'singl', sky: 'sky', news: 'news', howe: 'howe', atlas: 'atlas', cosmos: 'cosmos', bias: 'bias', andes: 'andes',
  }),
);
const STAY_AFTER_1A = new Set(['inning', 'outing', 'canning', 'herring', 'earring', 'proceed', 'exceed', 'succeed']);

const STEP_2: readonly (readonly [string, string])[] = [
  ['ization', 'ize'], ['ational', 'ate'], ['fulness', 'ful'], ['ousness', 'ous'], ['iveness', 'ive'], ['tional', 'tion'], ['biliti', 'ble'], ['lessli', 'less'],
  ['entli', 'ent'], ['ation', 'ate'], ['alism', 'al'], ['aliti', 'al'], ['ousli', 'ous'], ['iviti', 'ive'], ['fulli', 'ful'], ['enci', 'ence'], ['anci', 'ance'],
  ['abli', 'able'], ['izer', 'ize'], ['ator', 'ate'], ['alli', 'al'], ['bli', 'ble'], ['ogi', 'og'], ['li', ''],
];
const STEP_3: readonly (readonly [string, string])[] = [
  ['ational', 'ate'], ['tional', 'tion'], ['alize', 'al'], ['icate', 'ic'], ['iciti', 'ic'], ['ative', ''], ['ical', 'ic'], ['ness', ''], ['ful', ''],
];
const STEP_4 = ['ement', 'ance', 'ence', 'able', 'ible', 'ment', 'ant', 'ent', 'ism', 'ate', 'iti', 'ous', 'ive', 'ize', 'ion', 'al', 'er', 'ic'];

const isVowel = (letter: string | undefined): boolean => letter !== undefined && VOWEL.includes(letter);
const hasVowel = (text: string): boolean => [...text].some((letter) => isVowel(letter));

/** Start of the region after the first consonant that follows a vowel, at or after `from`. */
function region(word: string, from: number): number {
  for (let i = from + 1; i < word.length; i++) if (!isVowel(word[i]) && isVowel(word[i - 1])) return i + 1;
  return word.length;
}

/** Ends in a short syllable: vowel + consonant (not w, x, Y) after a consonant, or a two-letter vowel + consonant. */
function endsShort(word: string): boolean {
  const n = word.length;
  if (n === 2) return isVowel(word[0]) && !isVowel(word[1]);
  return n > 2 && !isVowel(word[n - 3]) && isVowel(word[n - 2]) && !isVowel(word[n - 1]) && !'wxY'.includes(word[n - 1] as string);
}

export function stem(input: string): string {
  if (input.length < 3) return input;
  const exception = EXCEPTIONS.get(input);
  if (exception !== undefined) return exception;
  let word = input.replace(/^'/, '').replace(/^y/, 'Y').replace(/([aeiouy])y/g, '$1Y');
  const prefix = /^(gener|commun|arsen)/.exec(word);
  const r1 = prefix ? prefix[0].length : region(word, 0);
  const r2 = region(word, r1);

  word = word.replace(/('s'|'s|')$/, '');
  if (word.endsWith('sses')) word = word.slice(0, -2);
  else if (/(ied|ies)$/.test(word)) word = word.length > 4 ? word.slice(0, -2) : word.slice(0, -1);
  else if (word.endsWith('s') && !/(us|ss)$/.test(word) && hasVowel(word.slice(0, -2))) word = word.slice(0, -1);
  if (STAY_AFTER_1A.has(word)) return word;

  const eed = /(eedly|eed)$/.exec(word);
  if (eed) {
    if (eed.index >= r1) word = `${word.slice(0, eed.index)}ee`;
  } else {
    const past = /(ingly|edly|ing|ed)$/.exec(word);
    if (past && hasVowel(word.slice(0, past.index))) {
      word = word.slice(0, past.index);
      if (/(at|bl|iz)$/.test(word)) word += 'e';
      else if (DOUBLES.some((pair) => word.endsWith(pair))) word = word.slice(0, -1);
      else if (endsShort(word) && r1 >= word.length) word += 'e';
    }
  }
  if (/[yY]$/.test(word) && word.length > 2 && !isVowel(word[word.length - 2])) word = `${word.slice(0, -1)}i`;

  const two = STEP_2.find(([ending]) => word.endsWith(ending));
  if (two && word.length - two[0].length >= r1) {
    const before = word.slice(0, -two[0].length);
    if (two[0] === 'ogi') word = before.endsWith('l') ? `${before}og` : word;
    else if (two[0] === 'li') word = LI_ENDING.includes(before.at(-1) ?? ' ') ? before : word;
    else word = before + two[1];
  }
  const three = STEP_3.find(([ending]) => word.endsWith(ending));
  if (three && word.length - three[0].length >= r1) {
    const before = word.length - three[0].length;
    if (three[0] !== 'ative' || before >= r2) word = word.slice(0, before) + three[1];
  }
  const four = STEP_4.find((ending) => word.endsWith(ending));
  if (four && word.length - four.length >= r2) {
    const before = word.slice(0, -four.length);
    if (four !== 'ion' || /[st]$/.test(before)) word = before;
  }
  if (word.endsWith('e')) {
    const at = word.length - 1;
    if (at >= r2 || (at >= r1 && !endsShort(word.slice(0, -1)))) word = word.slice(0, -1);
  } else if (word.endsWith('l') && word.length - 1 >= r2 && word[word.length - 2] === 'l') word = word.slice(0, -1);
  return word.toLowerCase();
}
