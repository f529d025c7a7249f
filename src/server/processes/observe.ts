import { compactness, curveRadii } from '../../analysis/compactness.ts';
import type { Embedding } from '../../analysis/embedding.ts';
import { principalPlane } from '../../analysis/plane.ts';
import { numbered } from '../../files/format.ts';
import { writeWhole } from '../../runs/atomic.ts';
import { loadCheckpoint } from '../../runs/checkpoint.ts';
import { areCurrent, readEmbedding, type SplitEmbedding } from '../../runs/embeddings.ts';
import { type RunRecord, readRecord } from '../../runs/folder.ts';
import { openData } from '../../runs/open.ts';
import { openLaboratory } from '../../studies/laboratory.ts';
import { classVectorsOf, measureObservations } from '../../studies/observations.ts';
import { imagesIn } from '../imagery.ts';
import { type Observed, observedFormat, observedPath } from '../observed.ts';

/** Images that the plane of wide features is found with. */
const planeImages = 4000;

const cells = ['train.train', 'train.evaluate', 'test.evaluate'] as const;

/** The place where what is being done is printed, a line each, for the reader to know. */
const tell = (doing: string): boolean => process.stdout.write(`${doing}\n`);

const [folder, dataFolder] = process.argv.slice(2);
const observed = numbered(observedFormat, await observe());
await writeWhole(observedPath(folder), `${JSON.stringify(observed)}\n`);

/** Embeds the images of the run, which leaves them in its `embeddings/`, and measures them. */
async function observe(): Promise<Observed> {
  const record = await readRecord(folder);
  const split = (await keptEmbeddings()) ?? (await embed(record));
  tell('measuring');
  const classes = imagesIn(record).classNames.length;
  const { predictions } = split[1];
  const checkpoint = await loadCheckpoint(folder);
  const classifier = { predictions, classVectors: checkpoint && classVectorsOf(checkpoint.state) };
  const [trainMode, evaluateMode, test] = split.map((own): Embedding => ({ ...own, classes }));
  return {
    ...measureObservations({ trainMode, evaluateMode, test, classifier }),
    trainError: errorOf(split[0]),
    testError: errorOf(split[2]),
    fine: compactness(trainMode, evaluateMode, curveRadii),
    plane: evaluateMode.dimensions > 2 ? planeOf(evaluateMode) : null,
  };
}

/** The embeddings of the newest checkpoint; null where one is missing, damaged or of another release. */
async function keptEmbeddings(): Promise<SplitEmbedding[] | null> {
  const files = cells.map((cell) => `${cell}.safetensors`);
  return (await areCurrent(folder, files)) ? readCells().catch(() => null) : null;
}

function readCells(): Promise<SplitEmbedding[]> {
  return Promise.all(cells.map((cell) => readEmbedding(folder, cell)));
}

async function embed({ config }: RunRecord): Promise<SplitEmbedding[]> {
  tell('opening the data');
  const dataset = await openData(config, { dataFolder });
  await openLaboratory({ dataset }).observe(folder, tell);
  return readCells();
}

function planeOf({ features, dimensions, count }: Embedding): Observed['plane'] {
  const { origin, axes } = principalPlane({
    features,
    dimensions,
    count: Math.min(count, planeImages),
  });
  return { origin: Array.from(origin), axes: Array.from(axes) };
}

function errorOf({ labels, predictions, count }: SplitEmbedding): number {
  return (100 * labels.filter((label, i) => label !== predictions[i]).length) / count;
}
