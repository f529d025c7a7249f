import { expect, test } from 'vitest';
import { benchCases } from '../bench/cases.ts';
import type { BenchResult, CaseResult } from '../bench/results.ts';
import { benchMarkdown, benchTable, settingText } from './benchTable.ts';

const spread = (median: number) => ({ median, minimum: 0.9 * median, maximum: 1.1 * median });
const ours = { program: 'shakelab', imagesPerSecond: spread(10_000), peakMemoryBytes: 1.5e8 };
const theirs = { program: 'PyTorch NCHW', imagesPerSecond: spread(2000), peakMemoryBytes: 3e8 };

const results: BenchResult[] = [
  {
    kind: 'case',
    case: benchCases[0],
    limits: { isa: 'avx512', flops: 530.4, read: 50, write: 40, copy: 45 },
    load: { average: 0.05, busy: 0 },
    entries: [
      { ...ours, peakShare: 0.5, ceilingShare: null, ratio: null, memoryRatio: null },
      { ...theirs, peakShare: 0.1, ceilingShare: null, ratio: spread(5), memoryRatio: 0.5 },
    ],
    ceiling: null,
    bandwidthShare: 0.4,
    typescriptShare: 0.012,
    idleShare: 0.02,
  },
  { kind: 'figure', name: 'shakelab --help', unit: 'seconds', value: spread(0.1) },
];

test('the table is aligned, ours first', () => {
  expect(
    benchTable(results)
      .split('\n')
      .map((line) => line.replace(/ +/g, ' ')),
  ).toEqual([
    'case program images/s ours over it of peak of bandwidth memory ours over it',
    'resnext-20-2x4d batch 128 train shakelab 10,000 [9,000–11,000] 50.0 % 40.0 % 150.0 MB',
    ' PyTorch NCHW 2,000 [1,800–2,200] 5.00× [4.50×–5.50×] 10.0 % 300.0 MB 0.50×',
    '',
    "TypeScript's share of a step, resnext-20-2x4d batch 128 train: 1.2 %, 2.0 % with the way to " +
      'the machine and back',
    '',
    'shakelab --help: 0.100 s [0.090 s–0.110 s]',
    '',
    'limits with avx512: 530 GFLOP/s; memory read 50.0, written 40.0, copied 45.0 GB/s; ' +
      'load average 0.05',
  ]);
});

test("a column holds the programs against oneDNN's convolutions where these were measured", () => {
  const [result] = results as [CaseResult];
  const entries = result.entries.map((entry, i) => ({ ...entry, ceilingShare: [1.25, 0.4][i] }));
  const text = benchTable([{ ...result, entries, ceiling: spread(8000) }]);
  expect(text).toContain("of oneDNN's convolutions alone");
  expect(text).toMatch(/shakelab .* 40\.0 % +125\.0 % +150\.0 MB/);
  expect(text).toMatch(/PyTorch NCHW .* 10\.0 % +40\.0 % +300\.0 MB/);
  expect(text).toContain(
    "oneDNN's convolutions alone, resnext-20-2x4d batch 128 train: 8,000 [7,200–8,800] images/s",
  );
  expect(benchTable(results)).not.toContain('oneDNN');
});

test('the page on speed gets the same with machine and date', () => {
  const identity = {
    ...{ shakelab: '0.1.0', commit: null, node: 'v20.0.0', platform: 'linux x64' },
    ...{ cpu: 'A CPU', processors: 2 },
  };
  const setting = {
    identity,
    date: '2025-01-31',
    isa: 'avx512',
    heldTo: null,
    threads: 2,
    pairs: 5,
    seconds: 4,
    torch: '1.13.1',
    onnxruntime: '1.32.0',
    onednn: null,
    against: null,
    load: { average: 0.05, busy: 0 },
  };
  const lines = benchMarkdown(setting, results).split('\n');
  expect(lines[1]).toBe('| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |');
  expect(lines[3]).toContain('| PyTorch NCHW | 2,000 [1,800–2,200] | 5.00× [4.50×–5.50×] |');
  expect(lines.at(-1)).toBe(
    'A CPU, 2 threads; Node v20.0.0, PyTorch 1.13.1, onnxruntime 1.32.0, no oneDNN; medians [least–most] of 5 pairs; load 0.05; 2025-01-31.',
  );
  expect(settingText({ ...setting, heldTo: 'avx2' })).toMatch(/^A CPU held to avx2, 2 threads; /);
});
