import { exportFormatNames, exportFormats } from '../../exports/formats.ts';
import { command, type FlagsOf } from '../command.ts';
import { choice, json, machineFlags, text } from '../flags.ts';

const forms = exportFormatNames.map((name) => `${name}: ${exportFormats[name].summary}`).join('; ');

const flags = {
  to: choice(forms, exportFormatNames, 'onnx'),
  out: text('folder', "where to write; the folder's export/ when left out"),
  runtime: text('folder', 'of a page: where onnxruntime-web is (default: as installed here)'),
  font: text('file', 'of pdf: a font for letters that DejaVu Sans lacks, .ttf or .otf'),
  ...machineFlags,
  json,
};

export type ExportFlags = FlagsOf<typeof flags>;

export const exportCommand = command({
  usage: 'export <folder>',
  summary: 'write a run or a study for other programs',
  flags,
  examples: [
    'shakelab export runs/a --to onnx --out model',
    'shakelab export runs/a --to page --out page',
    'shakelab export runs/study-mnist --to latex --out paper',
    'shakelab export runs/study-mnist --to pdf --out paper',
  ],
  run: async (flags, folder) => (await import('../export.ts')).exportNet(folder, flags),
});
