import type { ExportedNet } from './exportedNet.ts';
import { onnxModel } from './onnx/onnx.ts';
import { pageFiles } from './page/page.ts';
import { pytorchFiles } from './pytorch/pytorch.ts';

/** A file of an export, by its name in the folder. */
export interface ExportedFile {
  name: string;
  content: Uint8Array | string;
}

/** What a form may be told besides the net. */
export interface FormatOptions {
  /** the folder of an onnxruntime-web for a page; the one that is installed here when left out */
  runtime?: string;
  /** T of softmax(z / T) where probabilities are told; null where nothing is known of it */
  temperature: number | null;
}

/** A form in which nets leave: what it is for, and how a net becomes its files. */
export interface ExportFormat {
  summary: string;
  /** @throws RequestError for a net that it cannot hold */
  files(exported: ExportedNet, options: FormatOptions): ExportedFile[];
}

/** Every form by name. */
export const exportFormats = {
  onnx: {
    summary: 'model.onnx, for onnxruntime and others (opset 17)',
    files: (exported) => [{ name: 'model.onnx', content: onnxModel(exported) }],
  },
  page: {
    summary: 'a folder for any web server, whose page classifies pictures in the browser',
    files: pageFiles,
  },
  pytorch: {
    summary: 'model.py, which needs torch alone, and model.safetensors',
    files: pytorchFiles,
  },
} satisfies Record<string, ExportFormat>;

export type ExportFormatName = keyof typeof exportFormats;

export const exportFormatNames = Object.keys(exportFormats) as ExportFormatName[];
