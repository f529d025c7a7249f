import { RequestError } from '../errors.ts';
import { refuseOthers } from './containers/refuseOthers.ts';
import type { Dataset, ImageKind, Split } from './dataset.ts';
import { digestValue } from './digest.ts';
import { readIdxImages, readIdxLabels, readIdxSplit } from './idxSplit.ts';
import type { DataFile, PublishedFile, StoredDataset } from './kinds.ts';
import { pathsOf } from './locate.ts';

const side = 28;

const imageKind: ImageKind = {
  channels: 1,
  height: side,
  width: side,
  classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  mean: [0.1307 * 255],
  std: [0.3081 * 255],
  augmentation: 'none',
};

const classes = imageKind.classNames.length;

const files = {
  trainImages: imageFile(
    'train-images-idx3-ubyte',
    60_000,
    'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  ),
  trainLabels: labelFile(
    'train-labels-idx1-ubyte',
    60_000,
    '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  ),
  testImages: imageFile(
    't10k-images-idx3-ubyte',
    10_000,
    '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  ),
  testLabels: labelFile(
    't10k-labels-idx1-ubyte',
    10_000,
    'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
  ),
};

/**
 * MNIST (LeCun, Cortes, Burges): handwritten digits, 28×28 grey, as four idx files, plain or gzip.
 * Files that parse are accepted whatever their checksum; only downloads must match it.
 */
export const mnist: StoredDataset = {
  kind: 'stored',
  title: 'MNIST',
  folder: 'mnist',
  forms: [Object.values(files)],
  mirrors: [
    'https://ossci-datasets.s3.amazonaws.com/mnist/',
    'https://storage.googleapis.com/cvdf-datasets/mnist/',
  ],
  images: { train: 60_000, test: 10_000 },
  imageKind,
  open: openMnist,
};

async function openMnist(folder: string): Promise<Dataset> {
  const paths = await pathsOf(folder, Object.values(files));
  await refuseOtherFiles(folder, paths);
  const [trainImages, trainLabels, testImages, testLabels] = paths;
  return {
    name: 'mnist',
    title: mnist.title,
    source: folder,
    ...imageKind,
    train: await openSplit(trainImages, trainLabels),
    test: await openSplit(testImages, testLabels),
  };
}

/** MNIST's own test labels are known at once. */
async function refuseOtherFiles(folder: string, paths: string[]): Promise<void> {
  const { digest } = files.testLabels;
  if ((await digestValue(paths[3], digest)) !== digest.value)
    await refuseOthers(mnist.title, folder, paths);
}

async function openSplit(imagePath: string, labelPath: string): Promise<Split> {
  const read = await readIdxSplit(imagePath, labelPath, classes, checkSize);
  const { height, width, ...split } = read;
  return split;
}

function checkSize({ height, width }: Pick<ImageKind, 'height' | 'width'>, file: string): void {
  if (height === side && width === side) return;
  throw new RequestError(
    `${file}, byte 8: images of ${height}×${width}, but MNIST's are ${side}×${side}; ` +
      'fetch the file again or name the right one',
  );
}

function imageFile(name: string, count: number, sha256: string): PublishedFile {
  return idxFile(name, 16 + count * side * side, sha256, async (path) =>
    checkSize(await readIdxImages(path), path),
  );
}

function labelFile(name: string, count: number, sha256: string): PublishedFile {
  return idxFile(
    name,
    8 + count,
    sha256,
    async (path) => void (await readIdxLabels(path, classes)),
  );
}

function idxFile(
  name: string,
  bytes: number,
  value: string,
  check: DataFile['check'],
): PublishedFile {
  const digest = { algorithm: 'sha256', of: 'contents', value } as const;
  return { names: [`${name}.gz`, name], bytes, digest, check };
}
