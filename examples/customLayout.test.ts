import { expect, test } from 'vitest';
import { customLayout } from './customLayout.ts';

test('the custom layout of the README trains', async () => {
  expect(await customLayout(256, 1)).toBeLessThan(100);
});
