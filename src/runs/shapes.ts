import { RequestError } from '../errors.ts';

/** Size of a data set's images and number of their classes, known without its files. */
export interface ImageKind {
  channels: number;
  height: number;
  width: number;
  classes: number;
}

const digits: ImageKind = { channels: 1, height: 28, width: 28, classes: 10 };
const kinds: Record<string, ImageKind> = {
  mnist: digits,
  digits,
  cifar10: { channels: 3, height: 32, width: 32, classes: 10 },
};

/** @throws RequestError on a data set whose images are not known */
export function imagesOf(dataset: string): ImageKind {
  if (Object.hasOwn(kinds, dataset)) return kinds[dataset];
  const names = Object.keys(kinds).join(', ');
  throw new RequestError(`--dataset ${dataset}: there is no such data set; choose from ${names}`);
}
