import { createHash } from 'node:crypto';
import { option } from '../../errors.ts';
import { reorder } from '../bytes.ts';
import type { OpenOptions, Split } from '../dataset.ts';
import { holdOut } from '../folder/holdOut.ts';
import { channelMoments } from '../folder/moments.ts';
import type { ReadData } from '../format.ts';
import { groupNotes, groupNumbers } from '../groups.ts';
import { imageSizeText } from '../imageForm.ts';
import { classSizes } from '../sampling/classSizes.ts';
import type { SettingValues } from '../settings.ts';
import { classesOf } from './classes.ts';
import { type Contents, type PixelPart, schemaLines } from './contents.ts';
import { decodeParts } from './decode.ts';
import type { Pixels } from './pixels.ts';
import { refusal } from './refusal.ts';
import { type LabelledStack, namedSplits } from './splits.ts';

/** Share of every class that is held out where a container sets nothing apart for testing. */
const testShare = 0.2;

type Form = Pick<Pixels, 'channels' | 'height' | 'width'>;

/**
 * Makes a data set of what a container holds: decodes pictures that are files, gives labels their
 * classes, and holds out what there is to test on where nothing is set apart.
 *
 * @throws RequestError naming the sample or setting that does not fit
 */
export async function assemble(
  contents: Contents,
  path: string,
  settings: SettingValues,
  options: OpenOptions,
): Promise<ReadData> {
  const { form, stacks, digest } = await stacksOf(contents, path, settings, options);
  const named = namedSplits(stacks, path);
  const all = [named.train, named.validation, named.test].filter((stack) => stack !== null);
  const labels = all.map((stack) => stack.labels);
  const classes = classesOf(labels, contents.classNames, path);
  const groups = groupNumbers(all.map(({ groups = [] }) => groups));
  const splits = all.map(({ images }, i) => splitOf(images, classes.labels[i], groups[i]));
  const { classNames } = classes;
  const parts = named.test
    ? { train: splits[0], test: splits.at(-1)! }
    : heldOut(splits[0], classNames, options.seed ?? 1, path);
  const { channels, height, width } = form;
  const divided = { ...parts, validation: named.validation && splits[1] };
  return {
    ...(contents.title && { title: contents.title }),
    ...{ channels, height, width, classNames },
    ...channelMoments(parts.train.images, channels, height * width),
    augmentation: 'none',
    ...parts,
    ...(named.validation && { validation: splits[1] }),
    ...(digest && { digest }),
    notes: [...schemaLines(contents.schema), ...named.notes, ...groupNotes(divided, classNames)],
  };
}

async function stacksOf(
  { parts }: Contents,
  path: string,
  settings: SettingValues,
  { onProgress }: OpenOptions,
): Promise<{ form: Form; stacks: LabelledStack[]; digest?: string }> {
  const pixels = parts.filter((part) => part.kind === 'pixels');
  if (pixels.length > 0) return pixelStacks(pixels, path, settings);
  const samples = parts.filter((part) => part.kind === 'samples');
  const hash = createHash('sha256');
  const decoded = await decodeParts(samples, settings, hash, (count) => {
    onProgress?.({ file: `reading ${path}`, received: count, total: null });
  });
  return { ...decoded, digest: hash.digest('hex') };
}

/** Pixels are taken as they are: no setting brings them into another form. */
function pixelStacks(
  parts: readonly PixelPart[],
  path: string,
  { imageSize, imageChannels }: SettingValues,
) {
  const [{ pixels: form }] = parts;
  const refuse = (setting: string) => {
    const what = `${setting}: it holds pixels, ${form.height}x${form.width}, which are taken as they are`;
    return refusal(path, what, 'leave it out');
  };
  if (imageChannels !== 'auto') throw refuse(`${option('imageChannels')} ${imageChannels}`);
  const isSize =
    imageSize === 'auto' || (imageSize.height === form.height && imageSize.width === form.width);
  if (!isSize) throw refuse(`${option('imageSize')} ${imageSizeText(imageSize)}`);
  const stacks = parts.map(({ split, pixels: { images }, labels, groups }) => ({
    ...{ split, images, labels, groups },
  }));
  return { form, stacks };
}

const splitOf = (images: Uint8Array, labels: Uint16Array, groups: Uint32Array): Split => ({
  ...{ count: labels.length, images, labels },
  ...(groups.length === labels.length && { groups }),
});

/**
 * As of folders: a share of every class, or whole groups, drawn from the seed. The pictures are brought into order
 * where they lie, training first, so that none is held twice.
 *
 * @throws RequestError for a class of one sample
 */
function heldOut(split: Split, classNames: string[], seed: number, path: string) {
  const { images, labels, groups, count } = split;
  if (!groups) refuseSingles(labels, classNames, path);
  const samples = { labels, ...(groups && { groups: Array.from(groups, String) }) };
  const { train, held } = holdOut(samples, classNames, testShare, seed);
  const size = images.length / count;
  const order = new Uint32Array(count);
  order.set(train);
  order.set(held, train.length);
  reorder(images, size, order);
  const border = train.length * size;
  const partOf = (places: Uint32Array, own: Uint8Array) =>
    splitOf(
      own,
      new Uint16Array(places.length).map((_, at) => labels[places[at]]),
      new Uint32Array(groups ? places.length : 0).map((_, at) => groups![places[at]]),
    );
  return {
    train: partOf(train, images.subarray(0, border)),
    test: partOf(held, images.subarray(border)),
  };
}

function refuseSingles(labels: Uint16Array, classNames: readonly string[], path: string): void {
  const single = classSizes(labels, classNames.length).indexOf(1);
  if (single < 0) return;
  const what = `class ${classNames[single]} has one sample, of which none can be held out to test on`;
  throw refusal(path, what, 'add samples, leave the class out, or set samples apart as test');
}
