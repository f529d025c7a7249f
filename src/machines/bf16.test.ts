import { rootMeanSquare } from 'simple-statistics';
import { expect, test } from 'vitest';
import { runGraph } from '../../testkit/graphRun.ts';
import { type KernelCase, paperParts } from '../../testkit/kernelCases.ts';
import { runKernelCase } from '../../testkit/kernelRun.ts';
import { planned } from '../../testkit/programs.ts';
import { augmentationSize } from '../data/augmentation.ts';
import { roundToBf16 } from '../program/precision.ts';
import { randomStream } from '../random/index.ts';
import { nativeMachine } from './native/native.ts';

const small: KernelCase = {
  ...{ ...paperParts, precision: 'bf16', layout: 'preact-bn', branches: 2, width: 4 },
  ...{ chain: 'deep', size: [9, 8], channels: 3, bands: 1, samples: [32, 32] },
};

const norm = (values: ArrayLike<number>): number => rootMeanSquare(Array.from(values));

/**
 * A rounded value near 0 may open or shut a rectifier, which weighs more than the rounding: measured are up to 0.13 of a
 * filter's gradient, where whole nets of float32 come to 1e-5.
 */
test.each<[string, KernelCase]>([
  ['three narrow blocks', small],
  [
    'a block by Winograd’s tiles',
    { ...small, chain: 'identity', width: 16, size: [5, 4], samples: [16, 16] },
  ],
])('the gradients of filters of %s point where those of double precision do', async (_, one) => {
  const exact = await runGraph(one);
  const found = await runKernelCase(nativeMachine, one);
  const filters = [...exact].filter(([name]) =>
    /^gradient .*(conv|branches\.[25])\.weight$/.test(name),
  );
  expect(filters.length).toBeGreaterThan(2);
  for (const [name, values] of filters) {
    const off = values.map((value, i) => found.get(name)![i] - value);
    expect(norm(off) / norm(values), name).toBeLessThan(0.25);
    expect(norm(off), name).toBeGreaterThan(0);
  }
});

test('what is stored is the nearest bf16 of what float32 has', async () => {
  const shape = { layout: 'conv', net: 'resnext-8-1x2d', batch: 16, channels: 3, size: 5 };
  const [exact, stored] = await Promise.all(
    (['float32', 'bf16'] as const).map(async (precision) => {
      const program = planned({ ...shape, precision });
      const execution = nativeMachine.open(program, { threads: 1 });
      execution.write(program.affine, Float32Array.of(1 / 7, 1 / 70, 3, -0.1, -1, 0));
      const stream = randomStream(1, 'test/images');
      execution.setImages(Uint8Array.from({ length: 16 * 75 }, () => stream.integer(256)));
      execution.choose(
        Int32Array.from({ length: 16 }, (_, i) => i),
        new Int32Array(16 * augmentationSize),
      );
      await execution.run('forward', 16);
      const { to } = program.sections.forward.find(({ opcode }) => opcode === 'load') as {
        to: { slot: Parameters<typeof execution.read>[0] };
      };
      const words = new Uint32Array(to.slot.floats);
      await execution.read(to.slot, words);
      execution.close();
      return words.buffer;
    }),
  );
  const expected = new Float32Array(exact);
  roundToBf16(expected);
  const halves = [...new Uint16Array(stored)].map((half) => half << 16);
  expect(halves).toHaveLength(16 * 75);
  expect([...new Int32Array(expected.buffer)]).toEqual(halves);
});

test('what is no number stays none', async () => {
  const program = planned({
    layout: 'conv',
    net: 'resnext-8-1x2d',
    batch: 16,
    size: 3,
    precision: 'bf16',
  });
  const execution = nativeMachine.open(program, { threads: 1 });
  execution.write(program.affine, Float32Array.of(Number.NaN, 0));
  execution.setImages(new Uint8Array(16 * 9));
  await execution.run('forward', 16);
  const features = new Float32Array(program.features.size);
  await execution.read(program.features, features);
  execution.close();
  expect(features.every(Number.isNaN)).toBe(true);
});
