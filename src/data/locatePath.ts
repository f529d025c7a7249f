import { basename, join } from 'node:path';
import { RequestError } from '../errors.ts';
import { exists } from '../files/exists.ts';
import { asked, searchPlaces } from './locate.ts';

/**
 * Where a folder or file of one's own is: under its name in the folder asked for, else at its path, else under its name
 * in `$SHAKELAB_DATA`. So a run whose data have moved is told of it by that folder.
 *
 * @throws RequestError saying where it looked
 */
export async function locatePath(path: string, dataFolder?: string | null): Promise<string> {
  const name = basename(path);
  const places = searchPlaces(dataFolder).map(({ root, origin }) => ({
    origin,
    folder: join(root, name),
  }));
  const given = places.filter(({ origin }) => origin === asked);
  const others = places.filter(({ origin }) => origin === '$SHAKELAB_DATA');
  const looked = [...given, { origin: 'the path', folder: path }, ...others];
  for (const { folder } of looked) if (await exists(folder)) return folder;
  const list = looked.map(({ folder, origin }) => `${folder} (${origin})`).join(', ');
  throw new RequestError(
    `dataset ${path}: there is no such folder or file; looked for ${list}; mend the path, or name with ` +
      `${asked} the folder that ${name} is in now`,
  );
}
