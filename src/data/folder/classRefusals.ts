import { join } from 'node:path';
import { RequestError } from '../../errors.ts';
import type { ClassFile, SplitFiles } from './classFiles.ts';
import { endings, hasEnding, isData, type Medium } from './medium.ts';
import { refuseUnread } from './unread.ts';
import { below } from './walk.ts';

/** @throws RequestError where files of another medium are among those of a data set */
export function refuseMixed(root: string, medium: Medium, files: readonly ClassFile[]): void {
  const other = files.find(({ path }) => !hasEnding(path, medium));
  if (!other) return;
  const own = files.find(({ path }) => hasEnding(path, medium));
  const [image, clip] = medium === 'images' ? [own, other] : [other, own];
  throw new RequestError(
    `dataset ${root}: holds images and sound clips (${image?.path}, ${clip?.path}); ` +
      'keep one kind and move the other elsewhere',
  );
}

/**
 * A folder without a file that is read may hold data of another kind, as those of Hugging Face's `save_to_disk` do.
 *
 * @throws RequestError where it does, with what to make of them
 */
export async function refuseOtherKinds(root: string): Promise<void> {
  const paths: string[] = [];
  for await (const { kind, path } of below(root)) {
    if (kind !== 'file') continue;
    if (isData(path)) return;
    paths.push(path.slice(1));
  }
  refuseUnread(root, paths.sort());
}

/** @throws RequestError where a class has no file to train on */
export function refuseEmptyClasses(
  root: string,
  part: string,
  classNames: string[],
  { files, others }: SplitFiles,
  medium: Medium,
): void {
  const empty = classNames.find((_, label) => files.every((file) => file.label !== label));
  if (empty === undefined) return;
  const start = part === '' ? empty : `${part}/${empty}`;
  const inClass = others.map(({ path }) => path).filter((path) => path.startsWith(`${start}/`));
  refuseUnread(root, inClass.sort());
  throw new RequestError(
    `${join(root, start)}: the class is empty, it holds no file ending in ` +
      `${endings[medium].join(', ')}; fill the folder or remove it`,
  );
}
