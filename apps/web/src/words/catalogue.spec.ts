import { catalogue } from './catalogue.js';

const t = catalogue({ hello: 'Hello {{name}}, {{name}}', table: { rows_one: '{{count}} row', rows_other: '{{count}} rows' }, share: '{{share}} of $1 {{count}}' });

describe('a catalogue of strings', () => {
  it('puts values where their names stand, as they are', () => {
    expect(t('hello', { name: '<b>$&</b>' })).toBe('Hello <b>$&</b>, <b>$&</b>');
    expect(t('hello')).toBe('Hello , ');
  });

  it('takes the plural form that English has for a count', () => {
    expect([0, 1, 2, 1.5].map((count) => t('table.rows', { count }))).toEqual(['0 rows', '1 row', '2 rows', '1.5 rows']);
    expect(t('share', { count: 3, share: '4%' })).toBe('4% of $1 3');
  });
});
