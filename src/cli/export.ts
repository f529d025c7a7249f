import { exportRun } from '../exports/export.ts';
import { byteSize, columns } from '../text/text.ts';
import type { ExportFlags } from './commands/export.ts';
import { printNote, printResult } from './output.ts';
import { writeAt } from './places.ts';

/** `shakelab export`: writes a run's net for other programs. */
export async function exportNet(folder: string, flags: ExportFlags): Promise<void> {
  const { to, out, runtime, font, data: dataFolder, threads, json } = flags;
  const settings = { out, runtime, font, dataFolder, threads };
  const { files, notes } = await writeAt('out', 'folder', () => exportRun(folder, to, settings));
  notes.forEach(printNote);
  printResult(json, { folder, to, files }, () =>
    columns(
      files.map(({ path, bytes }) => [path, byteSize(bytes)]),
      ['left', 'right'],
    ),
  );
}
