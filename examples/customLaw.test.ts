import { expect, test } from 'vitest';
import { customLaw } from './customLaw.ts';

test('a law of its own trains without a change inside shakelab', async () => {
  expect(await customLaw(128, 1)).toBeLessThanOrEqual(100);
});
