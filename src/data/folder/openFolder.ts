import type { OpenOptions, Split } from '../dataset.ts';
import type { FieldChoice } from '../fieldChoice.ts';
import type { ReadData } from '../format.ts';
import { groupNotes, groupNumbers } from '../groups.ts';
import type { ClassFile } from './classFiles.ts';
import { findClassFolders } from './classFolders.ts';
import type { DecodedFile } from './decoded.ts';
import type { Decoding } from './decoders.ts';
import { readFiles } from './files.ts';
import { folderLevel } from './folderLevel.ts';
import { holdOut, refuseSingles } from './holdOut.ts';
import type { Medium } from './medium.ts';
import { channelMoments } from './moments.ts';
import type { ImageStack } from './stack.ts';

/** Share of every class that is held out where the folder sets nothing apart for testing. */
const testShare = 0.2;

/** How files of one medium become images of one form. */
export interface ClassFileReader {
  medium: Medium;
  /** Which folders below a class's tell what belongs together. */
  groupField: FieldChoice;
  decoding: Decoding;
  /** @throws RequestError where the files do not fit each other */
  stack(files: readonly DecodedFile[]): ImageStack;
  /** what a user should know of the files */
  notes(files: readonly DecodedFile[]): string[];
}

/**
 * Reads files in a folder a class; without `test/` a share of every class is held out. Mean and
 * deviation are those of the training images.
 *
 * @param root an absolute path
 * @throws RequestError naming the folder or files that do not fit
 */
export async function openClassFolders(
  root: string,
  { seed = 1, onProgress, anew }: OpenOptions,
  reader: ClassFileReader,
): Promise<ReadData> {
  const level = folderLevel(reader.groupField);
  const { classNames, passedOver, ...found } = await findClassFolders(root, reader.medium, level);
  if (!found.test) refuseSingles(root, found.train, classNames);
  const parts = found.test ? [found.train, found.test] : heldOut(found.train, classNames, seed);
  if (found.validation) parts.push(found.validation);
  const read = await readFiles(root, parts.flat(), reader.decoding, { onProgress, anew });
  const stacked = reader.stack(read.files);
  const [train, test, validation] = splitStack(stacked, parts);
  const { channels, height, width, extent } = stacked;
  return {
    ...{ channels, height, width, classNames },
    ...channelMoments(train.images, channels, height * width),
    augmentation: 'none',
    ...{ train, test, ...(validation && { validation }) },
    ...{ digest: read.digest, passedOver },
    notes: [
      ...found.notes,
      ...reader.notes(read.files),
      ...groupNotes({ train, test, validation }, classNames),
    ],
    ...(extent && { extent }),
  };
}

function heldOut(files: readonly ClassFile[], classNames: readonly string[], seed: number) {
  const labels = Uint16Array.from(files, ({ label }) => label);
  const groups = files.flatMap(({ group }) => group ?? []);
  const samples = { labels, ...(groups.length === files.length && { groups }) };
  const { train, held } = holdOut(samples, classNames, testShare, seed);
  return [train, held].map((places) => Array.from(places, (place) => files[place]));
}

/** The images one split after the other, as they were put together. */
function splitStack({ images, ...form }: ImageStack, parts: readonly ClassFile[][]): Split[] {
  const size = form.channels * form.height * form.width;
  const groups = groupNumbers(parts.map((files) => files.flatMap(({ group }) => group ?? [])));
  let start = 0;
  return parts.map((files, place) => {
    const end = start + files.length * size;
    const split = splitOf(files, images.subarray(start, end), groups[place]);
    start = end;
    return split;
  });
}

const splitOf = (files: ClassFile[], images: Uint8Array, groups: Uint32Array): Split => ({
  count: files.length,
  images,
  labels: Uint16Array.from(files, ({ label }) => label),
  ...(groups.length === files.length && { groups }),
});
