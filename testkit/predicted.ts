import { join } from 'node:path';
import { expect } from 'vitest';
import type { Dataset, SplitName } from '../src/data/dataset.ts';
import { findClassFolders } from '../src/data/folder/classFolders.ts';
import type { Medium } from '../src/data/folder/medium.ts';
import { predict } from '../src/predict/predict.ts';
import { parseConfig } from '../src/runs/config.ts';
import type { RunConfig } from '../src/runs/fields.ts';
import { runTraining } from '../src/runs/lifecycle.ts';
import { openRun } from '../src/runs/open.ts';
import { temporaryFolder, writeFiles } from './dataFiles.ts';
import { pngOf } from './ownData.ts';

const small = { net: 'resnext-8-2x2d', batch: 16, epochs: 1 };

/** The folder of a run of one epoch. */
export async function trained(config: Partial<RunConfig>): Promise<string> {
  const folder = join(await temporaryFolder(), 'run');
  const running = runTraining({ folder, config: parseConfig({ ...small, ...config }), threads: 1 });
  for await (const event of running) expect(event.kind).not.toBe('interrupted');
  return folder;
}

/** What the run's own evaluation says of a split, a list of logits a sample. */
export async function evaluated(run: string, split: SplitName = 'train', checkpoint?: 'last') {
  const { trainer, dataset } = await openRun(run, { threads: 1, checkpoint });
  try {
    const { logits, classes } = await trainer.predict(split);
    const samples = Array.from({ length: logits.length / classes }, (_, sample) =>
      Array.from(logits.subarray(sample * classes, (sample + 1) * classes)),
    );
    return { samples, dataset };
  } finally {
    trainer.close();
  }
}

/** A split's images as PNG files in a new folder, in their order. */
export async function imagesAsFiles(
  { height, width, channels, ...data }: Dataset,
  split: SplitName,
) {
  const { images, count } = data[split]!;
  const folder = await temporaryFolder();
  const [plane, size] = [height * width, channels * height * width];
  for (let i = 0; i < count; i++) {
    const own = images.subarray(i * size, (i + 1) * size);
    const mixed = Array.from(
      own,
      (_, at) => own[(at % channels) * plane + Math.floor(at / channels)],
    );
    await writeFiles(folder, {
      [`${String(i).padStart(4, '0')}.png`]: await pngOf(mixed, { height, width }),
    });
  }
  return folder;
}

/** The logits of the files of a folder of classes, in the order in which training reads all of them. */
export async function predictedFolder(run: string, data: string, medium: Medium) {
  const { train } = await findClassFolders(data, medium);
  const { predictions } = await predict(
    run,
    train.map(({ path }) => join(data, path)),
    { threads: 1 },
  );
  expect(predictions).toHaveLength(train.length);
  return predictions.map(({ logits }) => logits);
}

/** Holds predictions of all files against what the run itself says of those that it trains and tests on. */
export async function expectSame(run: string, found: number[][]): Promise<void> {
  const own = [...(await evaluated(run)).samples, ...(await evaluated(run, 'test')).samples];
  const sorted = (rows: number[][]) => rows.map((row) => row.join()).sort();
  expect(sorted(found)).toEqual(sorted(own));
}
