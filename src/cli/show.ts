import { basename } from 'node:path';
import { augmentedVersions, firstSamples } from '../data/samples.ts';
import { parseAugmentation } from '../data/transforms/parse.ts';
import { drawContactSheet } from '../figures/contactSheet.ts';
import { parseConfig } from '../runs/config.ts';
import { openData } from '../runs/open.ts';
import type { ShowFlags } from './commands/data.ts';
import { tellFonts } from './fonts.ts';
import { printResult } from './output.ts';
import { picturePath, writeFileAt } from './places.ts';
import { openProgress, showDownload } from './progress.ts';

/** Epochs whose versions of an image stand beside it, and the seed they are drawn from. */
const versions = { seed: 1, epochs: 9 };

/** `shakelab data show`: a contact sheet of training images, as PNG. */
export async function show(name: string, flags: ShowFlags): Promise<void> {
  const { data: dataFolder, settings, augment, json } = flags;
  const out = picturePath('out', flags.out ?? `${basename(name)}.png`, 'png');
  const chain = augment && parseAugmentation(augment === true ? 'crop-flip' : augment);
  const config = parseConfig({ ...settings.values, dataset: name }, settings);
  const progress = openProgress();
  const onDownload = json ? undefined : showDownload(progress);
  const opening = openData(config, { dataFolder, onDownload });
  const dataset = await opening.finally(() => progress.stop());
  const samples = firstSamples(dataset, flags.count ?? (chain ? 10 : 50)).map((sample) => ({
    name: sample.className,
    image: sample.image,
    versions: chain ? augmentedVersions(dataset, sample, { ...versions, chain }) : [],
  }));
  const seen = chain
    ? `; to the right as epochs 1 to ${versions.epochs} see them: ${chain.name}`
    : '';
  const heading = `${dataset.title}, training images${seen}`;
  await tellFonts([heading, ...samples.map((sample) => sample.name)]);
  await writeFileAt('out', out, await drawContactSheet({ heading, size: dataset, samples }));
  const { source } = dataset;
  printResult(json, { out, source, count: samples.length }, () => out);
}
