import { RequestError } from '../../errors.ts';
import { assemble } from '../containers/assemble.ts';
import { refuseOthers } from '../containers/refuseOthers.ts';
import type { Dataset } from '../dataset.ts';
import { formIn, pathsOf } from '../locate.ts';
import { settingValues } from '../settings.ts';
import { imageKindOf, namedDataset } from './named.ts';
import { readers } from './readers.ts';
import type { NamedSet } from './sets.ts';

/**
 * Opens a named data set from a folder that holds one of its forms.
 *
 * @throws RequestError where its files are another's, or hold pictures of another form
 */
export async function openNamed(set: NamedSet, folder: string): Promise<Dataset> {
  const { name, title, reader } = set;
  const { forms } = namedDataset(set);
  const form = (await formIn({ forms }, folder)) ?? forms[0];
  const paths = await pathsOf(folder, form);
  if (reader === 'idx') await refuseOthers(title, folder, paths);
  const contents = await readers[reader].read(paths, set);
  const named = { ...contents, classNames: [...set.classNames] };
  const { notes = [], ...data } = await assemble(named, folder, settingValues({}), {});
  refuseOtherForm(data, set, folder);
  const read = { holds: readers[reader].holds, version: 1, passedOver: [], notes };
  return { ...data, name, title, source: folder, reading: read };
}

/** Reads one file of a named data set. @throws RequestError when it is not such a file */
export const checkNamed = (set: NamedSet, path: string): Promise<void> =>
  readers[set.reader].check(path, set);

function refuseOtherForm(
  { channels, height, width }: Pick<Dataset, 'channels' | 'height' | 'width'>,
  set: NamedSet,
  folder: string,
): void {
  const own = imageKindOf(set);
  if (channels === own.channels && height === own.height && width === own.width) return;
  throw new RequestError(
    `${folder}: images of ${height}×${width} with ${channels} channels, but ${set.title}'s are ` +
      `${own.height}×${own.width} with ${own.channels}; fetch the files again, or give the folder as a path`,
  );
}
