import { expect, test } from 'vitest';
import { customLayout } from './customLayout.ts';

test('a layout of its own trains', async () => {
  expect(await customLayout(256, 1)).toBeLessThan(100);
});
