import { checkDataset, getDataset, listDatasets, usualDatasetNames } from '../data/datasets.ts';
import { settingsIn } from '../data/settings.ts';
import { parseConfig } from '../runs/config.ts';
import { byteSize, columns, wholeNumber } from '../text/text.ts';
import type { CheckFlags, GetFlags, ListFlags } from './commands/data.ts';
import { flagNamed } from './naming.ts';
import { printResult } from './output.ts';
import { openProgress, showDownload } from './progress.ts';
import { readingText } from './readingText.ts';

/** Data that cannot be used make a request wrong, here as in training. */
const wrongData = 2;

/** `shakelab data list`: every data set and where it was found. */
export async function list({ data, json }: ListFlags): Promise<void> {
  const listings = await listDatasets({ folder: data });
  const heading = ['name', 'title', 'train', 'test', 'size', 'found'];
  const rows = listings.map(({ name, title, images, bytes, found }) => [
    name,
    title,
    wholeNumber(images.train),
    wholeNumber(images.test),
    bytes > 0 ? byteSize(bytes) : '-',
    found ?? `not found; shakelab data get ${name}`,
  ]);
  const alignments = ['left', 'left', 'right', 'right', 'right', 'left'] as const;
  printResult(json, listings, () => columns([heading, ...rows], alignments));
}

/** `shakelab data get`: makes sure that data sets are at hand, the usual ones where none is named. */
export async function get(names: string[], { data, json }: GetFlags): Promise<void> {
  const progress = openProgress();
  const onProgress = json ? undefined : showDownload(progress);
  const found: Record<string, string> = {};
  try {
    for (const name of names.length > 0 ? names : usualDatasetNames) {
      found[name] = await getDataset(name, { folder: data, onProgress });
    }
  } finally {
    progress.stop();
  }
  printResult(json, found, () => columns(Object.entries(found)));
}

/** `shakelab data check`: checksums and contents of the files; exit code 2 where one is wrong or missing. */
export async function check(names: string[], flags: CheckFlags): Promise<number> {
  const { data, settings, json } = flags;
  const options = { folder: data, ...settingsIn(parseConfig(settings.values, settings)) };
  const chosen = names.length > 0 ? names : usualDatasetNames;
  const checks = await Promise.all(
    chosen.map(async (name) => ({ name, ...(await checkDataset(name, options, flagNamed)) })),
  );
  printResult(json, checks, () => checks.map(checkText).join('\n\n'));
  return checks.some(({ problem }) => problem !== null) ? wrongData : 0;
}

type NamedCheck = { name: string } & Awaited<ReturnType<typeof checkDataset>>;

const verdicts = {
  true: 'as published',
  false: 'usable, but not the published file',
  null: 'usable',
};

function checkText(check: NamedCheck): string {
  const { name, source, files, reading, classes, warning, problem } = check;
  const rows = files.map((file) => [
    `  ${file.path}`,
    file.problem ?? verdicts[String(file.published) as keyof typeof verdicts],
  ]);
  const own = [`dataset ${name}: `, `${source}: `].find((start) => problem?.startsWith(start));
  const verdict = `${name}: ${problem?.slice(own?.length ?? 0) ?? `good (${source})`}`;
  const list = rows.length > 0 ? [columns(rows)] : [];
  const warnings = warning ? [`  ${warning}`] : [];
  const read = reading ? readingText({ reading, classes }) : [];
  return [verdict, ...list, ...read, ...warnings].join('\n');
}
