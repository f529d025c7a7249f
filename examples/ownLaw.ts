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
 * A law of one's own: of two branches, one chosen at random for each image counts alone, as in
 * branch dropout; backward each gets half the gradient.
 */
export const oneBranch: MixingLaw = {
  name: 'one-branch',
  bands: 1,
  draw({ seed, step, block, samples }, forward, backward) {
    const random = randomStream(seed, `one-branch/${block}`, step);
    for (let sample = 0; sample < samples; sample++) {
      const chosen = random.integer(2);
      forward[sample] = chosen === 0 ? 1 : 0;
      forward[samples + sample] = chosen === 0 ? 0 : 1;
    }
    backward.fill(1 / 2);
  },
  evaluation(_, forward) {
    forward.fill(1 / 2);
  },
};

/** Trains with the law on the built-in digits. */
export async function ownLaw(trainSize = 2048, epochs = 2): Promise<number> {
  const dataset = await openDataset('digits', { trainSize });
  const net = parseNet('resnext-8-2x4d', { ...dataset, layout: parseLayout('preact-bn') });
  const recipe = {
    epochs,
    batch: 64,
    learningRate: 0.1,
    momentum: 0.9,
    weightDecay: 1e-4,
    seed: 1,
  };
  const head = parseHead('softmax');
  const trainer = await openTrainer({ net, dataset, mixing: oneBranch, head, recipe });
  for await (const event of trainer.train()) if (event.kind === 'epoch') console.log(event);
  return (await trainer.evaluate('test')).error;
}
