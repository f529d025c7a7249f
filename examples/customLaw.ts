import {
  type MixingLaw,
  openDataset,
  openTrainer,
  parseHead,
  parseLayout,
  parseNet,
  randomStream,
} from 'shakelab';

/**
 * A law of one's own: in every step each image takes one branch alone, another one backward than
 * forward; evaluation takes the mean.
 */
export const oneBranch: MixingLaw = {
  name: 'one-branch',
  bands: 1,
  draw({ seed, step, block, branches, samples }, forward, backward) {
    const stream = randomStream(seed, `one-branch/${block}`, step);
    for (const coefficients of [forward, backward]) {
      coefficients.fill(0);
      for (let sample = 0; sample < samples; sample++)
        coefficients[stream.integer(branches) * samples + sample] = 1;
    }
  },
  evaluation({ branches }, forward) {
    forward.fill(1 / branches);
  },
};

/** Trains with it on the built-in digits; returns the test error in percent. */
export async function customLaw(trainSize = 2048, epochs = 2): Promise<number> {
  const dataset = await openDataset('digits', { trainSize });
  const layout = parseLayout('preact-bn');
  const net = parseNet('resnext-8-3x4d', { ...dataset, layout });
  const recipe = {
    ...{ epochs, batch: 64, learningRate: 0.1 },
    ...{ momentum: 0.9, weightDecay: 1e-4, seed: 1 },
  };
  const head = parseHead('softmax');
  const trainer = await openTrainer({ net, dataset, mixing: oneBranch, head, recipe });
  for await (const event of trainer.train()) if (event.kind === 'epoch') console.log(event);
  return (await trainer.evaluate('test')).error;
}
