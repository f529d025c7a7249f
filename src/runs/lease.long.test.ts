import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { contest } from '../../testkit/leaseProcess.ts';

it('gives a folder to one of four processes, a thousand times', async () => {
  const root = mkdtempSync(join(tmpdir(), 'shakelab-contest-'));
  const holders = await contest(root, 4, 1000);
  expect(holders.filter((count) => count === 1)).toHaveLength(1000);
  rmSync(root, { recursive: true });
});
