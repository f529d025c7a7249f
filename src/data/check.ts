import { join } from 'node:path';
import { algorithmNames, digestValue } from './digest.ts';
import type { DataFile, StoredDataset } from './kinds.ts';
import { findFile, formIn } from './locate.ts';
import { problemOf } from './problem.ts';

/** What `data check` finds about one file. */
export interface FileCheck {
  path: string;
  /** its digest, such as `SHA-256 ba8910…`; null when none is published or it cannot be read */
  digest: string | null;
  /** whether that is the digest of the published file; null when none is published */
  published: boolean | null;
  /** why the file cannot be used, or null when it parses */
  problem: string | null;
}

/** Reads every file of a data set in its folder, and gives its digest and whether it parses. */
export async function checkFiles(kind: StoredDataset, folder: string): Promise<FileCheck[]> {
  const checks: FileCheck[] = [];
  for (const file of (await formIn(kind, folder)) ?? kind.forms[0]) {
    checks.push(await checkFile(folder, file));
  }
  return checks;
}

async function checkFile(folder: string, file: DataFile): Promise<FileCheck> {
  const path = (await findFile(folder, file)) ?? join(folder, file.names[0]);
  const expected = file.digest;
  let value: string | null = null;
  const problem = await problemOf(async () => {
    if (expected) value = await digestValue(path, expected);
    await file.check(path);
  });
  const digest = expected && value ? `${algorithmNames[expected.algorithm]} ${value}` : null;
  return { path, digest, published: expected && value === expected.value, problem };
}
