import { spawnSync } from 'node:child_process';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const misuse = fileURLToPath(new URL('misuse.ts', import.meta.url));

/** What each instrumented build must say of a fault that is planted from outside. */
const faults = [
  { build: 'address', fault: 'overrun', report: /AddressSanitizer: .*(buffer-overflow|poison)/ },
  { build: 'thread', fault: 'race', report: /ThreadSanitizer: data race/ },
];

test.for(faults)('the $build build catches an $fault', ({ build, fault, report }, { skip }) => {
  if (env.SHAKELAB_BUILD !== build) skip(`not the ${build} build: npm run test:sanitize runs it`);
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', misuse, fault], {
    encoding: 'utf8',
  });
  expect(stderr).toMatch(report);
  expect(status).not.toBe(0);
});
