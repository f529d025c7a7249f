import { expect, test } from 'vitest';
import { hrefOf, parseRoute, type Route } from './route.ts';

const routes: Route[] = [
  { page: 'runs' },
  { page: 'run', id: 'Ab3_-fgh1234' },
  { page: 'try', id: 'Ab3_-fgh1234' },
  { page: 'compare', ids: [] },
  { page: 'compare', ids: ['a', 'b'] },
  { page: 'layouts', layout: null },
  { page: 'layouts', layout: 'bn relu conv + relu' },
  { page: 'studies' },
  { page: 'study', id: 'Ab3_-fgh1234' },
];

test.each(routes)('the address of %o leads back to it', (route) => {
  expect(parseRoute(hrefOf(route))).toEqual(route);
});

test.each(['', '#', '#/', '#/nonsense', '#token'])('%s is the list of runs', (hash) => {
  expect(parseRoute(hash)).toEqual({ page: 'runs' });
});
