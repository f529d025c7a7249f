import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { RequestError } from '../../errors.ts';
import { remedyFor } from './unread.ts';

/** What lies below a class's folder: a file, a folder, or a link to a folder, which is not followed. */
export interface Found {
  kind: 'file' | 'folder' | 'link';
  /** with `/` between its parts */
  path: string;
}

/**
 * The visible folders in a folder, links to folders too, sorted by code units.
 *
 * @throws RequestError where it cannot be read, and for a link that leads nowhere or back to what holds it
 */
export async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(
    ({ code }: NodeJS.ErrnoException) => {
      throw new RequestError(`dataset ${folder}: ${noFolder(folder, code)}`);
    },
  );
  const kept: string[] = [];
  for (const entry of entries) if (await isFolder(folder, entry)) kept.push(entry.name);
  return kept.sort();
}

/** Why a path is no folder of images, and what to give instead. */
function noFolder(path: string, code?: string): string {
  const folders =
    'give a folder that holds train/<class>/ and test/<class>/, or one folder a class';
  if (code !== 'ENOTDIR') return `cannot be read as a folder (${code}); ${folders}`;
  return `cannot be read as a folder, nor as a file of any kind in docs/data.md; ${remedyFor(path) ?? folders}`;
}

async function isFolder(parent: string, entry: Dirent): Promise<boolean> {
  if (entry.name.startsWith('.')) return false;
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  const path = join(parent, entry.name);
  const target = await stat(path).catch(({ code }: NodeJS.ErrnoException) => {
    throw new RequestError(`${path}: the link leads nowhere (${code}); mend it or remove it`);
  });
  if (target.isDirectory()) await refuseWayBack(path, parent);
  return target.isDirectory();
}

/** A link to a folder that holds it would give the files of others as its own, without end. */
async function refuseWayBack(path: string, parent: string): Promise<void> {
  const [target, holder] = await Promise.all([realpath(path), realpath(parent)]);
  if (!`${holder}${sep}`.startsWith(target.endsWith(sep) ? target : `${target}${sep}`)) return;
  throw new RequestError(
    `${path}: the link leads back to ${target}, which holds it; remove the link`,
  );
}

/** All that is visible below a folder, deeper too, folders before what they hold. */
export async function* below(folder: string, start = ''): AsyncGenerator<Found> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(
    ({ code }: NodeJS.ErrnoException) => {
      throw new RequestError(
        `${folder}: cannot be read (${code}); allow it, or give it a name in UTF-8`,
      );
    },
  );
  for (const entry of entries.filter(({ name }) => !name.startsWith('.'))) {
    const [own, path] = [join(folder, entry.name), `${start}/${entry.name}`];
    const kind = entry.isDirectory() ? 'folder' : await kindOf(own, entry);
    yield { kind, path };
    if (kind === 'folder') yield* below(own, path);
  }
}

async function kindOf(path: string, entry: Dirent): Promise<'file' | 'link'> {
  if (!entry.isSymbolicLink()) return 'file';
  const target = await stat(path).catch(() => null);
  return target?.isDirectory() ? 'link' : 'file';
}
