import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { option, RequestError } from '../../errors.ts';
import type { ExportedFile } from '../formats.ts';

/**
 * What a page needs of onnxruntime-web, by the names that it has there: a module, and the WebAssembly beside
 * it. Both get endings that every server gives a fitting type to.
 */
const files = {
  'ort.wasm.bundle.min.mjs': 'runtime.js',
  'ort-wasm-simd-threaded.wasm': 'runtime.wasm',
};

/**
 * The runtime's files, of the installation in a folder, or of that which Node finds from here.
 *
 * @throws RequestError where there is none, or none with such files
 */
export function runtimeFiles(given?: string): ExportedFile[] {
  const folder = given === undefined ? installedHere() : distIn(resolve(given));
  return Object.entries(files).map(([found, name]) => {
    const path = join(folder, found);
    if (existsSync(path)) return { name, content: readFileSync(path) };
    throw new RequestError(
      `${path}: there is no such file, which a page needs; name a folder of onnxruntime-web 1.20 or later ` +
        `by ${option('runtime')}`,
    );
  });
}

const distIn = (folder: string): string =>
  existsSync(join(folder, 'dist')) ? join(folder, 'dist') : folder;

function installedHere(): string {
  try {
    return dirname(createRequire(join(process.cwd(), 'page.js')).resolve('onnxruntime-web'));
  } catch {
    throw new RequestError(
      `${option('to')} page: onnxruntime-web, whose files the page needs, is not installed here; ` +
        `npm install onnxruntime-web, or name its folder by ${option('runtime')}`,
    );
  }
}
