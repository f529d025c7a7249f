import { option, RequestError } from '../errors.ts';
import type { Dataset, Split, SplitName } from './dataset.ts';
import { datasetDigest } from './identity.ts';
import type { Division } from './sampling/division.ts';
import { holdOutCount, holdOutShare } from './sampling/holdOut.ts';
import { holdOutGroups } from './sampling/holdOutGroups.ts';
import { gather } from './subset.ts';

/** The words that `validation` may say besides a share and a count. */
const words = ['auto', 'none', 'own'];

/** The seed of every held-out choice: runs of any seed choose by the same images. */
const seed = 1;

/**
 * The one text of where the images to choose by come from: `auto` (the data set's own, where it sets
 * some apart), `own`, `none`, a share of the training images below 1, or a count of them.
 *
 * @throws RequestError for another text
 */
export function canonicalValidation(text: string): string {
  if (words.includes(text)) return text;
  const size = text.trim() === '' ? Number.NaN : Number(text);
  if ((size > 0 && size < 1) || (Number.isSafeInteger(size) && size >= 1)) return String(size);
  throw new RequestError(
    `${option('validation')} ${text}: must be a share of the training images above 0 and below 1, a ` +
      `count of them, or one of ${words.join(', ')}; try 0.1`,
  );
}

/**
 * The data set with the images to choose by that `validation` asks for: its own, none, or some of the
 * training images, held out of every class in proportion, groups whole. The same choice for the same data for ever.
 *
 * @throws RequestError where it has none of its own, or too few images to hold out
 */
export function withValidation(dataset: Dataset, validation: string): Dataset {
  const { validation: own = null, heldOut } = dataset;
  if (heldOut === validation || validation === 'auto') return dataset;
  if (validation === 'none') return own ? setOnlyValidation(dataset) : dataset;
  if (validation !== 'own') return hold(dataset, validation);
  if (own) return dataset;
  throw new RequestError(
    `${option('validation')} own: ${dataset.title} sets no images apart to choose by; try 0.1`,
  );
}

const setOnlyValidation = (dataset: Dataset): Dataset => ({
  ...dataset,
  digest: datasetDigest(dataset),
  validation: null,
});

function hold(dataset: Dataset, validation: string): Dataset {
  const { train, classNames } = dataset;
  const division = divide(train, classNames.length, Number(validation));
  return {
    ...dataset,
    digest: datasetDigest(dataset),
    heldOut: validation,
    train: gather(train, division.train),
    validation: gather(train, division.held),
  };
}

/** Holds out a share below 1 or a count from 1; where samples lie in groups, as nearly as these allow. */
function divide({ labels, groups, count }: Split, classes: number, size: number): Division {
  const share = size < 1 ? size : size / count;
  if (groups && share < 1) return holdOutGroups(labels, classes, groups, { share, seed });
  return size < 1
    ? holdOutShare(labels, classes, size, seed)
    : holdOutCount(labels, classes, size, seed);
}

/** A part of a data set. @throws RequestError where it has none of that name */
export function splitNamed(dataset: Dataset, name: SplitName): Split {
  const split = dataset[name];
  if (split) return split;
  throw new RequestError(
    `${option('split')} ${name}: the run has no validation images; choose train or test, or train a ` +
      `run with ${option('validation')} 0.1`,
  );
}
