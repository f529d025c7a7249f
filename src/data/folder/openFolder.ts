import type { OpenOptions, Split } from '../dataset.ts';
import type { ReadData } from '../format.ts';
import { type ClassFile, findClassFolders, type Medium } from './classFolders.ts';
import { readFiles } from './files.ts';
import { holdOut } from './holdOut.ts';
import type { ImageStack } from './images.ts';
import { channelMoments } from './moments.ts';

/** Share of every class that is held out where the folder sets nothing apart for testing. */
const testShare = 0.2;

/** How files of one medium become images of one form. */
export interface ClassFileReader<Content> {
  medium: Medium;
  /** @throws RequestError naming a file that is no whole one */
  decode(bytes: Buffer, path: string): Content | Promise<Content>;
  stack(contents: Content[]): ImageStack;
}

/**
 * Reads files in a folder a class; without `test/` a share of every class is held out. Mean and
 * deviation are those of the training images.
 *
 * @param root an absolute path
 * @throws RequestError naming the folder or file that does not fit
 */
export async function openClassFolders<Content>(
  root: string,
  { seed = 1, onProgress }: OpenOptions,
  { medium, decode, stack }: ClassFileReader<Content>,
): Promise<ReadData> {
  const { classNames, passedOver, ...found } = await findClassFolders(root, medium);
  const parts = found.test
    ? { train: found.train, test: found.test }
    : holdOut(found.train, classNames, testShare, seed);
  const files = [...parts.train, ...parts.test];
  const { contents, digest } = await readFiles(root, files, decode, onProgress);
  const stacked = stack(contents);
  const [train, test] = splitStack(stacked, parts.train, parts.test);
  const { channels, height, width } = stacked;
  return {
    ...{ channels, height, width, classNames },
    ...channelMoments(train.images, channels, height * width),
    augmentation: 'none',
    ...{ train, test, digest, passedOver },
  };
}

/** The first images as one split, the rest as the other. */
function splitStack({ images }: ImageStack, train: ClassFile[], test: ClassFile[]): Split[] {
  const size = images.length / (train.length + test.length);
  const border = train.length * size;
  return [splitOf(train, images.subarray(0, border)), splitOf(test, images.subarray(border))];
}

const splitOf = (files: ClassFile[], images: Uint8Array): Split => ({
  count: files.length,
  images,
  labels: Uint16Array.from(files, ({ label }) => label),
});
