import { basename } from 'node:path';
import { RequestError } from '../../errors.ts';

type Remedy = [name: RegExp, remedy: string];

/** How files of data that are not read are brought into a form that is, by their names. */
const dataRemedies: Remedy[] = [
  [
    /\.(arrow|feather|ipc)$/i,
    'write it as Parquet (datasets: load_from_disk, then Dataset.to_parquet; pyarrow: parquet.write_table)',
  ],
  [/\.(h5|hdf5|pt|pth|pkl|pickle|joblib)$/i, 'write its arrays by numpy.savez'],
  [/\.(tfrecords?(-\d+-of-\d+)?|array_?record)$/i, 'write its samples as Parquet or as a tar'],
  [/\.(zip|7z|rar|txz|tbz2?|tar\.(xz|bz2|zst)|bz2|xz|zst)$/i, 'unpack it and give what is in it'],
];

/** The same of files that also stand beside data, as notes do. */
const textRemedies: Remedy[] = [
  [/\.(jsonl|ndjson|json|xlsx?|ods|txt)$/i, 'write it as CSV or Parquet'],
];

/** What to do with a file of a kind that is not read as a data set; null where its name tells nothing. */
export const remedyFor = (path: string): string | null =>
  [...dataRemedies, ...textRemedies].find(([name]) => name.test(basename(path)))?.[1] ?? null;

/**
 * Refuses a folder for files that stand where images or folders of them are looked for.
 *
 * @param paths what is there instead, below the folder
 * @throws RequestError for the first file of data of a kind that is not read, saying what to make of it
 */
export function refuseUnread(folder: string, paths: readonly string[]): void {
  for (const path of paths) {
    const remedy = dataRemedies.find(([name]) => name.test(basename(path)))?.[1];
    if (!remedy) continue;
    throw new RequestError(
      `dataset ${folder}: holds ${path}, of a kind that is not read; ${remedy}`,
    );
  }
}
