import { expect, test } from 'vitest';
import { csvText } from './csv.ts';

test('commas, quotes and line ends are quoted, missing values empty', () => {
  const rows = [
    ['a, b', 1.5],
    ['say "x"\nthen', null],
  ];
  expect(csvText(['name', 'value'], rows)).toBe('name,value\n"a, b",1.5\n"say ""x""\nthen",\n');
});
