/**
 * Whether a password is one that guessers try first. Offline, and a rule rather than a list of millions: people reach twelve characters
 * by taking a common word or two and decorating them, so the decoration is taken off and what is left is looked up.
 */

/** What people build passwords from, in small letters: the words of known leaks' top, of this country, and of this service. */
const WORDS = new Set(
  `password passwort passphrase passcode letmein welcome willkommen hello login logon signin admin administrator root user guest test testing
  tester default changeme change secret qwerty qwertyuiop qwertz azerty asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc abc abcd abcdef
  iloveyou love lovely forever trustno trust sunshine princess dragon monkey football baseball superman batman spiderman starwars pokemon
  minecraft fortnite roblox shadow master michael jordan jessica jennifer charlie daniel thomas george oliver ashley nicole hannah matthew
  andrew joshua william samantha elizabeth summer winter spring autumn january february march april may june july august september october
  november december monday tuesday wednesday thursday friday saturday sunday birthday christmas chocolate cookie cheese banana orange
  purple yellow silver golden diamond flower butterfly freedom whatever nothing computer internet google facebook instagram whatsapp
  snapchat youtube tiktok amazon apple samsung liverpool arsenal chelsea manchester united everton rangers celtic tottenham villa astonvilla
  birmingham wolverhampton coventry walsall dudley solihull sandwell westmidlands england britain london college student teacher school
  learner university apprentice apprenticeship placement employer employers meriden medtech hospital nhs tlevel tlevels btec work job
  money family mother father sister brother baby angel babygirl babyboy hunter killer ranger soccer hockey tennis cricket rugby music guitar
  matrix access mustang harley corvette ferrari porsche mercedes tigger ginger pepper bailey buster maggie cooper lucky happy smile smiley
  correct horse battery staple correcthorsebatterystaple the quick brown fox and my is a i you me new old one two three four five six seven eight nine ten
  zero temp temporary safe secure security private public office windows linux ubuntu system server database oracle cisco`.split(/\s+/),
);

/** Signs that stand for letters. */
const LEET: Readonly<Record<string, string>> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b', '9': 'g', '@': 'a', $: 's', '!': 'i', '+': 't', '|': 'l' };
const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1234567890', 'abcdefghijklmnopqrstuvwxyz', '0123456789'];
const ENOUGH = 6;

/**
 * Why a password would be guessed soon, in words; null when nothing speaks against it.
 * @param about what is known of the person: address, names. A password must not be made of them.
 */
export function guessable(password: string, about: readonly string[] = []): string | null {
  const plain = password.normalize('NFKC').toLowerCase();
  if (new Set(plain).size < ENOUGH) return 'It repeats the same few characters.';
  if (repeats(plain)) return 'It is one short piece said again and again.';
  const own = new Set(about.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((part) => part.length > 2));
  for (const spelling of [plain, unleet(plain)]) {
    const left = rest(spelling, own);
    if (left < ENOUGH) return 'Once common words, names, years and rows of keys are taken away, almost nothing of it is left.';
  }
  return null;
}

const unleet = (text: string): string => [...text].map((sign) => LEET[sign] ?? sign).join('');

function repeats(text: string): boolean {
  for (let length = 1; length <= text.length / 3; length++) {
    if (text === text.slice(0, length).repeat(Math.ceil(text.length / length)).slice(0, text.length)) return true;
  }
  return false;
}

/**
 * How many characters remain when known pieces, sequences and decoration are taken out, with one counted for each known piece, so that
 * four unrelated words make a good password and two do not.
 */
function rest(text: string, own: ReadonlySet<string>): number {
  let at = 0;
  let left = 0;
  let pieces = 0;
  while (at < text.length) {
    const known = longestKnown(text, at, own);
    if (known > 0) {
      at += known;
      pieces++;
    } else {
      // A lone digit or sign at the edges of words is decoration: half of a character's worth at most.
      left += /\p{L}/u.test(text[at] ?? '') ? 1 : 0.25;
      at++;
    }
  }
  return left + (pieces > 3 ? pieces * 2 : pieces / 2);
}

function longestKnown(text: string, at: number, own: ReadonlySet<string>): number {
  for (let length = Math.min(30, text.length - at); length >= 3; length--) {
    const piece = text.slice(at, at + length);
    if (WORDS.has(piece) || own.has(piece) || isYear(piece) || isRow(piece)) return length;
  }
  return 0;
}

const isYear = (piece: string): boolean => /^(19|20)\d\d$/.test(piece);

function isRow(piece: string): boolean {
  const back = [...piece].reverse().join('');
  return ROWS.some((row) => row.includes(piece) || row.includes(back));
}
