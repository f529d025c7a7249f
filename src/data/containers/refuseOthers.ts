import { RequestError } from '../../errors.ts';
import { publishedAs } from './published.ts';

/**
 * Refuses files in a data set's folder that are known as another's: Fashion-MNIST's and KMNIST's
 * are called as MNIST's are.
 *
 * @throws RequestError naming whose they are
 */
export async function refuseOthers(title: string, folder: string, paths: string[]): Promise<void> {
  const known = await publishedAs(paths);
  if (!known || known.title === title) return;
  throw new RequestError(
    `${folder}: holds ${known.title}’s files as published, not ${title}’s; put them elsewhere, or give the ` +
      'folder as a path',
  );
}
