import type { Scope } from '@meriden/domain';
import { Parameters, scopeSql } from './scope-sql.js';

const columns = { organisationId: 'organisation_id', published: 'published' };
const sql = (scope: Scope) => {
  const parameters = new Parameters();
  return [scopeSql('t', scope, columns, parameters), parameters.values];
};

it('ALL is everything; NONE and no alternative are nothing', () => {
  expect(sql('ALL')).toEqual(['true', []]);
  expect(sql('NONE')).toEqual(['false', []]);
  expect(sql([])).toEqual(['false', []]);
});

it('alternatives are joined by or, fields by and, values are parameters', () => {
  expect(sql([{ organisationId: "x' or true --", published: true }, { published: false }])).toEqual([
    '((t."organisation_id" = $1 and t."published" = $2) or (t."published" = $3))',
    ["x' or true --", true, false],
  ]);
});

it('a field without a column throws, also one that every object has', () => {
  expect(() => sql([{ collegeId: 'x' }])).toThrow('no column');
  expect(() => sql([{ toString: 'x' }])).toThrow('no column');
});
