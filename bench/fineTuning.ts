/**
 * What weights that were trained on other classes are worth to a few samples: a net learns MNIST's digits 0 to 4,
 * then 5 to 9 of ten samples each, from scratch and from those weights in three ways. Prints the test errors.
 *
 *     npm run fine-tuning [-- folder of data]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv } from 'node:process';
import type { Dataset, Split } from '../src/data/dataset.ts';
import { openDataset } from '../src/data/datasets.ts';
import { exportRun } from '../src/exports/export.ts';
import { permutation, randomStream } from '../src/random/index.ts';
import { parseConfig } from '../src/runs/config.ts';
import type { RunConfig } from '../src/runs/fields.ts';
import { runTraining } from '../src/runs/lifecycle.ts';
import { estimate } from '../src/statistics/estimate.ts';

const seeds = [1, 2, 3];
const net = 'resnext-8-2x4d';
const ways: Record<string, Partial<RunConfig>> = {
  'from scratch': { init: null },
  'from the weights': {},
  'from the weights, `--body-rate 0.1`': { bodyRate: 0.1 },
  'from the weights, `--freeze body`': { freeze: 'body' },
};

/** The first so many samples of each of five classes, by a seeded order. */
function samplesOf({ images, labels, count }: Split, first: number, each: number): Split {
  const left = new Map(Array.from({ length: 5 }, (_, k) => [first + k, each]));
  const places = permutation(randomStream(1, 'fine-tuning'), count).filter((place) => {
    const wanted = left.get(labels[place]) ?? 0;
    left.set(labels[place], wanted - 1);
    return wanted > 0;
  });
  const size = images.length / count;
  const pixels = new Uint8Array(places.length * size);
  for (const [i, place] of places.entries())
    pixels.set(images.subarray(place * size, (place + 1) * size), i * size);
  const own = Uint16Array.from(places, (place) => labels[place] - first);
  return { count: places.length, images: pixels, labels: own };
}

/** Five of a data set's classes. */
function classesOf(dataset: Dataset, first: number, train: number, test: number): Dataset {
  return {
    ...dataset,
    classNames: dataset.classNames.slice(first, first + 5),
    train: samplesOf(dataset.train, first, train),
    test: samplesOf(dataset.test, first, test),
  };
}

/** Trains a run in a folder; its test error in percent. */
async function errorOf(
  folder: string,
  dataset: Dataset,
  values: Partial<RunConfig>,
): Promise<number> {
  const config = parseConfig({ dataset: 'mnist', net, ...values });
  for await (const event of runTraining({ folder, dataset, config }))
    if (event.kind === 'done') return event.testError;
  throw new Error(`${folder}: the run did not come to its end`);
}

const root = mkdtempSync(join(tmpdir(), 'shakelab-fine-tuning-'));
const mnist = await openDataset('mnist', { folder: argv[2] });
const [low, high] = [classesOf(mnist, 0, 1000, 100), classesOf(mnist, 5, 10, 400)];
const begun = await errorOf(join(root, 'low'), low, { epochs: 3, batch: 64 });
console.log(`digits 0 to 4, 5,000 samples, 3 epochs: test error ${begun.toFixed(1)} %`);
await exportRun(join(root, 'low'), 'pytorch', { out: root, dataset: low });
const few = { init: join(root, 'model.safetensors'), epochs: 40, batch: 16, evaluateEvery: '40' };
console.log('\n| digits 5 to 9, 50 samples, 40 epochs | test error of 2,000, 3 seeds |\n|---|---|');
for (const [way, values] of Object.entries(ways)) {
  const errors: number[] = [];
  for (const seed of seeds)
    errors.push(await errorOf(join(root, `${way}-${seed}`), high, { ...few, ...values, seed }));
  const { mean, deviation } = estimate(errors);
  console.log(`| ${way} | ${mean.toFixed(1)} ± ${deviation!.toFixed(1)} % |`);
}
rmSync(root, { recursive: true });
