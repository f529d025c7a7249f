import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { HTTPException } from 'hono/http-exception';
import { framesPath } from '../../runs/frames/log.ts';
import { labelsPath } from '../../runs/labels.ts';
import { metricsPath } from '../../runs/metrics.ts';
import { predictionsPath } from '../../runs/predictions.ts';
import { measurementsPath } from '../measurements.ts';

const cells = ['train.train', 'train.evaluate', 'test.evaluate'];

/** What is served of a run besides its record, which is never a link. */
const servedOf = (folder: string): string[] => [
  ...[metricsPath(folder), framesPath(folder), measurementsPath(folder), predictionsPath(folder)],
  labelsPath(folder),
  ...cells.map((cell) => join(folder, 'embeddings', `${cell}.safetensors`)),
];

/**
 * Sees to it that nothing served of a run lies outside of the root, wherever links lead.
 *
 * @throws HTTPException 404 naming the link
 */
export async function refuseLinksOut(root: string, folder: string): Promise<void> {
  const inside = `${await realpath(root)}${sep}`;
  for (const path of servedOf(folder)) {
    const real = await realpath(path).catch(() => null);
    if (real === null || real.startsWith(inside)) continue;
    const message = `${path}: a link leads out of the studio's folder; put the file itself there`;
    throw new HTTPException(404, { message });
  }
}
