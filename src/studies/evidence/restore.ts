import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../../files/folders.ts';
import { planName } from '../../files/studyNames.ts';
import { writeWhole } from '../../runs/atomic.ts';
import { recordName } from '../../runs/folder.ts';
import { metricsPath } from '../../runs/metrics.ts';
import { storing } from '../../runs/storing.ts';
import { summaryName } from '../../runs/summary.ts';
import { markDiverged } from '../divergence.ts';
import { writePlan } from '../plan.ts';
import { runFolder } from '../study.ts';
import type { Evidence, EvidenceLine } from './lines.ts';
import { planAt } from './planAt.ts';
import { writeRecorded } from './recorded.ts';

/**
 * Puts what is known of a study into a folder, so that its command goes on with it there and its report
 * tells of it. What the folder has of the study already stays.
 *
 * @returns how many runs were put there
 * @throws StorageError where the system refuses
 */
export async function restoreEvidence({ plan, lines }: Evidence, out: string): Promise<number> {
  const absent = lines
    .map((line) => ({ line, folder: runFolder(out, line) }))
    .filter(({ folder }) => !existsSync(folder));
  for (const { line, folder } of absent) await restoreRun(line, folder);
  if (!existsSync(join(out, planName))) await writePlan(out, planAt(plan, out));
  return absent.length;
}

async function restoreRun(line: EvidenceLine, folder: string): Promise<void> {
  const { record, epochs, ending, diverged, checkpoint, findings } = line;
  await storing(folder, () => makeFolder(folder));
  await writeRecorded(folder, { checkpoint, findings });
  await writeWhole(join(folder, recordName), `${JSON.stringify(record, null, 2)}\n`);
  const metrics = epochs.map((epoch) => `${JSON.stringify(epoch)}\n`);
  await writeWhole(metricsPath(folder), metrics.join(''));
  if (ending) await writeWhole(join(folder, summaryName), `${JSON.stringify(ending, null, 2)}\n`);
  if (diverged !== undefined) await markDiverged(folder, { message: diverged });
}
