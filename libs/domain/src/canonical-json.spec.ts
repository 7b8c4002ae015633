import { canonicalJson } from './canonical-json.js';

describe('canonicalJson', () => {
  it('sorts keys at every depth and drops undefined members', () => {
    expect(canonicalJson({ b: [{ z: 1, a: 'é' }], a: undefined, 10: null, 9: true })).toBe('{"10":null,"9":true,"b":[{"a":"é","z":1}]}');
  });
  it('refuses what is not data', () => {
    expect(() => canonicalJson({ a: Number.NaN })).toThrow(TypeError);
    expect(() => canonicalJson(() => 1)).toThrow(TypeError);
  });
});
