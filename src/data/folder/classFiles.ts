import { join } from 'node:path';
import { option, RequestError } from '../../errors.ts';
import { plural } from '../../text/text.ts';
import { isData } from './medium.ts';
import { below, type Found, foldersIn } from './walk.ts';

/** A file of one class. */
export interface ClassFile {
  /** Below the data set's folder, with `/` between, whatever the system's separator. */
  path: string;
  /** Index into the data set's class names. */
  label: number;
  /** What it belongs to, where that is asked for: the folders below its class, with `/` between. */
  group?: string;
}

/** What one split's folders hold. */
export interface SplitFiles {
  files: ClassFile[];
  others: Found[];
  /** folders within classes that are called as files are */
  folders: string[];
}

/** The files of every class that exists below `root/part`, class by class, sorted; and the others. */
export async function filesOf(
  root: string,
  part: string,
  classNames: string[],
  level: number,
): Promise<SplitFiles> {
  const present = new Set(await foldersIn(join(root, part)));
  const files: ClassFile[] = [];
  const others: Found[] = [];
  const folders: string[] = [];
  for (const [label, name] of classNames.entries()) {
    if (!present.has(name)) continue;
    const start = part === '' ? name : `${part}/${name}`;
    for await (const found of below(join(root, start), start)) {
      const { kind, path } = found;
      const fits = isData(path);
      if (kind === 'file' && fits) files.push({ path, label, ...groupOf(path, start, level) });
      else if (kind !== 'folder') others.push(found);
      else if (fits) folders.push(path);
    }
  }
  return { files: files.sort(byLabelAndPath), others, folders };
}

/** The folders of a file below its class's, as many as tell its group. @throws RequestError where it has fewer */
function groupOf(path: string, classFolder: string, level: number): Pick<ClassFile, 'group'> {
  if (level === 0) return {};
  const folders = path
    .slice(classFolder.length + 1)
    .split('/')
    .slice(0, -1);
  if (folders.length >= level) return { group: folders.slice(0, level).join('/') };
  throw new RequestError(
    `${path}: lies in ${plural(folders.length, 'folder')} below its class's, but ${option('groupField')} ` +
      `asks for ${level}; move it into its group's folder`,
  );
}

const byLabelAndPath = (one: ClassFile, other: ClassFile): number =>
  one.label - other.label || (one.path < other.path ? -1 : 1);
