import { PERSONAL_DATA, registryFaults } from '@meriden/persistence';
import { startTestDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.end());

type Column = { table: string; column: string; type: string };
const columns = () =>
  database.sql<Column>(
    `select c.table_name as "table", c.column_name as "column", c.data_type as "type" from information_schema.columns c
     join information_schema.tables t using (table_schema, table_name) where c.table_schema = 'public' and t.table_type = 'BASE TABLE' order by 1, 2`,
  );

it('every column of every table is registered, as personal or as not', async () => {
  const faults = registryFaults(await columns());
  if (faults.length > 0) throw new Error(`${faults.join('\n')}\nWhy: subject access, erasure and retention go by this register and would forget the column.`);
});

it('a column, a table, or an entry without its column is told by name', async () => {
  const real = await columns();
  expect(registryFaults([...real, { table: 'person', column: 'shoe_size', type: 'integer' }])).toEqual([expect.stringContaining('person.shoe_size (integer) is in no register')]);
  expect(registryFaults([...real, { table: 'vacancy', column: 'contact_name', type: 'text' }])).toEqual([expect.stringContaining('vacancy.contact_name')]);
  expect(registryFaults([...real, { table: 'diary', column: 'entry', type: 'text' }])).toEqual([expect.stringContaining('a new entry of PERSONAL_DATA')]);
  expect(registryFaults(real.filter((row) => row.column !== 'uln'))).toEqual([expect.stringContaining('learner.uln is registered')]);
});

it('the conditions that find a person’s rows are SQL that the table understands', async () => {
  for (const [table, { rows }] of Object.entries(PERSONAL_DATA)) {
    const condition = rows.replaceAll(':people', '$1::uuid[]').replaceAll(':learners', '$2::uuid[]');
    await expect(database.sql(`select count(*) from ${table} where (${condition}) and $1::uuid[] is not null and $2::uuid[] is not null`, [[], []])).resolves.toHaveLength(1);
  }
});
