import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compactness, curveRadii } from '../../analysis/compactness.ts';
import type { Embedding } from '../../analysis/embedding.ts';
import { principalPlane } from '../../analysis/plane.ts';
import { writeWhole } from '../../runs/atomic.ts';
import { readRecord } from '../../runs/folder.ts';
import { openData } from '../../runs/open.ts';
import { decodeSafetensors } from '../../runs/safetensors.ts';
import { openLaboratory } from '../../studies/laboratory.ts';
import { measureObservations } from '../../studies/observations.ts';
import { type Observed, observedPath } from '../observed.ts';

/** Images that the plane of wide features is found with. */
const planeImages = 4000;

const [folder, dataFolder] = process.argv.slice(2);
await writeWhole(observedPath(folder), `${JSON.stringify(await observe())}\n`);

/** Embeds the images of the run, which leaves them in its `embeddings/`, and measures them. */
async function observe(): Promise<Observed> {
  const { config } = await readRecord(folder);
  const dataset = await openData(config, { dataFolder });
  const observations = await openLaboratory({ dataset }).observe(folder);
  const { trainMode, evaluateMode } = observations;
  return {
    ...measureObservations(observations),
    trainError: await errorIn('train.train'),
    testError: await errorIn('test.evaluate'),
    fine: compactness(trainMode, evaluateMode, curveRadii),
    plane: evaluateMode.dimensions > 2 ? planeOf(evaluateMode) : null,
  };
}

function planeOf({ features, dimensions, count }: Embedding): Observed['plane'] {
  const { origin, axes } = principalPlane({
    features,
    dimensions,
    count: Math.min(count, planeImages),
  });
  return { origin: Array.from(origin), axes: Array.from(axes) };
}

async function errorIn(cell: string): Promise<number> {
  const path = join(folder, 'embeddings', `${cell}.safetensors`);
  const { tensors } = decodeSafetensors(await readFile(path), path);
  const labels = tensors.get('labels')!.data;
  const predictions = tensors.get('predictions')!.data;
  return (100 * labels.filter((label, i) => label !== predictions[i]).length) / labels.length;
}
