import {
  type Head,
  openDataset,
  openTrainer,
  parseFeatureVariation,
  parseLayout,
  parseMixing,
  parseNet,
} from 'shakelab';

/**
 * A head of one's own: squared distance of the features to fixed corners of a cube, one a class.
 * It trains nothing itself and predicts the nearest corner.
 */
export const corners: Head = {
  name: 'corners',
  mixesLabels: false,
  parameters: () => [],
  logits(features, { dimensions, classes }, out) {
    out.forEach((_, i) => {
      const [sample, k] = [Math.floor(i / classes), i % classes];
      let distance = 0;
      for (let d = 0; d < dimensions; d++)
        distance += (features[sample * dimensions + d] - corner(k, d)) ** 2;
      out[i] = -distance;
    });
  },
  loss({ features, labels, count, dimensions, classes, ...batch }) {
    const memory = { dimensions, classes, parameters: batch.parameters, state: batch.state };
    corners.logits(features, memory, batch.logits.subarray(0, count * classes));
    batch.featureGradients.fill(0);
    let loss = 0;
    for (let sample = 0; sample < count; sample++) {
      loss -= batch.logits[sample * classes + labels[sample]] / count;
      for (let d = 0; d < dimensions; d++) {
        const at = sample * dimensions + d;
        batch.featureGradients[at] = (2 * (features[at] - corner(labels[sample], d))) / count;
      }
    }
    return loss;
  },
};

/** ±1 by the bits of the class's number. */
const corner = (k: number, d: number): number => ((k >> (d % 4)) & 1 ? 1 : -1);

/** Trains it on the built-in digits with mixed regularisers; returns the test error in percent. */
export async function customHead(trainSize = 2048, epochs = 2): Promise<number> {
  const dataset = await openDataset('digits', { trainSize });
  const layout = parseLayout('preact-bn');
  const net = parseNet('resnext-8-2x4d', { ...dataset, layout, features: 4 });
  const trainer = await openTrainer({
    net,
    dataset,
    mixing: parseMixing('shake-drop:last=0.8'),
    head: corners,
    recipe: {
      ...{ epochs, batch: 64, learningRate: 0.05 },
      ...{ momentum: 0.9, weightDecay: 1e-4, seed: 1 },
    },
    cutout: 7,
    featureVariation: parseFeatureVariation('noise'),
    decay: 'weights',
    averageDecay: 0.99,
  });
  for await (const event of trainer.train()) if (event.kind === 'epoch') console.log(event);
  return (await trainer.evaluate('test')).error;
}
