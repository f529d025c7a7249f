import { expect, test } from 'vitest';
import { colourFolder } from '../testkit/ownData.ts';
import { ownData } from './ownData.ts';

test('a folder of images trains and is measured', async () => {
  const { neighbourError, scatter } = await ownData(await colourFolder(10), 2);
  expect(neighbourError).toBeLessThanOrEqual(100);
  expect(scatter.within).toBeGreaterThan(0);
});
