import { join } from 'node:path';
import { makeFolder } from '../files/folders.ts';
import { calibrationOf } from '../predict/calibration.ts';
import { writeWhole } from '../runs/atomic.ts';
import { type ModelOptions, openRun } from '../runs/open.ts';
import { storing } from '../runs/storing.ts';
import { exportedNet } from './exportedNet.ts';
import {
  type ExportedFile,
  type ExportFormat,
  type ExportFormatName,
  exportFormats,
  type FormatSettings,
  type RunSource,
} from './formats.ts';

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

/** Where exports of a run or a study go unless it is said. */
const exportFolder = (folder: string): string => join(folder, 'export');

/**
 * Writes a run, as its best checkpoint or its newest whole one left it, or a study in a form for other programs.
 *
 * @param folder of the run, or of the study for forms of those
 * @param out the folder for its files, made where it is missing
 * @throws RequestError where the folder does not hold what the form is of, or what it holds does not fit it
 * @throws StorageError where the system refuses; what was there stays
 */
export async function exportRun(
  folder: string,
  format: ExportFormatName,
  {
    out = exportFolder(folder),
    runtime,
    font,
    ...options
  }: ModelOptions & FormatSettings & { out?: string } = {},
): Promise<Export> {
  const form: ExportFormat = exportFormats[format];
  if (form.of === 'study') return keep(out, await (await form.load())(folder, { font }), []);
  const model = await openRun(folder, options);
  try {
    return await keep(out, await filesOf(form, { folder, model }, runtime), model.notes);
  } finally {
    model.trainer.close();
  }
}

async function filesOf(
  form: Exclude<ExportFormat, { of: 'study' }>,
  source: RunSource,
  runtime?: string,
): Promise<ExportedFile[]> {
  if (form.of === 'run') return (await form.load())(source);
  const { folder, model } = source;
  const { temperature } = await calibrationOf(folder, model.trainer.step);
  return (await form.load())(await exportedNet(model), { runtime, temperature });
}

/** Writes files into a folder. */
async function keep(out: string, made: readonly ExportedFile[], notes: string[]): Promise<Export> {
  await storing(out, () => makeFolder(out));
  const files: WrittenFile[] = [];
  for (const { name, content } of made) {
    const path = join(out, name);
    await writeWhole(path, content);
    files.push({ path, bytes: Buffer.byteLength(content) });
  }
  return { files, notes };
}
