import { digestValue } from '../digest.ts';

/** A data set that was published with digests of its files. */
export interface Published {
  title: string;
  /** MD5 of the files as they lie, packed where they were, by their published names */
  files: Record<string, string>;
  /** SHA-256 of what is in them, where somebody published that: files packed anew are known by it */
  contents?: Record<string, string>;
  /** the classes by their numbers, where the files do not name them */
  classNames: readonly string[];
}

const digits = [...'0123456789'];

/**
 * Digests as torchvision's sources give them (`torchvision/datasets/{mnist,svhn,stl10,cifar}.py`),
 * to which the publishers' own files compare. EMNIST is published as one archive, of which alone a
 * digest was found. Of contents only MNIST's were found published (among others by the scripts that
 * fetch it from Google's CVDF mirror); CIFAR's archives have theirs in `cifar/`.
 */
export const published: readonly Published[] = [
  {
    title: 'MNIST',
    files: {
      'train-images-idx3-ubyte.gz': 'f68b3c2dcbeaaa9fbdd348bbdeb94873',
      'train-labels-idx1-ubyte.gz': 'd53e105ee54ea40749a09fcbcd1e9432',
      't10k-images-idx3-ubyte.gz': '9fb629c4189551a2d022fa330f9573f3',
      't10k-labels-idx1-ubyte.gz': 'ec29112dd5afa0611ce80d1b7f02629c',
    },
    contents: {
      'train-images-idx3-ubyte': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
      'train-labels-idx1-ubyte': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
      't10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
      't10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
    },
    classNames: digits,
  },
  {
    title: 'Fashion-MNIST',
    files: {
      'train-images-idx3-ubyte.gz': '8d4fb7e6c68d591d4c3dfef9ec88bf0d',
      'train-labels-idx1-ubyte.gz': '25c81989df183df01b3e8a0aad5dffbe',
      't10k-images-idx3-ubyte.gz': 'bef4ecab320f06d8554ea6380940ec79',
      't10k-labels-idx1-ubyte.gz': 'bb300cfdad3c16e7a12a480ee83cd310',
    },
    classNames: [
      ...['T-shirt/top', 'Trouser', 'Pullover', 'Dress', 'Coat'],
      ...['Sandal', 'Shirt', 'Sneaker', 'Bag', 'Ankle boot'],
    ],
  },
  {
    title: 'KMNIST',
    files: {
      'train-images-idx3-ubyte.gz': 'bdb82020997e1d708af4cf47b453dcf7',
      'train-labels-idx1-ubyte.gz': 'e144d726b3acfaa3e44228e80efcd344',
      't10k-images-idx3-ubyte.gz': '5c965bf0a639b31b8f53240b1b52f4d7',
      't10k-labels-idx1-ubyte.gz': '7320c461ea6c1c855c0b718fb2a4b134',
    },
    classNames: ['o', 'ki', 'su', 'tsu', 'na', 'ha', 'ma', 'ya', 're', 'wo'],
  },
  {
    title: 'QMNIST',
    files: {
      'qmnist-train-images-idx3-ubyte.gz': 'ed72d4157d28c017586c42bc6afe6370',
      'qmnist-train-labels-idx2-int.gz': '0058f8dd561b90ffdd0f734c6a30e5e4',
      'qmnist-test-images-idx3-ubyte.gz': '1394631089c404de565df7b7aeaf9412',
      'qmnist-test-labels-idx2-int.gz': '5b5b05890a5e13444e108efe57b788aa',
    },
    classNames: digits,
  },
  {
    title: 'SVHN',
    files: {
      'train_32x32.mat': 'e26dedcc434d2e4c54c9b2d4a06d8373',
      'test_32x32.mat': 'eb5a983be6a315427106f1b164d9cef3',
      'extra_32x32.mat': 'a93ce644f1a588dc4d68dda5feec44a7',
    },
    classNames: digits,
  },
  {
    title: 'STL-10',
    files: {
      'train_X.bin': '918c2871b30a85fa023e0c44e0bee87f',
      'train_y.bin': '5a34089d4802c674881badbb80307741',
      'test_X.bin': '7f263ba9f9e0b06b93213547f721ac82',
      'test_y.bin': '36f9794fa4beb8a2c72628de14fa638e',
    },
    classNames: [
      ...['airplane', 'bird', 'car', 'cat', 'deer'],
      ...['dog', 'horse', 'monkey', 'ship', 'truck'],
    ],
  },
  {
    title: 'CIFAR-10 (Python version)',
    files: {
      data_batch_1: 'c99cafc152244af753f735de768cd75f',
      data_batch_2: 'd4bba439e000b95fd0a9bffe97cbabec',
      data_batch_3: '54ebc095f3ab1f0389bbae665268c751',
      data_batch_4: '634d18415352ddfa80567beed471001a',
      data_batch_5: '482c414d41f54cd18b22e5b47cb7c3cb',
      test_batch: '40351d587109b95175f43aff81a1287e',
    },
    classNames: [
      ...['airplane', 'automobile', 'bird', 'cat', 'deer'],
      ...['dog', 'frog', 'horse', 'ship', 'truck'],
    ],
  },
];

/** The data set that all of some files belong to as published, whatever they are called; or null. */
export async function publishedAs(
  paths: readonly string[],
  table: readonly Published[] = published,
): Promise<Published | null> {
  const found = await Promise.all(paths.map(digestsOf));
  const whole = table.find(({ files, contents = {} }) => {
    const known = [...Object.values(files), ...Object.values(contents)];
    return found.every((digests) => digests.some((digest) => known.includes(digest)));
  });
  return paths.length > 0 ? (whole ?? null) : null;
}

/** Of a file as it lies, and of what is in it. */
const digestsOf = (path: string): Promise<string[]> =>
  Promise.all([
    digestValue(path, { algorithm: 'md5', of: 'file' }, Number.POSITIVE_INFINITY),
    digestValue(path, { algorithm: 'sha256', of: 'contents' }, Number.POSITIVE_INFINITY),
  ]);
