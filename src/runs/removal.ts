import { lstat, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { RequestError } from '../errors.ts';
import { abandonedIn, besideName } from '../files/beside.ts';
import { planName } from '../files/studyNames.ts';
import { shown } from '../limits.ts';
import { recordName } from './folder.ts';
import { claimFolder, type Lease } from './lease.ts';
import { storing } from './storing.ts';

/** How the hidden name of a folder ends that is being deleted. */
const deleted = '.deleted';

/** What a run's folder takes up. */
export interface FolderSize {
  files: number;
  bytes: number;
}

/**
 * Deletes a run for good. Its folder is held as for training, then renamed out of sight, then removed: a
 * run is whole or gone whenever the machine stops. What others left half removed beside it goes too.
 *
 * @throws RequestError where the folder is no run or a link, trains, or holds another run or a study
 * @throws StorageError where the system refuses
 */
export async function deleteRun(folder: string): Promise<void> {
  const path = resolve(folder);
  await refuseOthers(path);
  const lease = await claimed(path);
  const hidden = besideName(join(dirname(path), `.${basename(path)}`), deleted);
  await moved(path, hidden, lease);
  await storing(hidden, () => rm(hidden, { recursive: true }));
  const abandoned = await abandonedIn(dirname(path), deleted).catch(() => []);
  for (const other of abandoned) await rm(other, { recursive: true }).catch(() => {});
}

/** What a run's folder is called: as the studio names new ones. */
const nameRule = /^[\p{L}\p{N}][\p{L}\p{N}._ -]{0,63}$/u;

/**
 * Gives a run's folder another name beside it.
 *
 * @returns its new path
 * @throws RequestError for a name that is taken or does not fit, a run that trains or belongs to a study,
 *   and where the folder is no run or a link
 * @throws StorageError where the system refuses
 */
export async function renameRun(folder: string, name: string): Promise<string> {
  const path = resolve(folder);
  const to = join(dirname(path), name);
  if (!nameRule.test(name)) {
    const rule =
      'a name has up to 64 letters, digits, spaces, dots and dashes, and begins with one of the first two';
    throw new RequestError(`name '${shown(name)}': ${rule}; try another`);
  }
  await refuseLink(path);
  await refuseOfStudy(path);
  if (await lstat(to).catch(() => null)) {
    throw new RequestError(`${to}: the name is taken; choose another`);
  }
  await moved(path, to, await claimed(path));
  return to;
}

/** The files in a run's folder. @throws RequestError where it is no run, or a link */
export async function sizeOfRun(folder: string): Promise<FolderSize> {
  await refuseLink(folder);
  const size: FolderSize = { files: 0, bytes: 0 };
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    size.files++;
    size.bytes += (await lstat(join(entry.parentPath, entry.name))).size;
  }
  return size;
}

/** Renames a folder that is held; the lease goes with it. */
async function moved(from: string, to: string, lease: Lease): Promise<void> {
  await storing(to, () => rename(from, to)).catch(async (error) => {
    await lease.release();
    throw error;
  });
  await lease.release(to);
}

/** Holds the folder as training does. @throws RequestError where somebody trains there */
async function claimed(folder: string): Promise<Lease> {
  const claim = claimFolder(folder);
  for (;;) {
    const { done, value } = await claim.next();
    if (done) return value!;
  }
}

/** A link is not followed: what it leads to may lie anywhere, and belong to others. */
async function refuseLink(folder: string): Promise<void> {
  const found = await lstat(folder).catch(() => null);
  if (found?.isSymbolicLink()) {
    throw new RequestError(`${folder}: is a link; give the folder that it leads to`);
  }
  if (await stat(join(folder, recordName)).catch(() => null)) return;
  throw new RequestError(
    `${folder}: no run is kept there; give the folder that holds its ${recordName}`,
  );
}

/** @throws RequestError for a folder with more in it than a run of its own */
async function refuseOthers(folder: string): Promise<void> {
  await refuseLink(folder);
  for (const { name, parentPath } of await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  })) {
    if (name !== planName && (name !== recordName || parentPath === folder)) continue;
    const what = `holds ${join(parentPath, name)}`;
    throw new RequestError(`${folder}: ${what}, which would go with it; move that away first`);
  }
}

/** A study finds its runs by their folders. */
async function refuseOfStudy(folder: string): Promise<void> {
  for (let above = dirname(folder), deep = 0; deep < 2; above = dirname(above), deep++) {
    if (!(await stat(join(above, planName)).catch(() => null))) continue;
    throw new RequestError(
      `${folder}: belongs to the study in ${above}, which finds it by its name; give it a note or tags instead`,
    );
  }
}
