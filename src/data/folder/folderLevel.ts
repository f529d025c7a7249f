import { option, RequestError } from '../../errors.ts';
import type { FieldChoice } from '../fieldChoice.ts';
import { noGroups } from '../groups.ts';

/**
 * How many folders below its class's tell what a file belongs to: 1 for `folder`, N for `folder:N`, 0 for
 * `none`.
 *
 * @throws RequestError for another text
 */
export function folderLevel(groupField: FieldChoice): number {
  if (groupField === noGroups) return 0;
  const [, level = '1'] = /^folder(?::([1-9]))?$/.exec(groupField) ?? [null, '0'];
  if (level !== '0') return Number(level);
  throw new RequestError(
    `${option('groupField')} ${groupField}: files in folders are grouped by the folders below their ` +
      'class, folder for the first or folder:2 for the first two; try folder',
  );
}
