import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as ort from 'onnxruntime-web';
import { afterAll, expect, it } from 'vitest';
import { onnxNames } from '../exports/onnx/onnx.ts';
import { benchCases } from './cases.ts';
import { exportCase } from './onnxPeer.ts';

ort.env.wasm.numThreads = 1;
const folder = mkdtempSync(join(tmpdir(), 'shakelab-onnx-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('a runtime reads the net of a case, with its images and its classes', async () => {
  const [{ channels, height, width }] = benchCases;
  const path = join(folder, 'net.onnx');
  await exportCase({ ...benchCases[0], batch: 16 }, path);
  const session = await ort.InferenceSession.create(readFileSync(path));
  const images = new Float32Array(2 * channels * height * width).fill(128);
  const input = new ort.Tensor('float32', images, [2, channels, height, width]);
  const { [onnxNames.logits]: logits } = await session.run({ [onnxNames.images]: input });
  await session.release();
  expect(logits.dims).toEqual([2, 10]);
  expect([...(logits.data as Float32Array)].every(Number.isFinite)).toBe(true);
});
