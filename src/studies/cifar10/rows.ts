import { option, RequestError } from '../../errors.ts';
import { type ModelName, modelKey, modelTitle } from '../../nets/titles.ts';

/** A row of Table 1 that the study can train: a layout, shaken or not. */
export interface Row extends ModelName {
  name: string;
  title: string;
}

/**
 * The shaken rows of Table 1 and their controls. `relu-preact` is Gastaldi's own block; the two
 * controls that the paper leaves out, PreAct and BN-Shake without shaking, are to be had too.
 */
const rows: readonly Row[] = [
  shaken('preact-bn'),
  shaken('bn-shake'),
  shaken('preact'),
  shaken('relu-preact'),
  control('preact-bn'),
  control('relu-preact'),
  control('preact'),
  control('bn-shake'),
];

const groups: Record<string, readonly Row[]> = {
  all: rows,
  shaken: rows.filter(({ mixing }) => mixing !== 'even'),
  controls: rows.filter(({ mixing }) => mixing === 'even'),
};

/** The rows' titles by the keys of their models. */
export const rowTitles: ReadonlyMap<string, string> = new Map(
  rows.map((row) => [modelKey(row), row.title]),
);

/** The paper's three, and the best of them without shaking. */
export const defaultRows = 'preact-bn,bn-shake,preact,preact-bn-even';

/**
 * Rows by name, such as `preact,preact-even`, or by group: `all`, `shaken`, `controls`; in the
 * order asked for, each once.
 *
 * @throws RequestError for a name that is no row
 */
export function parseRows(text: string): Row[] {
  const names = text.split(',').map((name) => name.trim());
  return [...new Set(names.flatMap(rowsNamed))];
}

function rowsNamed(name: string): readonly Row[] {
  if (Object.hasOwn(groups, name)) return groups[name];
  const row = rows.find((row) => row.name === name);
  if (row) return [row];
  const known = [...Object.keys(groups), ...rows.map((row) => row.name)];
  throw new RequestError(
    `${option('rows')} ${name}: there is no such row; choose from ${known.join(', ')}`,
  );
}

function shaken(layout: string): Row {
  return rowOf(layout, { layout, mixing: 'shake-shake' });
}

function control(layout: string): Row {
  return rowOf(`${layout}-even`, { layout, mixing: 'even' });
}

function rowOf(name: string, model: ModelName): Row {
  return { name, title: modelTitle(model), ...model };
}
