import { guessable } from './common-passwords.js';

describe('a password that would be guessed soon', () => {
  it.each([
    'password1234',
    'P@ssw0rd2026!',
    'Passwort12345',
    'qwertyuiop12',
    'aaaaaaaaaaaaa',
    'abcabcabcabc',
    '123456789012',
    'Welcome2026!!',
    'letmeinletmein',
    'Liverpool1892!',
    'iloveyou1234',
    'Birmingham2026',
    'correcthorsebatterystaple',
    'asdfghjkl;123',
    'Meriden-2026!',
    'summer.winter.12',
  ])('%s is said to be', (password) => {
    expect(guessable(password)).toMatch(/\.$/);
  });

  it('is one made of the person’s own name or address', () => {
    expect(guessable('Quillmereby2009', ['maya.quillmereby@college.example', 'Maya Quillmereby'])).toMatch(/names/);
    expect(guessable('Quillmereby2009')).toBeNull();
  });
});

it.each(['kettle umbrella gravel', 'vT7#kq!zP2rL9x', 'seven otters juggle', 'Zwetschgenknödel', 'my hovercraft is full of eels', '木々の緑が美しい季節だよ'])(
  '%s is nothing of the kind',
  (password) => {
    expect(guessable(password)).toBeNull();
  },
);
