import { dirname, resolve } from 'node:path';
import type { ContainerOptions, Contents, Label, Sample, SplitName } from './contents.ts';
import { fieldIfAny, fieldOf, groupFieldOf, isSplitField } from './fields.ts';
import { pixelColumns } from './pixelColumns.ts';
import { pixelContents } from './pixelTable.ts';
import { refusal } from './refusal.ts';
import {
  filled,
  isNamed,
  labelsOf,
  labelText,
  readTable,
  splitsOf,
  type TextTable,
  unreadNotes,
} from './textTable.ts';

/** No table of text may be larger: it is held whole. */
export const largestText = 2 ** 28;

/**
 * Reads a table of text, separated by commas or tabs: a manifest of `path, label[, split]`, paths
 * relative to the table's folder; or a label and the pixels of a grey picture in each row.
 *
 * @throws RequestError naming the lines in which something is missing
 */
export async function readManifest(
  text: string,
  path: string,
  options: ContainerOptions,
): Promise<Contents> {
  const table = readTable(text, path);
  const columns = pixelColumns(table.header, options, path);
  return columns
    ? pixelContents(table, columns, path, options)
    : fileContents(table, path, options);
}

function fileContents(table: TextTable, path: string, options: ContainerOptions): Contents {
  const { picture, label, split, group, notes } = fieldsOf(table.header, path, options);
  const cellsOf = (field: string) => filled(table, table.header.indexOf(field), path);
  const labels = labelsOf(table, label, path);
  const paths = cellsOf(picture);
  refusePixels(paths, picture, path);
  const splits = splitsOf(table, split, path);
  const groups = group === null ? null : cellsOf(group);
  return {
    schema: {
      container: 'manifest',
      picture: `field ${picture} (paths from ${dirname(path)})`,
      label: labelText(label),
      split: split === null ? 'all in one' : `column ${split}`,
      classes: 'classes are the different labels',
      notes: [...table.notes, ...notes],
    },
    classNames: null,
    parts: [...new Set(splits)].map((own) => ({
      kind: 'samples',
      split: own,
      count: splits.filter((split) => split === own).length,
      samples: () => samplesOf(own, { splits, paths, labels, groups }, path),
    })),
  };
}

/** Tables such as FER2013 hold all pixels of a picture in one cell, `70 80 82`. */
function refusePixels(paths: readonly string[], column: string, path: string): void {
  if (!paths.every((cell) => /^\[?\s*\d+(?:[\s,]+\d+){3,}\s*\]?$/.test(cell))) return;
  const what = `column ${column} holds numbers, where paths of pictures must stand`;
  throw refusal(path, what, 'write each pixel as a column of its own, pixel1, pixel2, …');
}

/** Which column says what, null where none does, and what is not read. */
function fieldsOf(header: string[], path: string, options: ContainerOptions) {
  const names = header.filter(isNamed);
  const subject = `${path} (columns ${names.join(', ')})`;
  const picture = fieldOf('picture', names, options, subject);
  const label = options.unlabelled ? null : labelColumn(names, options, subject);
  const split = names.find(isSplitField) ?? null;
  const group = groupFieldOf(names, options, subject);
  const notes = unreadNotes(header, [picture, label, split, group]);
  return { picture, label, split, group, notes };
}

function labelColumn(names: string[], options: ContainerOptions, subject: string): string {
  const several = names.filter((name) => /^label \d+$/.test(name));
  if (several.length > 1) {
    const rule = 'a picture has one class (several labels a picture are multi-label)';
    throw refusal(subject, `${several.length} columns of labels, but ${rule}`, 'keep one of them');
  }
  return fieldIfAny('label', names, options, subject) ?? fieldOf('label', names, options, subject);
}

async function* samplesOf(
  split: SplitName | null,
  rows: {
    splits: (SplitName | null)[];
    paths: string[];
    labels: Label[];
    groups: string[] | null;
  },
  path: string,
): AsyncGenerator<Sample> {
  for (const [row, own] of rows.splits.entries()) {
    if (own !== split) continue;
    const picture = { path: resolve(dirname(path), rows.paths[row]) };
    const group = rows.groups && { group: rows.groups[row] };
    yield { name: rows.paths[row], picture, label: rows.labels[row], ...group };
  }
}
