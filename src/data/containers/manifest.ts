import { dirname, resolve } from 'node:path';
import type { ContainerOptions, Contents, Label, Sample, SplitName } from './contents.ts';
import { fieldIfAny, fieldOf, groupFieldOf, splitOf } from './fields.ts';
import { pixelColumns } from './pixelColumns.ts';
import { pixelContents } from './pixelTable.ts';
import { refusal } from './refusal.ts';
import { filled, labelsOf, labelText, readTable, type TextTable } from './textTable.ts';

/** No table of text may be larger: it is held whole. */
export const largestText = 2 ** 28;

const splitNames = ['split', 'set', 'subset', 'partition', 'usage'];

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
  const splits = split === null ? paths.map(() => null) : splitsOf(table, split, path);
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

/** Which column says what, null where none does, and what is not read. */
function fieldsOf(header: string[], path: string, options: ContainerOptions) {
  const names = header.filter((name) => name !== '' && !/^unnamed: ?\d+$/i.test(name));
  const subject = `${path} (columns ${names.join(', ')})`;
  const picture = fieldOf('picture', names, options, subject);
  const label = options.unlabelled ? null : labelColumn(names, options, subject);
  const split = names.find((name) => splitNames.includes(name.toLowerCase())) ?? null;
  const group = groupFieldOf(names, options, subject);
  const rest = names.filter((name) => ![picture, label, split, group].includes(name));
  const notes = [
    ...(names.length < header.length
      ? ['a column without a name is pandas’ index, and not read']
      : []),
    ...(rest.length > 0 ? [`columns not read: ${rest.join(', ')}`] : []),
  ];
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

/** @throws RequestError naming the line where a split is called as none is */
function splitsOf(table: TextTable, column: string, path: string): SplitName[] {
  return filled(table, table.header.indexOf(column), path).map((cell, row) => {
    const split = splitOf(cell);
    if (split) return split;
    const what = `split ${cell}, known are train, validation and test`;
    throw refusal(`${path}, line ${table.firstLine + row}`, what, 'rename or drop it');
  });
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
