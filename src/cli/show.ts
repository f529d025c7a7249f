import { resolve } from 'node:path';
import { openDataset } from '../data/datasets.ts';
import { augmentedVersions, firstSamples } from '../data/samples.ts';
import { RequestError } from '../errors.ts';
import { drawContactSheet } from '../figures/contactSheet.ts';
import { writeWhole } from '../runs/atomic.ts';
import { StorageError } from '../runs/storing.ts';
import { printResult } from './output.ts';
import { openProgress, showDownload } from './progress.ts';

/** The flags of `data show`. */
export interface ShowFlags {
  data?: string;
  count?: number;
  augment?: boolean;
  out?: string;
  json?: boolean;
}

/** Epochs whose versions of an image stand beside it, and the seed they are drawn from. */
const versions = { seed: 1, epochs: 9 };

/** `shakelab data show`: a contact sheet of training images, as PNG. */
export async function show(name: string, flags: ShowFlags): Promise<void> {
  const { data: folder, augment = false, json } = flags;
  const progress = openProgress();
  const onProgress = json ? undefined : showDownload(progress);
  const dataset = await openDataset(name, { folder, onProgress }).finally(() => progress.stop());
  const samples = firstSamples(dataset, flags.count ?? (augment ? 10 : 50)).map((sample) => ({
    name: sample.className,
    image: sample.image,
    versions: augment ? augmentedVersions(dataset, sample, versions) : [],
  }));
  const seen = augment
    ? `; to the right as epochs 1 to ${versions.epochs} crop and mirror them`
    : '';
  const heading = `${dataset.title}, training images${seen}`;
  const out = resolve(flags.out ?? `${name}.png`);
  await write(out, drawContactSheet({ heading, size: dataset, samples }));
  const { source } = dataset;
  printResult(json, { out, source, count: samples.length }, () => out);
}

async function write(path: string, picture: Uint8Array): Promise<void> {
  try {
    await writeWhole(path, picture);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    throw new RequestError(`--out ${error.message}, or name another file`);
  }
}
