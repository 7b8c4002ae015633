import { Kind } from 'graphql';
import { BasisPointsScalar, DateTimeScalar, LocalDateScalar, UuidScalar } from './scalars.js';

describe('scalars', () => {
  it('leave the meaning of a date to the services, and refuse what is no short text', () => {
    expect(LocalDateScalar.parseValue('2026-02-31')).toBe('2026-02-31');
    expect(() => LocalDateScalar.parseValue(20260231)).toThrow('text');
    expect(() => DateTimeScalar.parseValue('9'.repeat(401))).toThrow('at most 400');
    expect(() => LocalDateScalar.parseLiteral({ kind: Kind.INT, value: '1' }, {})).toThrow('text');
  });

  it('take a UUID and nothing near it', () => {
    expect(UuidScalar.parseValue('0b9f5c1e-6f0a-4f43-9d0b-3c4f2f4f8c11')).toBe('0b9f5c1e-6f0a-4f43-9d0b-3c4f2f4f8c11');
    for (const bad of ['', 'x', '0b9f5c1e6f0a4f439d0b3c4f2f4f8c11', '0b9f5c1e-6f0a-4f43-9d0b-3c4f2f4f8c1g']) {
      expect(() => UuidScalar.parseValue(bad)).toThrow('UUID');
    }
  });

  it('take basis points from 0 to 10,000 only, and write whole numbers only', () => {
    expect(BasisPointsScalar.parseValue(10_000)).toBe(10_000);
    for (const bad of [-1, 10_001, 0.5, NaN, Infinity, '5', null]) expect(() => BasisPointsScalar.parseValue(bad)).toThrow('0 to 10000');
    expect(() => BasisPointsScalar.serialize(0.5)).toThrow('whole');
    expect(BasisPointsScalar.parseLiteral({ kind: Kind.INT, value: '7250' }, {})).toBe(7_250);
  });
});
