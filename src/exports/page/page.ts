import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageChannels } from '../../data/imageForm.ts';
import { option, RequestError } from '../../errors.ts';
import { packageFolder } from '../../package.ts';
import type { ExportedNet } from '../exportedNet.ts';
import type { ExportedFile, FormatOptions } from '../formats.ts';
import { onnxModel } from '../onnx/onnx.ts';
import { runtimeFiles } from './runtime.ts';

/** What a page knows of its net besides the net itself: its `model.json`. */
export interface PageFacts {
  title: string;
  classes: string[];
  channels: number;
  height: number;
  width: number;
  /** how colours become the channels */
  imageChannels: ImageChannels;
  /** T of softmax(z / T); 1 where nothing is known of it */
  temperature: number;
}

/** Where the build leaves the page. */
const builtFolder = join(packageFolder, 'dist', 'demo');

/**
 * A folder for any web server: a page that classifies pictures in the browser, the net as ONNX, and the
 * runtime's files from an installation of onnxruntime-web.
 *
 * @throws RequestError for a net that sees no pictures, and where there is no such installation
 */
export function pageFiles(exported: ExportedNet, options: FormatOptions): ExportedFile[] {
  const facts = { ...factsOf(exported), temperature: options.temperature ?? 1 };
  return [
    ...builtFiles(),
    { name: 'model.onnx', content: onnxModel(exported) },
    { name: 'model.json', content: `${JSON.stringify(facts, null, 2)}\n` },
    ...runtimeFiles(options.runtime),
  ];
}

function builtFiles(): ExportedFile[] {
  try {
    const names = readdirSync(builtFolder);
    return names.map((name) => ({ name, content: readFileSync(join(builtFolder, name)) }));
  } catch {
    throw new RequestError(`${builtFolder}: the page is not built; run \`npm run build\` first`);
  }
}

/** @throws RequestError for spectrograms and for bands that are no colours, which a browser does not read */
function factsOf({
  title,
  kind,
  channels: imageChannels,
  holds,
}: ExportedNet): Omit<PageFacts, 'temperature'> {
  const { classNames: classes, channels, height, width } = kind;
  const isColour = imageChannels !== 'auto';
  if (isColour && holds !== 'sound clips')
    return { title, classes, channels, height, width, imageChannels };
  const what = isColour ? holds : `pictures of ${channels} channels`;
  throw new RequestError(
    `${option('to')} page: the net sees ${what}, and a page reads grey and coloured pictures; export it as onnx`,
  );
}
