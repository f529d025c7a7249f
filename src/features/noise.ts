import { z } from 'zod';
import { family, numberOption } from '../options/index.ts';
import { randomStream } from '../random/index.ts';
import { type FeatureBatch, type FeatureVariation, streamName } from './variation.ts';

const options = z.strictObject({
  /** Deviation of the noise, as a share of the batch's deviation in each coordinate. */
  degree: numberOption('must be a number from 0 on', (value) => value >= 0, 0.1),
});

/**
 * Noise: x' = x + γ X, X normal with the batch's deviation in each coordinate. The noise is a draw:
 * no gradient flows through its deviation.
 *
 * Source: DeVries and Taylor, "Dataset augmentation in feature space", 2017; they leave γ to tuning.
 */
export const noise = family(
  {
    summary: 'normal noise is added to features',
    source: 'DeVries & Taylor 2017, arXiv:1702.05538',
    options,
  },
  (name, { degree }): FeatureVariation => ({
    name,
    usesLabels: false,
    vary(batch) {
      const { features, count, dimensions, seed, step } = batch;
      const stream = randomStream(seed, streamName, step);
      const deviations = deviationsOf(batch);
      return {
        features: features
          .slice(0, count * dimensions)
          .map((x, i) => x + degree * deviations[i % dimensions] * stream.normal()),
        backward() {},
      };
    },
  }),
);

function deviationsOf({ features, count, dimensions }: FeatureBatch): Float64Array {
  const [sums, squares] = [new Float64Array(dimensions), new Float64Array(dimensions)];
  for (let i = 0; i < count * dimensions; i++) {
    sums[i % dimensions] += features[i] / count;
    squares[i % dimensions] += features[i] ** 2 / count;
  }
  return squares.map((square, d) => Math.sqrt(Math.max(0, square - sums[d] ** 2)));
}
