import { RequestError } from '../../errors.ts';
import { parseSpectrogram } from '../audio/parameters.ts';
import type { Dataset, OpenOptions, Split } from '../dataset.ts';
import { folderName, folderTitle } from '../names.ts';
import { parseImageSize } from '../options.ts';
import { type ClassFile, findClassFolders, type Medium } from './classFolders.ts';
import { clipDecoder, stackClips } from './clips.ts';
import { type ReadFiles, readFiles } from './files.ts';
import { holdOut } from './holdOut.ts';
import { decodeImage, type ImageStack, stackImages } from './images.ts';
import { channelMoments } from './moments.ts';

/** Share of every class that is held out where the folder sets nothing apart for testing. */
const testShare = 0.2;

/**
 * Opens a folder of one's own as a data set: images, or WAV clips as log-mel spectrograms, in a
 * folder a class. Mean and deviation are those of the training images.
 *
 * @param root an absolute path
 * @throws RequestError naming the folder or file that does not fit
 */
export async function openFolder(root: string, options: OpenOptions): Promise<Dataset> {
  const found = await findClassFolders(root);
  const { classNames, medium } = found;
  const parts = found.test
    ? { train: found.train, test: found.test }
    : holdOut(found.train, classNames, testShare, options.seed ?? 1);
  const files = [...parts.train, ...parts.test];
  const { stack, digest } = await readStack(medium, root, files, options);
  const [train, test] = splitStack(stack, parts.train, parts.test);
  const { channels, height, width } = stack;
  return {
    name: folderName(root),
    title: folderTitle(root),
    source: root,
    ...{ channels, height, width, classNames },
    ...channelMoments(train.images, channels, height * width),
    augmentation: 'none',
    ...{ train, test, digest },
  };
}

/** Reads all files into one stack; the splits share its form. */
function readStack(medium: Medium, root: string, files: ClassFile[], options: OpenOptions) {
  return medium === 'images' ? readImages(root, files, options) : readClips(root, files, options);
}

async function readImages(root: string, files: ClassFile[], options: OpenOptions) {
  const size = parseImageSize(options.imageSize ?? 'auto');
  const channels = options.imageChannels ?? 'auto';
  const read = await readFiles(
    root,
    files,
    (bytes, path) => decodeImage(bytes, path, { size, channels }),
    options.onProgress,
  );
  return stacked(read, (decoded) => stackImages(decoded, channels));
}

async function readClips(root: string, files: ClassFile[], options: OpenOptions) {
  if ((options.imageSize ?? 'auto') !== 'auto') {
    throw new RequestError(
      `--image-size ${options.imageSize}: ${root} holds sound clips, whose spectrograms have a row ` +
        'a mel band; size them as with --spectrogram mels=32,frames=100',
    );
  }
  const parameters = parseSpectrogram(options.spectrogram ?? '');
  const read = await readFiles(root, files, clipDecoder(parameters), options.onProgress);
  return stacked(read, (clips) => stackClips(clips, parameters));
}

const stacked = <Content>(
  { contents, digest }: ReadFiles<Content>,
  stack: (contents: Content[]) => ImageStack,
) => ({ stack: stack(contents), digest });

/** The first images as one split, the rest as the other. */
function splitStack({ images }: ImageStack, train: ClassFile[], test: ClassFile[]): Split[] {
  const size = images.length / (train.length + test.length);
  const border = train.length * size;
  return [splitOf(train, images.subarray(0, border)), splitOf(test, images.subarray(border))];
}

const splitOf = (files: ClassFile[], images: Uint8Array): Split => ({
  count: files.length,
  images,
  labels: Uint16Array.from(files, ({ label }) => label),
});
