import { basename } from 'node:path';
import type { SplitName } from './contents.ts';
import { splitOfFile } from './fields.ts';
import { refusal } from './refusal.ts';

/** Files that follow each other in one split. */
export interface ShardedSplit<File> {
  split: SplitName | null;
  files: File[];
}

/**
 * Sorts files into splits by their names, in the order of the shards' numbers.
 *
 * @throws RequestError where a shard is missing, `train-00001-of-00002`
 */
export function splitShards<File extends { path: string }>(
  files: readonly File[],
): ShardedSplit<File>[] {
  return [...groups(files)].map(([split, own]) => {
    const sorted = own.toSorted((a, b) => (basename(a.path) < basename(b.path) ? -1 : 1));
    refuseMissing(sorted.map(({ path }) => path));
    return { split, files: sorted };
  });
}

function groups<File extends { path: string }>(files: readonly File[]) {
  const found = new Map<SplitName | null, File[]>();
  for (const file of files) {
    const split = splitOfFile(file.path);
    found.set(split, [...(found.get(split) ?? []), file]);
  }
  return found;
}

function refuseMissing(paths: readonly string[]): void {
  const numbered = paths.map((path) => /(\d+)-of-(\d+)/.exec(basename(path)));
  const total = Number(numbered[0]?.[2] ?? 0);
  if (numbered.some((found) => Number(found?.[2] ?? 0) !== total)) {
    throw refusal(
      paths[0],
      'shards of different divisions are mixed',
      'keep one division of a split',
    );
  }
  const there = new Set(numbered.map((found) => Number(found?.[1])));
  for (let shard = 0; shard < Math.min(total, 100_000); shard++) {
    if (there.has(shard)) continue;
    throw refusal(
      paths[0],
      `shard ${shard} of ${total} is missing`,
      'fetch it too, and give the folder that holds all of them',
    );
  }
}
