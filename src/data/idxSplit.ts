import { RequestError } from '../errors.ts';
import { type IdxImages, parseIdxImages, parseIdxLabels } from './idx.ts';
import { readUnpacked } from './unpack.ts';

/** The images and labels of a split, and the images' height and width. */
export interface IdxSplit extends Omit<IdxImages, 'pixels'> {
  images: Uint8Array;
  labels: Uint16Array;
}

/**
 * Reads a pair of idx files, plain or gzip, as one split.
 *
 * @param classes one more than the largest label there may be
 * @param checkSize refuses images of a size that the data set has not
 * @throws RequestError naming the file and the byte where they are no such pair
 */
export async function readIdxSplit(
  imagePath: string,
  labelPath: string,
  classes: number,
  checkSize: (images: IdxImages, path: string) => void = () => {},
): Promise<IdxSplit> {
  const { pixels, ...size } = await readIdxImages(imagePath);
  checkSize({ pixels, ...size }, imagePath);
  const labels = await readIdxLabels(labelPath, classes);
  if (labels.length === size.count) return { ...size, images: pixels, labels };
  throw new RequestError(
    `${labelPath}, byte 4: ${labels.length} labels, but ${imagePath} has ${size.count} images at its byte 4; ` +
      'put files of the same split together',
  );
}

export const readIdxImages = async (path: string): Promise<IdxImages> =>
  parseIdxImages(await readUnpacked(path), path);

export const readIdxLabels = async (path: string, classes: number): Promise<Uint16Array> =>
  parseIdxLabels(await readUnpacked(path), path, classes);
