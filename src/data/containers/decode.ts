import type { Hash } from 'node:crypto';
import { RequestError } from '../../errors.ts';
import { mostBytes, readBounded } from '../../files/read.ts';
import type { DecodedFile } from '../folder/decoded.ts';
import { decodeImage } from '../folder/images.ts';
import type { SettingValues } from '../settings.ts';
import type { Label, Sample, SamplePart, SplitName } from './contents.ts';
import { PictureStacks } from './pictureStacks.ts';
import type { Pixels } from './pixels.ts';
import { refusal } from './refusal.ts';

/** Pictures being decoded at the same time. */
const inFlight = 16;

/**
 * Decodes the samples of all parts into stacks of one form, a stack a split.
 *
 * @param hash takes every sample's name and bytes
 * @param tell is told how many samples there are so far
 * @throws RequestError naming a sample that is no picture, or of another form
 */
export async function decodeParts(
  parts: readonly SamplePart[],
  settings: SettingValues,
  hash: Hash,
  tell: (count: number) => void,
) {
  const stacks = new PictureStacks(settings.imageChannels);
  const told = new Map<SplitName | null, { labels: Label[]; groups: string[] }>();
  let count = 0;
  for (const part of parts) {
    for await (const group of groups(part.samples(), inFlight)) {
      const images = await decodeGroup(group, settings, hash);
      const splits = group.map((sample) => sample.split ?? part.split);
      for (const split of new Set(splits)) {
        const own = group.filter((_, i) => splits[i] === split);
        const expected = split === part.split ? (part.count ?? null) : null;
        const ofSplit = images.filter((_, i) => splits[i] === split);
        stacks.add(ofSplit, split, expected);
        if (!told.has(split)) told.set(split, { labels: [], groups: [] });
        told.get(split)!.labels.push(...own.map(({ label }) => label));
        told.get(split)!.groups.push(...own.flatMap(({ group }) => group ?? []));
      }
      count += group.length;
      tell(count);
    }
  }
  if (count === 0) throw refusal('dataset', 'holds no samples', 'name a file that does');
  const { form, stacks: found } = stacks.finish();
  return { form, stacks: found.map((stack) => ({ ...stack, ...told.get(stack.split)! })) };
}

async function* groups<Value>(values: AsyncIterable<Value>, size: number): AsyncGenerator<Value[]> {
  let group: Value[] = [];
  for await (const value of values) {
    group.push(value);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

async function decodeGroup(group: Sample[], settings: SettingValues, hash: Hash) {
  const contents = await Promise.all(group.map(contentOf));
  contents.forEach((content, i) => {
    hash.update(`${group[i].name}\0${content.length}\0`).update(content);
  });
  const form = {
    size: settings.imageSize,
    channels: settings.imageChannels,
    range: settings.imageRange,
  } as const;
  const images = group.map(async ({ picture, name }, i) =>
    'pixels' in picture
      ? interleaved(picture.pixels, name)
      : Object.assign(await decodeImage(contents[i], name, form), { path: name }),
  );
  await Promise.allSettled(images);
  return Promise.all(images);
}

/** The bytes of a sample's file, or its pixels. @throws RequestError where its file cannot be read */
export async function contentOf({
  picture,
  name,
}: Pick<Sample, 'picture' | 'name'>): Promise<Buffer> {
  if ('pixels' in picture) return asBuffer(picture.pixels.images);
  if ('bytes' in picture) return asBuffer(picture.bytes);
  return readBounded(picture.path, mostBytes.sample).catch((error) => {
    if (error instanceof RequestError) throw error;
    throw refusal(
      picture.path,
      `cannot be read (${error.code}), named as ${name}`,
      'mend the path',
    );
  });
}

const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Pixels that were no file, as if they had been: the bands of a pixel side by side. */
export function interleaved(
  { images, channels: bands, height, width }: Pixels,
  path: string,
): DecodedFile {
  const plane = height * width;
  const pixels = Uint8Array.from(
    { length: images.length },
    (_, at) => images[(at % bands) * plane + Math.floor(at / bands)],
  );
  return { path, height, width, bands, alpha: false, pixels, facts: {} };
}
