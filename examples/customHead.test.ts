import { expect, test } from 'vitest';
import { customHead } from './customHead.ts';

test('a head of its own trains without a change inside shakelab', async () => {
  expect(await customHead(128, 1)).toBeLessThanOrEqual(100);
});
