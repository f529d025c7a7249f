import type { ExportedNet } from './exportedNet.ts';
import type { RunSource } from './runSource.ts';

/** A file of an export, by its name in the folder. */
export interface ExportedFile {
  name: string;
  content: Uint8Array | string;
}

/** What a user may tell a form. */
export interface FormatSettings {
  /** the folder of an onnxruntime-web for a page; the one that is installed here when left out */
  runtime?: string;
  /** the file of a font for a PDF's letters that DejaVu Sans lacks */
  font?: string;
}

/** What a form may be told besides the net. */
export interface FormatOptions extends FormatSettings {
  /** T of softmax(z / T) where probabilities are told; null where nothing is known of it */
  temperature: number | null;
}

/** Makes the files of a net. @throws RequestError for a net that the form cannot hold */
export type FilesOfNet = (exported: ExportedNet, options: FormatOptions) => ExportedFile[];

/** Makes the files of a run. @throws RequestError for a run that the form cannot hold */
export type FilesOfRun = (source: RunSource) => Promise<ExportedFile[]>;

/** Makes the files of the study in a folder. @throws RequestError where it has not what they are made of */
export type FilesOfStudy = (folder: string, settings?: FormatSettings) => Promise<ExportedFile[]>;

/**
 * A form in which nets, runs or studies leave: what it is for, and how they become its files. Its code loads
 * when it is called for.
 */
export type ExportFormat = { summary: string } & (
  | { of: 'net'; load(): Promise<FilesOfNet> }
  | { of: 'run'; load(): Promise<FilesOfRun> }
  | { of: 'study'; load(): Promise<FilesOfStudy> }
);

/** Every form by name. */
export const exportFormats = {
  onnx: {
    of: 'net',
    summary: 'model.onnx, for onnxruntime and others (opset 17)',
    load: async () => {
      const { onnxModel } = await import('./onnx/onnx.ts');
      return (exported) => [{ name: 'model.onnx', content: onnxModel(exported) }];
    },
  },
  page: {
    of: 'net',
    summary: 'a folder for any web server, whose page classifies pictures in the browser',
    load: async () => (await import('./page/page.ts')).pageFiles,
  },
  pytorch: {
    of: 'net',
    summary: 'model.py, which needs torch alone, and model.safetensors',
    load: async () => (await import('./pytorch/pytorch.ts')).pytorchFiles,
  },
  tensorboard: {
    of: 'run',
    summary: 'curves, settings, histograms, pictures and the projector, for TensorBoard 2',
    load: async () => (await import('./tensorboard/tensorboard.ts')).tensorboardFiles,
  },
  npz: {
    of: 'run',
    summary: 'embeddings.npz, features, labels and predictions of every split for numpy',
    load: async () => (await import('./npz.ts')).npzFiles,
  },
  card: {
    of: 'run',
    summary: 'model-card.md: data, recipe, errors with intervals, calibration, code, command',
    load: async () => (await import('./papers/card.ts')).cardFiles,
  },
  latex: {
    of: 'study',
    summary: 'table.tex, the models of a study for booktabs',
    load: async () => (await import('./papers/tables.ts')).latexFiles,
  },
  markdown: {
    of: 'study',
    summary: 'table.md, the same as Markdown',
    load: async () => (await import('./papers/tables.ts')).markdownFiles,
  },
  pdf: {
    of: 'study',
    summary: "the figures of a study's report, lines and letters to be scaled and searched",
    load: async () => (await import('./papers/figures.ts')).pdfFiles,
  },
} satisfies Record<string, ExportFormat>;

/** Which form takes a setting. */
export const settingsOf: Record<keyof FormatSettings, ExportFormatName> = {
  runtime: 'page',
  font: 'pdf',
};

/** The name of a form. */
export type ExportFormatName = keyof typeof exportFormats;

export const exportFormatNames = Object.keys(exportFormats) as ExportFormatName[];
