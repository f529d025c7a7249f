import { openTrainer, parseHead, parseLayout, parseMixing, parseNet } from 'shakelab';
import { type Embedding, type Representation, representation } from 'shakelab/analysis';
import { openDataset } from 'shakelab/data';

/** Trains on a folder of images, or of WAV clips, a class, and measures what the features became. */
export async function ownData(folder: string, epochs = 10): Promise<Representation> {
  const dataset = await openDataset(folder, { imageSize: '32', imageChannels: 'grey' });
  const layout = parseLayout('preact-bn');
  const net = parseNet('resnext-8-2x4d', { ...dataset, layout });
  const mixing = parseMixing('shake-shake');
  const recipe = {
    epochs,
    batch: 16,
    learningRate: 0.1,
    momentum: 0.9,
    weightDecay: 1e-4,
    seed: 1,
  };
  const trainer = await openTrainer({ net, dataset, mixing, head: parseHead('softmax'), recipe });
  for await (const event of trainer.train()) if (event.kind === 'epoch') console.log(event);
  const classes = dataset.classNames.length;
  const embed = async (split: 'train' | 'test'): Promise<Embedding> => ({
    ...(await trainer.embed(split, 'evaluate')),
    classes,
  });
  return representation(await embed('train'), await embed('test'));
}
