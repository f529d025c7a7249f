import { expect, test } from 'vitest';
import { configKeys } from '../runs/fields.ts';
import { searchRow, studyRows } from './registry.ts';

const rows = [searchRow, ...studyRows];

test.each(rows)('what the help of $name says of options left out is what holds', async (row) => {
  const { out, config } = await (await row.load()).settle({});
  expect(row.options.out.standard).toBe(out);
  const told = configKeys.filter((key) => 'momentum' in row.options && row.options[key]?.standard);
  expect(told.map((key) => [key, row.options[key].standard])).toEqual(
    told.map((key) => [key, String(config[key])]),
  );
});

test('most studies take the settings of runs', () => {
  expect(rows.filter(({ options }) => 'momentum' in options)).toHaveLength(5);
});
