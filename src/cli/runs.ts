import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline/promises';
import { option, RequestError } from '../errors.ts';
import { refuseFile } from '../files/folders.ts';
import { changeLabels } from '../runs/labels.ts';
import { deleteRun, renameRun, sizeOfRun } from '../runs/removal.ts';
import { Library } from '../server/library/library.ts';
import { byteSize, plural } from '../text/text.ts';
import type { DeleteFlags, LabelFlags, ListFlags, RenameFlags } from './commands/runs.ts';
import { printNote, printResult, refuseForms } from './output.ts';
import { listedRuns, runTable, runTableCsv } from './runTable.ts';

/** Runs that cannot be changed make a request wrong; the others are changed all the same. */
const wrongRuns = 2;

/** `shakelab runs list`: the runs below a folder. */
export async function list(folder: string, flags: ListFlags): Promise<void> {
  if (!(await stat(folder).catch(() => null)))
    throw new RequestError(`${folder}: there is no such folder; give the one that holds the runs`);
  await refuseFile(folder, 'give the folder that holds the runs');
  refuseForms({ csv: flags.csv, json: flags.json });
  const library = new Library(resolve(folder));
  await library.refresh();
  const all = library.list();
  const runs = listedRuns(all, flags);
  const none =
    flags.where && all.length > 0 ? `none of ${plural(all.length, 'run')} fits` : 'no runs';
  printResult(flags.json, runs, () => {
    if (flags.csv) return runTableCsv(runs, flags.show);
    return runs.length > 0 ? runTable(runs, flags.show) : none;
  });
}

/** `shakelab runs label`: what people say of runs. */
export function label(folders: readonly string[], flags: LabelFlags): Promise<number> {
  const { note, archive, restore, json } = flags;
  if (archive && restore)
    throw new RequestError(
      `${option('archive')} and ${option('restore')}: one of them; leave one out`,
    );
  const [tag, untag] = [flags.tag, flags.untag].map((text) => listIn(text));
  const archived = archive ? true : restore ? false : undefined;
  const change = {
    tag,
    untag,
    ...(note !== undefined && { note }),
    ...(archived !== undefined && { archived }),
  };
  return ofEach(folders, async (folder) => {
    const labels = await changeLabels(folder, change);
    const told = [...labels.tags, labels.archived ? '(archived)' : '', labels.note].filter(Boolean);
    printResult(json, { folder, ...labels }, () => `${folder}: ${told.join(' ') || 'no labels'}`);
  });
}

const listIn = (text = ''): string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);

/** `shakelab runs rename`: another name in the same place. */
export async function rename(folder: string, name: string, { json }: RenameFlags): Promise<void> {
  const to = await renameRun(folder, name);
  printResult(json, { folder, to }, () => to);
}

/** `shakelab runs delete`: runs for good; asks a terminal first, and does nothing without one unless told to. */
export function remove(folders: readonly string[], { yes, json }: DeleteFlags): Promise<number> {
  return ofEach(folders, async (folder) => {
    const { files, bytes } = await sizeOfRun(folder);
    const what = `${folder} (${plural(files, 'file')}, ${byteSize(bytes)})`;
    if (!yes && !(await agreed(what))) return printNote(`${folder}: kept`);
    await deleteRun(folder);
    printResult(json, { folder, files, bytes }, () => `${what} deleted`);
  });
}

/** @throws RequestError where there is nobody to ask */
async function agreed(what: string): Promise<boolean> {
  if (!stdin.isTTY)
    throw new RequestError(
      `${what}: nobody is there to be asked; add ${option('yes')} to delete it`,
    );
  const terminal = createInterface({ input: stdin, output: stdout });
  try {
    return /^y(es)?$/i.test((await terminal.question(`delete ${what} for good? [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}

/** Does something to each of several runs; those that refuse are named, and the exit code says so. */
async function ofEach(
  folders: readonly string[],
  work: (folder: string) => Promise<void>,
): Promise<number> {
  const { flagNamed } = await import('./naming.ts');
  let refused = 0;
  for (const folder of folders)
    await work(folder).catch((error) => {
      if (!(error instanceof RequestError)) throw error;
      refused++;
      printNote(error.worded(flagNamed));
    });
  return refused > 0 ? wrongRuns : 0;
}
