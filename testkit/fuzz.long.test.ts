import { env } from 'node:process';

// Every reader that waits for its input, with two thousand files each; the short suite has 500.
// Ten thousand: SHAKELAB_FUZZ_RUNS=10000 npx vitest run --project long testkit/fuzz.long.test.ts
env.SHAKELAB_FUZZ_RUNS ??= '2000';

const data = '../src/data';
for (const reader of [
  ...['image/fuzz', 'audio/fuzz.long', 'containers/npz', 'containers/stl10', 'containers/manifest'],
  ...['containers/parquet/parquet', 'containers/matlab/mat', 'containers/webdataset/webdataset'],
]) {
  await import(`${data}/${reader}.test.ts`);
}
