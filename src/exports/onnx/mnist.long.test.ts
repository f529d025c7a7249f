import * as ort from 'onnxruntime-web';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { realData } from '../../../testkit/dataFiles.ts';
import { openDataset } from '../../data/datasets.ts';
import { parseConfig } from '../../runs/config.ts';
import { type Model, openModel } from '../../runs/open.ts';
import { exportedNet } from '../exportedNet.ts';
import { onnxModel, onnxNames } from './onnx.ts';

ort.env.wasm.numThreads = 1;

/** So near to each other two logits may be told apart in another order, of the largest one. */
const closeness = 1e-5;
const batch = 500;

describe.skipIf(!realData)('a net that has seen MNIST', () => {
  let model: Model;
  let file: Uint8Array = new Uint8Array();

  beforeAll(async () => {
    const dataset = await openDataset('mnist', { folder: realData!, trainSize: 8192 });
    const config = { dataset: 'mnist', net: 'resnext-8-2x4d', batch: 64, epochs: 3 };
    model = await openModel(parseConfig({ ...config, layout: 'preact-bn', mixing: 'even' }), {
      dataset,
      threads: 1,
    });
    for await (const event of model.trainer.train()) expect(event.kind).toMatch(/step|epoch/);
    file = onnxModel(await exportedNet(model));
  });
  afterAll(() => model.trainer.close());

  test('has our logits and classes of 10,000 test images in onnxruntime', async () => {
    const { logits, classes, error } = await model.trainer.predict('test');
    const found = await logitsInRuntime(file, model.dataset.test.images);
    expect(found.length).toBe(10_000 * classes);
    expect(error).toBeLessThan(50);
    const largest = logits.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const apart = logits.reduce((most, value, i) => Math.max(most, Math.abs(value - found[i])), 0);
    console.log(
      `10,000 images: ${apart.toExponential(2)} apart, largest logit ${largest.toFixed(2)}`,
    );
    expect(apart / largest).toBeLessThan(closeness);
    for (let at = 0; at < logits.length; at += classes) {
      const [ours, theirs] = [logits, found].map((all) => all.subarray(at, at + classes));
      const [first, second] = Array.from(ours).sort((one, other) => other - one);
      if (first - second > closeness * largest)
        expect(theirs.indexOf(Math.max(...theirs))).toBe(ours.indexOf(first));
    }
  });
});

async function logitsInRuntime(file: Uint8Array, images: Uint8Array): Promise<Float32Array> {
  const session = await ort.InferenceSession.create(file);
  const size = 28 * 28;
  const logits: Float32Array[] = [];
  for (let at = 0; at < images.length; at += batch * size) {
    const values = Float32Array.from(images.subarray(at, at + batch * size));
    const input = new ort.Tensor('float32', values, [values.length / size, 1, 28, 28]);
    const output = await session.run({ [onnxNames.images]: input });
    logits.push(output[onnxNames.logits].data as Float32Array);
  }
  await session.release();
  return Float32Array.from(logits.flatMap((some) => Array.from(some)));
}
