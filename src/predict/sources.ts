import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Contents, PixelPart, Sample } from '../data/containers/contents.ts';
import { contentOf, interleaved } from '../data/containers/decode.ts';
import { hasEnding } from '../data/folder/medium.ts';
import {
  inForm,
  isOfClips,
  readNewBytes,
  readNewFiles,
  type SeenForm,
} from '../data/folder/newFiles.ts';
import { below } from '../data/folder/walk.ts';
import { contentsAt } from '../data/formats.ts';
import { RequestError } from '../errors.ts';

/** Where new images or clips come from: the path of a file, folder or container, or a file's bytes. */
export type Source = string | { name: string; bytes: Uint8Array };

/** A new image in the form that the net sees, or why there is none. */
export type NewImage =
  | { name: string; image: Uint8Array }
  | { name: string; problem: RequestError };

/** Something to be read: a file, or whatever gives an image. */
type Item = { name: string } & ({ path: string } | { read(): Promise<Uint8Array> });

/** Images that are read, and then predicted, together. */
const groupSize = 256;

/**
 * Reads all that the sources hold, in their order, some at a time. What cannot be read has its place too,
 * with the reason.
 */
export async function* readSources(
  sources: readonly Source[],
  form: SeenForm,
): AsyncGenerator<NewImage[]> {
  let group: Item[] = [];
  for await (const item of itemsOf(sources, form)) {
    group.push(item);
    if (group.length < groupSize) continue;
    yield readGroup(group, form);
    group = [];
  }
  if (group.length > 0) yield readGroup(group, form);
}

async function readGroup(group: readonly Item[], form: SeenForm): Promise<NewImage[]> {
  const paths = group.flatMap((item) => ('path' in item ? [item.path] : []));
  const files = (await readNewFiles(paths, form)).values();
  const read: NewImage[] = [];
  for (const item of group) {
    const { name } = item;
    const image = 'path' in item ? files.next().value! : await item.read().catch(refusal);
    read.push(image instanceof RequestError ? { name, problem: image } : { name, image });
  }
  return read;
}

function refusal(error: unknown): RequestError {
  if (error instanceof RequestError) return error;
  throw error;
}

async function* itemsOf(sources: readonly Source[], form: SeenForm): AsyncGenerator<Item> {
  for (const source of sources) {
    const name = typeof source === 'string' ? source : source.name;
    try {
      if (typeof source === 'string') yield* itemsAt(source, form);
      else yield { name, read: () => readNewBytes(source.bytes, name, form) };
    } catch (error) {
      const problem = refusal(error);
      yield { name, read: () => Promise.reject(problem) };
    }
  }
}

/** The items of a path: a file, those below a folder, or those in a container. */
async function* itemsAt(path: string, form: SeenForm): AsyncGenerator<Item> {
  const found = await stat(path).catch(({ code }: NodeJS.ErrnoException) => {
    throw new RequestError(`${path}: cannot be read (${code}); mend the path`);
  });
  const medium = isOfClips(form) ? 'clips' : 'images';
  if (found.isFile() && hasEnding(path, medium)) yield { name: path, path };
  else if (found.isDirectory()) yield* itemsBelow(path, form);
  else if (!found.isFile()) throw new RequestError(`${path}: is no file; name a file or a folder`);
  else yield* (await itemsIn(path, form)) ?? [{ name: path, path }];
}

async function* itemsBelow(folder: string, form: SeenForm): AsyncGenerator<Item> {
  const medium = isOfClips(form) ? 'clips' : 'images';
  const paths: string[] = [];
  for await (const { kind, path } of below(folder))
    if (kind === 'file' && hasEnding(path, medium)) paths.push(join(folder, path));
  for (const path of paths.sort()) yield { name: path, path };
  if (paths.length > 0) return;
  const items = await itemsIn(folder, form);
  if (!items) throw new RequestError(`${folder}: holds no ${form.holds}; name another folder`);
  yield* items;
}

/** The items of a container; null where the path holds none. */
async function itemsIn(path: string, form: SeenForm) {
  const { height, width, settings } = form;
  const contents = await contentsAt(path, { ...settings, imageSize: { height, width } });
  return contents && itemsOfContents(contents, path, form);
}

async function* itemsOfContents(
  { parts }: Contents,
  path: string,
  form: SeenForm,
): AsyncGenerator<Item> {
  for (const part of parts) {
    if (part.kind === 'pixels') yield* itemsOfPixels(part, path, form);
    else
      for await (const sample of part.samples())
        yield { name: sample.name, read: () => readSample(sample, form) };
  }
}

async function readSample(sample: Sample, form: SeenForm): Promise<Uint8Array> {
  const { picture, name } = sample;
  if ('pixels' in picture) return inForm(interleaved(picture.pixels, name), form);
  return readNewBytes(await contentOf(sample), name, form);
}

/** Pixels are taken as they are, as in training. @throws RequestError where they are of another form */
function* itemsOfPixels({ split, pixels }: PixelPart, path: string, form: SeenForm) {
  const { count, images, ...own } = pixels;
  const shape = ({ channels, height, width }: typeof own) => `${channels}x${height}x${width}`;
  if (shape(own) !== shape(form))
    throw new RequestError(
      `${path}: holds pixels, ${shape(own)}, which are taken as they are, and the net sees ${shape(form)}; ` +
        'bring them into its form',
    );
  const size = images.length / count;
  for (let at = 0; at < count; at++) {
    const image = images.subarray(at * size, (at + 1) * size);
    yield {
      name: `${path}, ${split ? `${split} ` : ''}picture ${at + 1}`,
      read: async () => image,
    };
  }
}
