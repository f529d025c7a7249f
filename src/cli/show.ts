import { basename, resolve } from 'node:path';
import { augmentedVersions, firstSamples } from '../data/samples.ts';
import { drawContactSheet } from '../figures/contactSheet.ts';
import { parseConfig } from '../runs/config.ts';
import { openData } from '../runs/open.ts';
import type { ShowFlags } from './commands/data.ts';
import { printResult } from './output.ts';
import { writePicture } from './picture.ts';
import { openProgress, showDownload } from './progress.ts';

/** Epochs whose versions of an image stand beside it, and the seed they are drawn from. */
const versions = { seed: 1, epochs: 9 };

/** `shakelab data show`: a contact sheet of training images, as PNG. */
export async function show(name: string, flags: ShowFlags): Promise<void> {
  const { data: dataFolder, settings, augment = false, json } = flags;
  const config = parseConfig({ ...settings.values, dataset: name }, settings);
  const progress = openProgress();
  const onDownload = json ? undefined : showDownload(progress);
  const opening = openData(config, { dataFolder, onDownload });
  const dataset = await opening.finally(() => progress.stop());
  const samples = firstSamples(dataset, flags.count ?? (augment ? 10 : 50)).map((sample) => ({
    name: sample.className,
    image: sample.image,
    versions: augment ? augmentedVersions(dataset, sample, versions) : [],
  }));
  const seen = augment
    ? `; to the right as epochs 1 to ${versions.epochs} crop and mirror them`
    : '';
  const heading = `${dataset.title}, training images${seen}`;
  const out = resolve(flags.out ?? `${basename(name)}.png`);
  await writePicture(out, drawContactSheet({ heading, size: dataset, samples }));
  const { source } = dataset;
  printResult(json, { out, source, count: samples.length }, () => out);
}
