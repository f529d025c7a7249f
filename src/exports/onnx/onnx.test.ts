import * as ort from 'onnxruntime-web';
import { expect, test } from 'vitest';
import { openDataset } from '../../data/datasets.ts';
import { parseConfig } from '../../runs/config.ts';
import type { RunConfig } from '../../runs/fields.ts';
import { type Model, openModel } from '../../runs/open.ts';
import { exportedNet } from '../exportedNet.ts';
import { onnxGraph, onnxModel, onnxNames } from './onnx.ts';
import type { OnnxGraph } from './proto.ts';

ort.env.wasm.numThreads = 1;

const images = 32;

/** A model after an epoch of two steps, so that its running statistics are not those it began with. */
async function trained(config: Partial<RunConfig>): Promise<Model> {
  const dataset = await openDataset('digits', { trainSize: 64, testSize: images });
  const model = await openModel(
    parseConfig({ dataset: 'digits', trainSize: 64, batch: 32, epochs: 1, ...config }),
    { dataset, threads: 1 },
  );
  for await (const event of model.trainer.train()) expect(event.kind).toMatch(/step|epoch/);
  return model;
}

/** The largest difference of a runtime's logits from ours, relative to the largest logit. */
async function difference(config: Partial<RunConfig>): Promise<number> {
  const model = await trained(config);
  try {
    const { logits } = await model.trainer.predict('test');
    const session = await ort.InferenceSession.create(onnxModel(await exportedNet(model)));
    const { test: split, channels, height, width } = model.dataset;
    const values = Float32Array.from(split.images);
    const input = new ort.Tensor('float32', values, [images, channels, height, width]);
    const output = await session.run({ [onnxNames.images]: input });
    await session.release();
    return relativeDifference(output[onnxNames.logits].data as Float32Array, logits);
  } finally {
    model.trainer.close();
  }
}

function relativeDifference(found: Float32Array, expected: Float32Array): number {
  expect(found.length).toBe(expected.length);
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const apart = found.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
  expect(largest).toBeGreaterThan(0.01);
  return apart / largest;
}

const basic = ['postact', 'relu-preact', 'preact', 'preact-bn', 'bn-shake', 'preact-dropout'];
const bottlenecks = ['postact', 'relu-preact', 'preact', 'preact-bn', 'bn-shake'];

test.each([
  ...basic.map((layout) => ({ net: 'resnext-8-2x4d', layout })),
  ...bottlenecks.map((layout) => ({ net: 'resnext-11-2x2x2d', layout: `bottleneck-${layout}` })),
  ...basic.map((layout) => ({ net: 'wrn-10-1', layout })),
  { net: 'resnext-8-3x4d', layout: 'conv bn conv1 relu + relu' },
])('a runtime computes the logits of $net with $layout', async (config) => {
  expect(await difference(config)).toBeLessThan(1e-5);
});

test.each(['ccl', 'l-softmax', 'sphereface', 'cosface', 'arcface', 'contrastive', 'triplet'])(
  'a runtime computes the logits of head %s',
  async (head) => {
    expect(await difference({ net: 'resnext-8-2x4d', head, features: 4 })).toBeLessThan(1e-5);
  },
);

test.each(['sub-band:bands=3', 'stochastic-depth', 'shake-drop', 'stochastic-shake-shake'])(
  'a runtime mixes as %s does in evaluation',
  async (mixing) => {
    expect(await difference({ net: 'resnext-8-2x4d', mixing })).toBeLessThan(1e-5);
  },
);

test('averaged weights leave where a run keeps them', async () => {
  expect(await difference({ net: 'resnext-8-2x4d', averageDecay: 0.9 })).toBeLessThan(1e-5);
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
