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
  const { header, notes } = table;
  const index = header.filter((name) => name === '' || /^unnamed: ?\d+$/i.test(name));
  const names = header.filter((name) => !index.includes(name));
  const subject = `${path} (columns ${names.join(', ')})`;
  const picture = fieldOf('picture', names, options, subject);
  const label = options.unlabelled ? null : labelColumn(names, options, subject);
  const split = names.find((name) => splitNames.includes(name.toLowerCase()));
  const labels = labelsOf(table, label, path);
  const paths = filled(table, header.indexOf(picture), path);
  const splits = split ? splitsOf(table, header.indexOf(split), path) : paths.map(() => null);
  const group = groupFieldOf(names, options, subject);
  const groups = group === null ? null : filled(table, header.indexOf(group), path);
  const used = [picture, label, split, options.group];
  const rest = names.filter((name) => !used.includes(name));
  if (index.length > 0) notes.push('a column without a name is pandas’ index, and not read');
  if (rest.length > 0) notes.push(`columns not read: ${rest.join(', ')}`);
  return {
    schema: {
      container: 'manifest',
      picture: `field ${picture} (paths from ${dirname(path)})`,
      label: labelText(label),
      split: split ? `column ${split}` : 'all in one',
      ...{ classes: 'classes are the different labels', notes },
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

function labelColumn(names: string[], options: ContainerOptions, subject: string): string {
  const several = names.filter((name) => /^label \d+$/.test(name));
  if (several.length > 1) {
    const rule = 'a picture has one class (several labels a picture are multi-label)';
    throw refusal(subject, `${several.length} columns of labels, but ${rule}`, 'keep one of them');
  }
  return fieldIfAny('label', names, options, subject) ?? fieldOf('label', names, options, subject);
}

function splitsOf(table: TextTable, column: number, path: string): SplitName[] {
  return filled(table, column, path).map((cell, row) => {
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
