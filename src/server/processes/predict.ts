import { readFile } from 'node:fs/promises';
import { readNewBytes } from '../../data/folder/newFiles.ts';
import { RequestError } from '../../errors.ts';
import { toldBy } from '../../predict/predict.ts';
import { openTrainedNet } from '../../predict/trainedNet.ts';
import type { Told } from './predictor.ts';

/** Classes that are told. */
const top = 10;

const [folder, file, dataFolder] = process.argv.slice(2);
const answer = await told().catch((error) => {
  if (error instanceof RequestError) return { problem: error.message };
  throw error;
});
process.stdout.write(JSON.stringify(answer));

/** What the run says of the file, and what the net saw of it. */
async function told(): Promise<Told> {
  const net = await openTrainedNet(folder, { dataFolder, threads: 1 });
  try {
    const { channels, height, width } = net.form;
    const image = await readNewBytes(await readFile(file), 'the file', net.form);
    const { top: classes } = toldBy(await net.logits(image, 1), net, top);
    const bytes = Buffer.from(image).toString('base64');
    const { step, temperature } = net;
    return { step, temperature, classes, image: { channels, height, width, bytes } };
  } finally {
    net.close();
  }
}
