import { expect, test } from 'vitest';
import { sha256 } from '../../../testkit/dataFiles.ts';
import type { Dataset, Split } from '../dataset.ts';
import { digits } from './digits.ts';

const dataset = digits.draw(6000, 2000);
const pixels = dataset.height * dataset.width;

test('the built-in digits never claim to be MNIST', () => {
  expect([dataset.name, dataset.title, dataset.source]).toEqual([
    'digits',
    'built-in digits',
    'drawn by code',
  ]);
});

test('the same number of images gives the same bytes, a larger number continues them', () => {
  const [few, more] = [digits.draw(100, 50), digits.draw(200, 60)];
  expect(digits.draw(100, 50)).toEqual(few);
  expect(more.train.images.subarray(0, few.train.images.length)).toEqual(few.train.images);
  expect(more.test.images.subarray(0, few.test.images.length)).toEqual(few.test.images);
});

test('the images are the same for ever, so that old runs can be repeated', () => {
  expect(sha256(digits.draw(100, 1).train.images)).toBe(
    'f61db0d10673411e22c895fba3469da630b135efbe09d5be267a5d598314f3b0',
  );
});

test('no two images are alike, in either split', () => {
  const all = [...rows(dataset.train), ...rows(dataset.test)].map((row) => row.toString('latin1'));
  expect(new Set(all).size).toBe(8000);
});

test('every class is as frequent as every other', () => {
  const counts = new Array(10).fill(0);
  for (const label of dataset.train.labels) counts[label]++;
  expect(counts).toEqual(Array(10).fill(600));
});

test('digits lie inside their image: the outermost pixels hold little but noise', () => {
  let ink = 0;
  for (const image of rows(dataset.train)) {
    for (let at = 0; at < 28; at++) ink += Number(image[at] > 120) + Number(image[756 + at] > 120);
  }
  expect(ink / (6000 * 56)).toBeLessThan(0.002);
});

test('mean and deviation are those stated', () => {
  let sum = 0;
  let squares = 0;
  for (const value of dataset.train.images) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / dataset.train.images.length;
  const deviation = Math.sqrt(squares / dataset.train.images.length - mean * mean);
  expect(Math.abs(mean - dataset.mean[0])).toBeLessThan(0.5);
  expect(Math.abs(deviation - dataset.std[0])).toBeLessThan(0.5);
});

test('a linear classifier gets 5 to 20 % of the test images wrong', () => {
  const weights = trainLinear(dataset, 10);
  const error = linearError(dataset, weights);
  console.log(`built-in digits: linear classifier, test error ${error.toFixed(2)} %`);
  expect(error).toBeGreaterThan(5);
  expect(error).toBeLessThan(20);
});

test('12,000 images are drawn in a few seconds', () => {
  const before = process.cpuUsage();
  digits.draw(12_000, 1);
  expect(process.cpuUsage(before).user / 1e6, 'seconds of a processor').toBeLessThan(8);
});

function rows({ images, count }: Split): Buffer[] {
  return Array.from({ length: count }, (_, at) =>
    Buffer.from(images.buffer, images.byteOffset + at * pixels, pixels),
  );
}

/** Multinomial logistic regression on the pixels by plain SGD; [10][pixels + 1], the bias last. */
function trainLinear({ train, mean, std }: Dataset, epochs: number): Float32Array[] {
  const weights = Array.from({ length: 10 }, () => new Float32Array(pixels + 1));
  const order = Array.from({ length: train.count }, (_, at) => (at * 3571) % train.count);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const rate = 0.003 * (1 - epoch / epochs);
    for (const index of order) {
      const input = normalised(train, index, mean[0], std[0]);
      const scores = weights.map((row) => dot(row, input));
      const highest = Math.max(...scores);
      const total = scores.reduce((sum, score) => sum + Math.exp(score - highest), 0);
      weights.forEach((row, label) => {
        const probability = Math.exp(scores[label] - highest) / total;
        const step = rate * (probability - Number(label === train.labels[index]));
        for (let at = 0; at <= pixels; at++) row[at] -= step * input[at];
      });
    }
  }
  return weights;
}

function linearError({ test, mean, std }: Dataset, weights: Float32Array[]): number {
  let wrong = 0;
  for (let index = 0; index < test.count; index++) {
    const input = normalised(test, index, mean[0], std[0]);
    const scores = weights.map((row) => dot(row, input));
    wrong += Number(scores.indexOf(Math.max(...scores)) !== test.labels[index]);
  }
  return (100 * wrong) / test.count;
}

function normalised({ images }: Split, index: number, mean: number, std: number): Float32Array {
  const input = new Float32Array(pixels + 1).fill(1);
  for (let at = 0; at < pixels; at++) input[at] = (images[index * pixels + at] - mean) / std;
  return input;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at] * b[at];
  return sum;
}
