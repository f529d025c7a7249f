import { extname, join } from 'node:path';
import { soundEndings } from '../audio/endings.ts';
import { below, foldersIn } from './walk.ts';

/** What the files of a data set are. */
export type Medium = 'images' | 'clips';

/** Endings of the files that are read, in small letters; files with others are passed over. */
export const endings: { [M in Medium]: string[] } = {
  images: ['.png', '.jpg', '.jpeg', '.webp', '.gif', '.tif', '.tiff', '.avif'],
  clips: soundEndings,
};

/** Whether a file is of a medium by its ending. */
export const hasEnding = (path: string, medium: Medium): boolean =>
  endings[medium].includes(extname(path).toLowerCase());

/** Whether a file is of any medium by its ending. */
export const isData = (path: string): boolean =>
  hasEnding(path, 'images') || hasEnding(path, 'clips');

/** Whether a folder holds files of a medium below one of its folders. */
export async function holdsMedium(root: string, medium: Medium): Promise<boolean> {
  for (const name of await foldersIn(root).catch(() => [])) {
    for await (const { kind, path } of below(join(root, name))) {
      if (kind === 'file' && hasEnding(path, medium)) return true;
    }
  }
  return false;
}
