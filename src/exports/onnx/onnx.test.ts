import { expect, test } from 'vitest';
import { runtimeDifference } from '../../../testkit/onnxRuntime.ts';
import { openDataset } from '../../data/datasets.ts';
import { parseConfig } from '../../runs/config.ts';
import type { RunConfig } from '../../runs/fields.ts';
import { openModel } from '../../runs/open.ts';
import { exportedNet } from '../exportedNet.ts';
import { onnxGraph } from './onnx.ts';
import type { OnnxGraph } from './proto.ts';

const basic = ['postact', 'relu-preact', 'preact', 'preact-bn', 'bn-shake', 'preact-dropout'];

test.each([
  ...basic.map((layout) => ({ net: 'resnext-8-2x4d', layout })),
  // The other bottlenecks are in `onnx.long.test.ts`.
  { net: 'resnext-11-2x2x2d', layout: 'bottleneck-preact-bn' },
  ...basic.map((layout) => ({ net: 'wrn-10-1', layout })),
  { net: 'resnext-8-3x4d', layout: 'conv bn conv1 relu + relu' },
])('a runtime computes the logits of $net with $layout', async (config) => {
  expect(await runtimeDifference(config)).toBeLessThan(1e-5);
});

test.each(['ccl', 'l-softmax', 'sphereface', 'cosface', 'arcface', 'contrastive', 'triplet'])(
  'a runtime computes the logits of head %s',
  async (head) => {
    expect(await runtimeDifference({ net: 'resnext-8-2x4d', head, features: 4 })).toBeLessThan(
      1e-5,
    );
  },
);

test.each(['sub-band:bands=3', 'stochastic-depth', 'shake-drop', 'stochastic-shake-shake'])(
  'a runtime mixes as %s does in evaluation',
  async (mixing) => {
    expect(await runtimeDifference({ net: 'resnext-8-2x4d', mixing })).toBeLessThan(1e-5);
  },
);

test('averaged weights leave where a run keeps them', async () => {
  expect(await runtimeDifference({ net: 'resnext-8-2x4d', averageDecay: 0.9 })).toBeLessThan(1e-5);
});

/** The graph of a net that has not been trained. */
async function graphOf(
  config: Partial<RunConfig>,
  changes: { title?: string } = {},
): Promise<OnnxGraph> {
  const dataset = await openDataset('digits', { trainSize: 32, testSize: 16 });
  const small = parseConfig({ dataset: 'digits', trainSize: 32, batch: 16, ...config });
  const model = await openModel(small, { dataset, threads: 1 });
  try {
    return onnxGraph({ ...(await exportedNet(model)), ...changes });
  } finally {
    model.trainer.close();
  }
}

test.each(['softmax', 'arcface', 'triplet'])(
  'what leaves a net with head %s is read by no node, as converters to 16 bits take for granted',
  async (head) => {
    const { nodes, outputs } = await graphOf({ net: 'resnext-8-2x4d', head, features: 4 });
    const read = nodes.flatMap(({ inputs }) => inputs);
    expect(outputs.map(({ name }) => name)).toEqual(['logits', 'probabilities', 'features']);
    for (const { name } of outputs) expect(read).not.toContain(name);
  },
);

test('nothing is left to a default that pnnx does not know, and no slice has steps', async () => {
  const { nodes } = await graphOf({ net: 'resnext-8-2x4d' });
  const of = (kind: string) => nodes.filter(({ type }) => type === kind);
  expect(of('Pad').map(({ attributes }) => attributes)).toEqual(
    Array(3).fill({ mode: 'constant' }),
  );
  expect(of('Split').map(({ inputs }) => inputs.length)).toEqual([2, 2, 2]);
  expect(of('Slice').map(({ inputs }) => inputs.length)).toEqual([4, 4, 4]);
  expect(of('MaxPool')).toHaveLength(4);
});

test.each([
  ['wrn-10-1 of my “cats & dogs” (2)', 'wrn_10_1_of_my_cats_dogs_2'],
  ['resnext-8-2x4d of 画像', 'resnext_8_2x4d_of'],
])('the graph of %s is named by letters, digits and underscores', async (title, name) => {
  expect((await graphOf({ net: 'resnext-8-2x4d' }, { title })).name).toBe(name);
});
