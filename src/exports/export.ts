import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { option, RequestError } from '../errors.ts';
import { makeFolder } from '../files/folders.ts';
import { planName, runsName } from '../files/studyNames.ts';
import { calibrationOf } from '../predict/calibration.ts';
import { writeWhole } from '../runs/atomic.ts';
import { keptRecord } from '../runs/folder.ts';
import type { ModelOptions } from '../runs/open.ts';
import { storing } from '../runs/storing.ts';
import { exportedRun } from './exportedNet.ts';
import {
  type ExportedFile,
  type ExportFormat,
  type ExportFormatName,
  exportFormatNames,
  exportFormats,
  type FormatSettings,
  settingsOf,
} from './formats.ts';
import { RunSource } from './runSource.ts';

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
 * A run's data are opened only for forms that hold something of them.
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
  refuseOthers(format, { runtime, font });
  if (form.of !== 'study') await refuseStudy(folder, format);
  if (form.of === 'study') {
    await refuseRun(folder, format);
    return keep(out, await (await form.load())(folder, { font }), []);
  }
  if (form.of === 'net') {
    const { exported, step, notes } = await exportedRun(folder, options);
    const { temperature } = await calibrationOf(folder, step);
    return keep(out, (await form.load())(exported, { runtime, temperature }), notes);
  }
  const source = new RunSource(folder, options);
  try {
    const files = await (await form.load())(source);
    return await keep(out, files, [...source.notes]);
  } finally {
    await source.close();
  }
}

/** @throws RequestError where a setting is given that is of another form */
function refuseOthers(format: ExportFormatName, settings: FormatSettings): void {
  for (const [name, of] of Object.entries(settingsOf)) {
    const value = settings[name as keyof FormatSettings];
    if (value === undefined || of === format) continue;
    const rule = `only ${of} takes it, and ${format} is to be written`;
    throw new RequestError(`${option(name)} ${value}: ${rule}; leave it out`);
  }
}

async function refuseStudy(folder: string, format: ExportFormatName): Promise<void> {
  const found = await stat(join(folder, planName)).catch(() => null);
  if (!found || (await keptRecord(folder))) return;
  const runs = join(folder, runsName);
  throw new RequestError(
    `${folder}: a study, but ${format} is made of a run; give the folder of one in ${runs}, or one of ${formsOf(['study'])}`,
  );
}

const formsOf = (kinds: readonly ExportFormat['of'][]): string =>
  exportFormatNames.filter((name) => kinds.includes(exportFormats[name].of)).join(', ');

/** A run's folder may have a summary too, of another kind than a study's. */
async function refuseRun(folder: string, format: ExportFormatName): Promise<void> {
  if (!(await keptRecord(folder))) return;
  throw new RequestError(
    `${folder}: a run, but ${format} is made of a study; give a study's folder, or one of ${formsOf(['net', 'run'])}`,
  );
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
