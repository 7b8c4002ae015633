import { hash } from '@node-rs/argon2';
import { Passwords } from './passwords.js';
import { Faults } from '../validate/faults.js';

describe('passwords', () => {
  it('are hashed with argon2id, 19456 KiB, two passes, one lane, and match in either spelling of an accent', async () => {
    const passwords = new Passwords();
    const encoded = await passwords.hash('caf\u00e9 au lait, sans sucre');
    expect(encoded).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await passwords.matches(encoded, 'cafe\u0301 au lait, sans sucre')).toBe(true);
    expect(await passwords.matches(encoded, 'caf\u00e9 au lait, avec sucre')).toBe(false);
    expect(await passwords.matches(null, 'anything at all')).toBe(false);
    expect(passwords.outdated(encoded)).toBe(false);
    expect(passwords.outdated(await hash('x', { memoryCost: 8_192, timeCost: 1 }))).toBe(true);
  });

  it('are hashed two at a time; a hundred wait, and the next is refused in words', async () => {
    const passwords = new Passwords();
    let running = 0;
    let most = 0;
    let free: () => void = () => undefined;
    const open = new Promise<void>((resolve) => (free = resolve));
    const gated = (passwords as unknown as { gated(work: () => Promise<void>): Promise<void> }).gated.bind(passwords);
    const one = () =>
      gated(async () => {
        most = Math.max(most, ++running);
        await open;
        running--;
      });
    const all = Array.from({ length: 102 }, one);
    await expect(one()).rejects.toMatchObject({ code: 'TOO_MANY_TRIES' });
    free();
    await Promise.all(all);
    expect([most, running]).toEqual([2, 0]);
    await expect(one()).resolves.toBeUndefined();
  });

  it.each([
    ['short', 'FIELD_INVALID'],
    ['x'.repeat(1_025), 'FIELD_TOO_LONG'],
    ['Password12345', 'PASSWORD_GUESSABLE'],
    ['quillmereby99', 'PASSWORD_GUESSABLE'],
  ])('%.20s is refused as %s', (password, code) => {
    const faults = new Faults();
    new Passwords().check(faults, 'password', password, ['maya@quillmereby.example']);
    expect(() => faults.refuseIfAny()).toThrow(code);
  });
});
