import { join } from 'node:path';
import { makeFolder } from '../files/folders.ts';
import { calibrationOf } from '../predict/calibration.ts';
import { writeWhole } from '../runs/atomic.ts';
import { type ModelOptions, openRun } from '../runs/open.ts';
import { storing } from '../runs/storing.ts';
import { exportedNet } from './exportedNet.ts';
import { type ExportFormatName, exportFormats, type FormatOptions } from './formats.ts';

/** A written file. */
export interface WrittenFile {
  path: string;
  bytes: number;
}

/** What an export has written, and what the user should know of the run's restoring. */
export interface Export {
  files: WrittenFile[];
  notes: string[];
}

/** Where exports of a run go unless it is said. */
const exportFolder = (run: string): string => join(run, 'export');

/**
 * Writes a run's net as it is in evaluation, from its newest whole checkpoint.
 *
 * @param out the folder for its files, made where it is missing
 * @throws RequestError where the run cannot be opened or its net does not fit the format
 * @throws StorageError where the system refuses; what was there stays
 */
export async function exportRun(
  run: string,
  format: ExportFormatName,
  {
    out = exportFolder(run),
    runtime,
    ...options
  }: ModelOptions & Pick<FormatOptions, 'runtime'> & { out?: string } = {},
): Promise<Export> {
  const model = await openRun(run, options);
  try {
    const { temperature } = await calibrationOf(run, model.trainer.step);
    const exported = await exportedNet(model);
    const made = exportFormats[format].files(exported, { runtime, temperature });
    await storing(out, () => makeFolder(out));
    const files: WrittenFile[] = [];
    for (const { name, content } of made) {
      const path = join(out, name);
      await writeWhole(path, content);
      files.push({ path, bytes: Buffer.byteLength(content) });
    }
    return { files, notes: model.notes };
  } finally {
    model.trainer.close();
  }
}
