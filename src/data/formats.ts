import { option, RequestError } from '../errors.ts';
import { cifarFolder } from './cifar/cifarFolder.ts';
import { containerFormats } from './containers/containerFormats.ts';
import type { Contents } from './containers/contents.ts';
import type { Dataset, OpenOptions } from './dataset.ts';
import { imageFolder } from './folder/imageFolder.ts';
import { soundFolder } from './folder/soundFolder.ts';
import type { Format } from './format.ts';
import { folderName, folderTitle } from './names.ts';
import { type SettingValues, settingNamed, settingNames, settingValues } from './settings.ts';

/** Every kind of data of one's own; a new one is a file of its own and a row here. */
const formats: readonly Format[] = [
  ...[imageFolder, soundFolder, cifarFolder],
  ...containerFormats,
];

/** The version of what reads data of one's own, by what it says that they hold; 1 of any other. */
export const readerVersion = (holds: string): number =>
  formats.find((format) => format.holds === holds)?.version ?? 1;

/**
 * Opens what a path holds, in the format that is surest of it; of several as sure, the first.
 *
 * @param path an absolute path
 * @throws RequestError naming the file, folder or setting that does not fit
 */
export async function openPath(path: string, options: OpenOptions): Promise<Dataset> {
  const format = await formatOf(path);
  refuseOtherSettings(path, format, options);
  const read = await format.open(path, settingValues(options), options);
  const { passedOver = [], notes = [], extent, ...data } = read;
  const { holds, version } = format;
  const reading = { holds, version, passedOver, notes, ...(extent && { extent }) };
  return { name: folderName(path), title: folderTitle(path), source: path, ...data, reading };
}

/**
 * The pictures of a container, or of a folder of such, whether they have labels or not; null where a path
 * holds none.
 *
 * @throws RequestError naming the file that does not fit
 */
export async function contentsAt(path: string, settings: SettingValues): Promise<Contents | null> {
  const sure = await Promise.all(containerFormats.map((format) => format.recognise(path)));
  const most = Math.max(...sure);
  return most > 0 ? containerFormats[sure.indexOf(most)].contents(path, settings) : null;
}

async function formatOf(path: string): Promise<Format> {
  const sure = await Promise.all(formats.map((format) => format.recognise(path)));
  return formats[sure.indexOf(Math.max(...sure))];
}

/** A setting that a format does not read would be lost without a word. */
function refuseOtherSettings(path: string, format: Format, options: OpenOptions): void {
  for (const name of settingNames) {
    const { initial, parse, text } = settingNamed(name);
    const given = text(parse(options[name] ?? initial));
    if (given === initial || format.settings.includes(name)) continue;
    const own = format.settings.map(option).join(', ');
    throw new RequestError(
      `${option(name)} ${given}: ${path} holds ${format.holds}, which ` +
        `${own ? `are read as ${own} says` : 'are read as they are'}; leave it out`,
    );
  }
}
