import { countOption, numberOption } from '../options/index.ts';
import { type RandomStream, randomStream } from '../random/index.ts';
import { type FeatureBatch, type FeatureVariation, streamName } from './variation.ts';

/** Options of the ways that look at a neighbour. */
export const neighbourOptions = {
  /** How far, as a share of the way between a feature and its neighbour. */
  degree: numberOption('must be a number from 0 on', (value) => value >= 0, 0.5),
  /** How many of the nearest of the class the neighbour is drawn from. */
  neighbours: countOption(1, 10),
};

/**
 * Moves each feature along the line through a neighbour k of its class: x' = x + reach · (x − x_k).
 * The neighbour is drawn from the nearest of the batch; a sample alone in its class stays where it
 * is. Which neighbour it is counts as given; the gradient flows to both.
 */
export function alongNeighbour(name: string, reach: number, neighbours: number): FeatureVariation {
  return {
    name,
    usesLabels: true,
    vary(batch) {
      const { features, dimensions, count } = batch;
      const partners = drawNeighbours(batch, neighbours);
      const partnerOf = (i: number) =>
        partners[Math.floor(i / dimensions)] * dimensions + (i % dimensions);
      return {
        features: features
          .slice(0, count * dimensions)
          .map((x, i) => x + reach * (x - features[partnerOf(i)])),
        backward(gradients) {
          const given = gradients.slice(0, count * dimensions);
          given.forEach((g, i) => {
            gradients[i] += reach * g;
            gradients[partnerOf(i)] -= reach * g;
          });
        },
      };
    },
  };
}

/** For each sample one of its class's nearest in the batch; itself where there is no other. */
function drawNeighbours(batch: FeatureBatch, neighbours: number): number[] {
  const stream = randomStream(batch.seed, streamName, batch.step);
  return Array.from({ length: batch.count }, (_, sample) => {
    const near = nearestOfClass(batch, sample).slice(0, neighbours);
    return near.length > 0 ? pick(stream, near) : sample;
  });
}

const pick = (stream: RandomStream, from: number[]): number => from[stream.integer(from.length)];

function nearestOfClass({ features, labels, count, dimensions }: FeatureBatch, sample: number) {
  const distance = (other: number): number => {
    let sum = 0;
    for (let d = 0; d < dimensions; d++)
      sum += (features[other * dimensions + d] - features[sample * dimensions + d]) ** 2;
    return sum;
  };
  return Array.from({ length: count }, (_, other) => other)
    .filter((other) => other !== sample && labels[other] === labels[sample])
    .map((other) => ({ other, far: distance(other) }))
    .sort((a, b) => a.far - b.far)
    .map(({ other }) => other);
}
