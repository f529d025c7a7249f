import { compactness, curveRadii } from '../../analysis/compactness.ts';
import type { Embedding } from '../../analysis/embedding.ts';
import { fitPlane } from '../../analysis/plane.ts';
import { numbered } from '../../files/format.ts';
import { writeWhole } from '../../runs/atomic.ts';
import { checkpointTime, dateAs, type SplitEmbedding } from '../../runs/embeddings.ts';
import { readRecord } from '../../runs/folder.ts';
import { openData } from '../../runs/open.ts';
import {
  hasEmbeddings,
  keepEmbeddings,
  type PredictedEmbeddings,
  readEmbeddings,
} from '../../studies/embeddings.ts';
import { measureEmbeddings } from '../../studies/measures/measures.ts';
import {
  type Measurements,
  measurementsFormat,
  measurementsName,
  measurementsPath,
} from '../measurements.ts';

/** Images that the plane of wide features is found with. */
const planeImages = 4000;

/** The place where what is being done is printed, a line each, for the reader to know. */
const tell = (doing: string): boolean => process.stdout.write(`${doing}\n`);

const [folder, dataFolder] = process.argv.slice(2);
const saved = await checkpointTime(folder);
const measurements = numbered(measurementsFormat, await measured());
await writeWhole(measurementsPath(folder), `${JSON.stringify(measurements)}\n`);
await dateAs(saved, folder, [measurementsName]);

/** Embeds the images of the run, which leaves them in its `embeddings/`, and measures them. */
async function measured(): Promise<Measurements> {
  const embeddings = (await keptEmbeddings()) ?? (await embed());
  tell('measuring');
  const { trainMode, evaluateMode, test } = embeddings;
  return {
    ...measureEmbeddings(embeddings),
    trainError: errorOf(trainMode),
    testError: errorOf(test),
    fine: compactness(trainMode, evaluateMode, curveRadii),
    plane: evaluateMode.dimensions > 2 ? planeOf(evaluateMode) : null,
  };
}

/** The embeddings of the newest checkpoint; null where one is missing, damaged or of another release. */
async function keptEmbeddings(): Promise<PredictedEmbeddings | null> {
  return (await hasEmbeddings(folder)) ? readEmbeddings(folder).catch(() => null) : null;
}

async function embed(): Promise<PredictedEmbeddings> {
  tell('opening the data');
  const { config } = await readRecord(folder);
  const dataset = await openData(config, { dataFolder });
  await keepEmbeddings(folder, { dataset }, tell);
  return readEmbeddings(folder);
}

function planeOf({ features, dimensions, count }: Embedding): Measurements['plane'] {
  const { origin, axes } = fitPlane({
    features,
    dimensions,
    count: Math.min(count, planeImages),
  });
  return { origin: Array.from(origin), axes: Array.from(axes) };
}

function errorOf({ labels, predictions, count }: SplitEmbedding): number {
  return (100 * labels.filter((label, i) => label !== predictions[i]).length) / count;
}
