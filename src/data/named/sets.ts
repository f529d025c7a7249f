import { emnistClasses } from '../containers/emnist.ts';
import { type Published, published } from '../containers/published.ts';
import type { DatasetName } from '../dataset.ts';
import type { StoredDataset } from '../kinds.ts';

/** How the files of a named data set are read: each a function in `readers.ts`. */
export type ReaderName = 'idx' | 'emnist' | 'mat' | 'stl10';

/** A file that is downloaded: its bytes as it lies, and the MD5 of these. */
export interface NamedFile {
  name: string;
  bytes: number;
  md5: string;
}

/** A data set that is known by name and read as a container is. */
export interface NamedSet extends Pick<StoredDataset, 'title' | 'folder' | 'mirrors' | 'images'> {
  name: DatasetName;
  reader: ReaderName;
  /** what is downloaded */
  files: NamedFile[];
  /** where that is an archive: the files it unpacks to, which may lie in its place */
  unpacked?: { inner: string; names: string[] };
  classNames: readonly string[];
  channels: number;
  side: number;
}

const grey = { channels: 1, side: 28 };
const likeMnist = { train: 60_000, test: 10_000 };

/** The names of MNIST's files, which others took over. */
const mnistNames = [
  ...['train-images-idx3-ubyte.gz', 'train-labels-idx1-ubyte.gz'],
  ...['t10k-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz'],
];

const emnistImages = {
  byclass: { train: 697_932, test: 116_323 },
  bymerge: { train: 697_932, test: 116_323 },
  balanced: { train: 112_800, test: 18_800 },
  letters: { train: 124_800, test: 20_800 },
  digits: { train: 240_000, test: 40_000 },
  mnist: { train: 60_000, test: 10_000 },
};

type EmnistSplit = keyof typeof emnistImages;

/**
 * The data sets by name beside MNIST and CIFAR. Addresses and MD5 are those of torchvision's
 * sources, sizes those of TensorFlow Datasets' lists of checksums (`url_checksums`).
 */
export const namedSets: readonly NamedSet[] = [
  {
    ...{ name: 'fashion-mnist', title: 'Fashion-MNIST', folder: 'fashion-mnist', reader: 'idx' },
    mirrors: ['http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/'],
    files: filesOf('Fashion-MNIST', mnistNames, [26_421_880, 29_515, 4_422_102, 5_148]),
    images: likeMnist,
    classNames: publishedNamed('Fashion-MNIST').classNames,
    ...grey,
  },
  {
    ...{ name: 'kmnist', title: 'KMNIST', folder: 'kmnist', reader: 'idx' },
    mirrors: ['http://codh.rois.ac.jp/kmnist/dataset/kmnist/'],
    files: filesOf('KMNIST', mnistNames, [18_165_135, 29_497, 3_041_136, 5_120]),
    images: likeMnist,
    classNames: publishedNamed('KMNIST').classNames,
    ...grey,
  },
  {
    ...{ name: 'qmnist', title: 'QMNIST', folder: 'qmnist', reader: 'idx' },
    mirrors: ['https://raw.githubusercontent.com/facebookresearch/qmnist/master/'],
    files: filesOf(
      'QMNIST',
      [
        ...['qmnist-train-images-idx3-ubyte.gz', 'qmnist-train-labels-idx2-int.gz'],
        ...['qmnist-test-images-idx3-ubyte.gz', 'qmnist-test-labels-idx2-int.gz'],
      ],
      [9_704_059, 463_024, 9_742_279, 526_800],
    ),
    images: { train: 60_000, test: 60_000 },
    classNames: publishedNamed('QMNIST').classNames,
    ...grey,
  },
  ...(Object.keys(emnistImages) as EmnistSplit[]).map(emnist),
  {
    ...{ name: 'svhn', title: 'SVHN', folder: 'svhn', reader: 'mat' },
    mirrors: ['http://ufldl.stanford.edu/housenumbers/'],
    files: filesOf('SVHN', ['train_32x32.mat', 'test_32x32.mat'], [182_040_794, 64_275_384]),
    images: { train: 73_257, test: 26_032 },
    classNames: publishedNamed('SVHN').classNames,
    ...{ channels: 3, side: 32 },
  },
  {
    ...{ name: 'stl10', title: 'STL-10', folder: 'stl10', reader: 'stl10' },
    mirrors: ['http://ai.stanford.edu/~acoates/stl10/'],
    files: [
      {
        name: 'stl10_binary.tar.gz',
        bytes: 2_640_397_119,
        md5: '91f7769df0f17e558f3565bffb0c7dfb',
      },
    ],
    unpacked: {
      inner: 'stl10_binary/',
      names: ['train_X.bin', 'train_y.bin', 'test_X.bin', 'test_y.bin'],
    },
    images: { train: 5_000, test: 8_000 },
    classNames: publishedNamed('STL-10').classNames,
    ...{ channels: 3, side: 96 },
  },
];

/** One of EMNIST's six splits; one archive holds them all. */
function emnist(split: EmnistSplit): NamedSet {
  const file = (part: string, what: string) => `emnist-${split}-${part}-${what}-ubyte.gz`;
  return {
    ...{ name: `emnist-${split}`, title: `EMNIST ${split}`, folder: 'emnist', reader: 'emnist' },
    mirrors: [
      'https://biometrics.nist.gov/cs_links/EMNIST/',
      'https://www.itl.nist.gov/iaui/vip/cs_links/EMNIST/',
    ],
    files: [{ name: 'gzip.zip', bytes: 561_753_746, md5: '58c8d27c78d21e728a6bc7b3cc06412e' }],
    unpacked: {
      inner: 'gzip/',
      names: ['train', 'test'].flatMap((part) => [
        file(part, 'images-idx3'),
        file(part, 'labels-idx1'),
      ]),
    },
    images: emnistImages[split],
    classNames: emnistClasses[split],
    ...grey,
  };
}

function filesOf(title: string, names: string[], sizes: number[]): NamedFile[] {
  const { files } = publishedNamed(title);
  return names.map((name, i) => ({ name, bytes: sizes[i], md5: files[name] }));
}

function publishedNamed(title: string): Published {
  return published.find((own) => own.title === title)!;
}
