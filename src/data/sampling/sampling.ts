import { z } from 'zod';
import { type Family, family, numberOption, parseChoice } from '../../options/index.ts';
import { epochOrder } from '../sampleOrder.ts';
import { balancedOrder, groupedOrder } from './classOrder.ts';

/** What an epoch may show: the training samples' labels, and how many classes there are. */
export interface SampledClasses {
  labels: ArrayLike<number>;
  classes: number;
}

/** Which training samples an epoch visits, and in which order. */
export interface Sampling {
  /** Its canonical text. */
  readonly name: string;
  /** At least as many places as there are samples, by seed and epoch alone. */
  order(seed: number, epoch: number, classes: SampledClasses): Uint32Array;
}

const natural = family(
  { summary: 'every sample once', source: '' },
  (name): Sampling => ({
    name,
    order: (seed, epoch, { labels }) => epochOrder(seed, epoch, labels.length),
  }),
);

const balanced = family(
  { summary: 'every class as often', source: '' },
  (name): Sampling => ({
    name,
    order: (seed, epoch, { labels, classes }) => balancedOrder(seed, epoch, labels, classes),
  }),
);

/** All divide 16, and so every batch. */
const groupSizes = [2, 4, 8, 16];

const classes = family(
  {
    summary: 'some samples of each class of a batch',
    source: 'Hermans, Beyer and Leibe, 2017, arXiv:1703.07737, section 2',
    options: z.strictObject({
      samples: numberOption(
        `must be one of ${groupSizes.join(', ')}`,
        (size) => groupSizes.includes(size),
        4,
      ),
    }),
  },
  (name, { samples: perClass }): Sampling => ({
    name,
    order: (seed, epoch, { labels, classes }) =>
      groupedOrder(seed, epoch, labels, { classes, perClass }),
  }),
);

/** Every way of sampling by name. */
const samplings: Record<string, Family<Sampling>> = { natural, balanced, classes };

/**
 * Reads a way of sampling: `natural`, `balanced` or `classes:samples=4`.
 *
 * @throws RequestError pointing at the name, option or value that does not fit
 */
export const parseSampling = (text: string): Sampling =>
  parseChoice({ field: 'sampling', noun: 'way' }, samplings, text);

/**
 * Tells apart the times that an order visits a sample, for draws by sample: the first time it is the sample
 * itself, then sample + count, sample + 2 count … modulo 2³².
 *
 * @param count samples of the split
 */
export function visitsOf(order: Uint32Array, count: number): Uint32Array {
  const before = new Uint32Array(count);
  return order.map((sample) => sample + before[sample]++ * count);
}
