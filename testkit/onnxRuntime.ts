import * as ort from 'onnxruntime-web';
import { expect } from 'vitest';
import { openDataset } from '../src/data/datasets.ts';
import { exportedNet } from '../src/exports/exportedNet.ts';
import { onnxModel, onnxNames } from '../src/exports/onnx/onnx.ts';
import { parseConfig } from '../src/runs/config.ts';
import type { RunConfig } from '../src/runs/fields.ts';
import { type Model, openModel } from '../src/runs/open.ts';

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

/** The largest difference of onnxruntime's logits from those of a net briefly trained, relative to the largest logit. */
export async function runtimeDifference(config: Partial<RunConfig>): Promise<number> {
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
