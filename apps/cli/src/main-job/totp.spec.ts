import { codeAt, stepOf } from './totp.js';

// The secret of RFC 6238 appendix B, "12345678901234567890", in base32; its codes cut to the last six digits.
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('the code of a second factor', () => {
  it.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1234567890, '005924'],
    [2000000000, '279037'],
    [20000000000, '353130'],
  ])('at second %i is that of the RFC', (seconds, code) => {
    expect(codeAt(SECRET, stepOf(seconds * 1000))).toBe(code);
  });

  it('refuses what is not base32', () => {
    expect(() => codeAt('0189', 1)).toThrow('not base32');
  });
});
