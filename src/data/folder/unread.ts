import { basename } from 'node:path';

/** How files that are not read are brought into a form that is, by their names. */
const remedies: [name: RegExp, remedy: string][] = [
  [/\.(arrow|feather|ipc)$/i, 'write it as Parquet (datasets: to_parquet, pyarrow: write_table)'],
  [/\.(h5|hdf5|pt|pth|pkl|pickle|joblib)$/i, 'write its arrays by numpy.savez'],
  [/\.(tfrecords?(-\d+-of-\d+)?|array_?record)$/i, 'write its samples as Parquet or as a tar'],
  [/\.(jsonl|ndjson|json|xlsx?|ods|txt)$/i, 'write it as CSV or Parquet'],
  [/\.(zip|7z|rar|txz|tbz2?|tar\.(xz|bz2|zst)|bz2|xz|zst)$/i, 'unpack it and give what is in it'],
];

/** What to do with a file of a kind that is not read as a data set; null where its name tells nothing. */
export const remedyFor = (path: string): string | null =>
  remedies.find(([name]) => name.test(basename(path)))?.[1] ?? null;
