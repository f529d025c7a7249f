import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { benchCases } from '../../src/bench/cases.ts';
import type { CaseResult, Entry } from '../../src/bench/results.ts';
import { type Kept, machinesBlock, speedPage } from './speed.ts';

const spread = (median: number) => ({ median, minimum: 0.9 * median, maximum: 1.1 * median });

const entry = (program: string, speed: number, ratio: number | null): Entry => ({
  ...{ program, imagesPerSecond: spread(speed), peakMemoryBytes: 1e8, peakShare: 0.3 },
  ...{ ceilingShare: ratio ? 0.4 : 1.2, ratio: ratio ? spread(ratio) : null },
  memoryRatio: ratio ? 0.5 : null,
});

const resultOf = (index: number, ...entries: Entry[]): CaseResult => ({
  ...{ kind: 'case', case: benchCases[index], load: { average: 0, busy: 0 }, entries },
  limits: { isa: 'avx512', flops: 500, read: 50, write: 40, copy: 45 },
  ...{ ceiling: spread(5000), bandwidthShare: 0.4, typescriptShare: 0.01, idleShare: 0.02 },
});

const kept = (changes: Partial<Kept>): Kept => ({
  identity: {
    ...{ shakelab: '0.1.0', commit: null, node: 'v20.0.0', platform: 'linux x64' },
    ...{ cpu: 'A CPU', processors: 2 },
  },
  ...{ isa: 'avx512', heldTo: null, date: '2025-01-31', load: { average: 0, busy: 0 } },
  ...{ threads: 2, pairs: 5, seconds: 4, torch: '2.15.0', onnxruntime: null, onednn: null },
  ...{ against: null, results: [], ...changes },
});

test('the page on speed is what `npm run speed` makes of all that is kept', async () => {
  const [path, text] = await speedPage();
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test('calls on one machine make one table, with dashes for what none of them measured', () => {
  const [ours, torch] = [entry('shakelab', 6000, null), entry('PyTorch NCHW, compiled', 2000, 3)];
  const narrow = entry('PyTorch NCHW, bf16', 3000, 2);
  const older = entry('a6e6ac3', 4000, 1.5);
  const block = machinesBlock([
    kept({ results: [resultOf(0, ours, torch, narrow), resultOf(1, ours, torch)] }),
    kept({
      against: 'a6e6ac3',
      results: [{ ...resultOf(0, { ...ours, ceilingShare: null }, older) }],
    }),
  ]);
  expect(block.match(/^### .*$/gm)).toEqual(['### A CPU, avx512, 2 threads']);
  const rows = block.split('\n').filter((line) => line.startsWith('|'));
  expect(rows[0]).toBe(
    "| case | images/s | over PyTorch | over its bf16 | of oneDNN's convolutions alone | peak memory over PyTorch | over a6e6ac3 |",
  );
  expect(rows[2]).toBe(
    `| ${benchCases[0].name} | 6,000 | 3.00× [2.70×–3.30×] | 2.00× [1.80×–2.20×] | 120 % | 0.50× | 1.50× [1.35×–1.65×] |`,
  );
  expect(rows[3]).toBe(
    `| ${benchCases[1].name} | 6,000 | 3.00× [2.70×–3.30×] | – | 120 % | 0.50× | – |`,
  );
});

test('a machine held to an instruction set is a machine of its own; figures follow its table', () => {
  const value = spread(1.5);
  const figure = { kind: 'figure', name: '2 threads over 1 thread', unit: 'times', value } as const;
  const block = machinesBlock([kept({ results: [figure] }), kept({ isa: 'avx2', heldTo: 'avx2' })]);
  expect(block).toContain('### A CPU, held to avx2, 2 threads');
  expect(block).toContain('- 2 threads over 1 thread: 1.50× [1.35×–1.65×]');
  expect(block).toContain(
    '- A CPU held to avx2, 2 threads; Node v20.0.0, PyTorch 2.15.0, no onnxruntime',
  );
});
