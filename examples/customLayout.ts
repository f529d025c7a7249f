import { openDataset, openTrainer, parseHead, parseLayout, parseMixing, parseNet } from 'shakelab';

/** Trains a layout of one's own, one batch norm before the mix, on the built-in digits. */
export async function customLayout(trainSize = 2048, epochs = 2): Promise<number> {
  const dataset = await openDataset('digits', { trainSize });
  const layout = parseLayout('relu conv bn relu conv bn');
  const net = parseNet('resnext-8-3x4d', { ...dataset, layout, features: 2 });
  const mixing = parseMixing('shake-shake:backward=even,strength=0.5');
  const sgd = { epochs, batch: 64, learningRate: 0.1, momentum: 0.9, weightDecay: 1e-4, seed: 1 };
  const trainer = await openTrainer({
    net,
    dataset,
    mixing,
    head: parseHead('softmax'),
    recipe: sgd,
  });
  for await (const event of trainer.train()) if (event.kind === 'epoch') console.log(event);
  return (await trainer.evaluate('test')).error;
}
