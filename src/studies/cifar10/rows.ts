import { RequestError } from '../../errors.ts';
import { modelKey } from '../summary.ts';

/** A row of Table 1 that the study can train: a layout, shaken or not. */
export interface Row {
  name: string;
  title: string;
  layout: string;
  mixing: string;
}

/**
 * The shaken rows of Table 1 and their controls. `relu-preact` is Gastaldi's own block; the two
 * controls that the paper leaves out, PreAct and BN-Shake without shaking, are to be had too.
 */
const rows: readonly Row[] = [
  shaken('preact-bn', 'PreActBN'),
  shaken('bn-shake', 'BN-Shake'),
  shaken('preact', 'PreAct'),
  shaken('relu-preact', 'ReLU-PreAct'),
  control('preact-bn', 'PreActBN'),
  control('relu-preact', 'ReLU-PreAct'),
  control('preact', 'PreAct'),
  control('bn-shake', 'BN-Shake'),
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
  throw new RequestError(`--rows ${name}: there is no such row; choose from ${known.join(', ')}`);
}

function shaken(layout: string, title: string): Row {
  return { name: layout, title: `${title} with shaking`, layout, mixing: 'shake-shake' };
}

function control(layout: string, title: string): Row {
  return { name: `${layout}-even`, title: `${title} without shaking`, layout, mixing: 'even' };
}
