import { join } from 'node:path';
import type { DataFile, StoredDataset } from './kinds.ts';
import { findFile } from './locate.ts';
import { problemOf } from './problem.ts';
import { readUnpacked, sha256 } from './unpack.ts';

/** What `data check` finds about one file. */
export interface FileCheck {
  path: string;
  /** SHA-256 of the contents, unpacked; null when they cannot be read */
  sha256: string | null;
  /** whether that is the checksum of the published file */
  published: boolean;
  /** why the file cannot be used, or null when it parses */
  problem: string | null;
}

/** Reads every file of a data set in its folder, and gives its checksum and whether it parses. */
export async function checkFiles(kind: StoredDataset, folder: string): Promise<FileCheck[]> {
  const checks: FileCheck[] = [];
  for (const file of kind.files) checks.push(await checkFile(folder, file));
  return checks;
}

async function checkFile(folder: string, file: DataFile): Promise<FileCheck> {
  const path = (await findFile(folder, file)) ?? join(folder, file.names[0]);
  let checksum: string | null = null;
  const problem = await problemOf(async () => {
    const contents = await readUnpacked(path);
    checksum = sha256(contents);
    file.check(contents, path);
  });
  return { path, sha256: checksum, published: checksum === file.sha256, problem };
}
