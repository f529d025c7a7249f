import type { ContainerOptions, Contents } from './contents.ts';
import { decimal } from './elements.ts';
import { type PixelColumns, pixelColumnsText, readPixelColumns } from './pixelColumns.ts';
import { refusal } from './refusal.ts';
import { bySplit } from './splits.ts';
import { filled, labelsOf, labelText, splitsOf, type TextTable, unreadNotes } from './textTable.ts';

/**
 * What a table holds that has a label and the pixels of a grey picture in each row.
 *
 * @throws RequestError naming the line in which a pixel is no number, or a label is missing
 */
export async function pixelContents(
  table: TextTable,
  { pixels: names, label, split, group }: PixelColumns,
  path: string,
  options: ContainerOptions,
): Promise<Contents> {
  const { header, rows, notes } = table;
  const labels = labelsOf(table, label, path);
  const splits = splitsOf(table, split, path);
  const groups = group === null ? null : filled(table, header.indexOf(group), path);
  const places = names.map((name) => header.indexOf(name));
  const pieces = () => pixelRows(table, places, path);
  const stored = { rows: rows.length, element: decimal, fortran: false, pieces };
  const pixels = await readPixelColumns(names, stored, options, path);
  return {
    schema: {
      container: 'table of pixels',
      picture: pixelColumnsText(names, pixels),
      label: labelText(label),
      split: split === null ? 'all in one' : `column ${split}`,
      classes: 'classes are the different labels',
      notes: [...notes, ...unreadNotes(header, [...names, label, split, group])],
    },
    classNames: null,
    parts: bySplit(
      { kind: 'pixels', split: null, pixels, labels, ...(groups && { groups }) },
      splits,
    ),
  };
}

function* pixelRows({ rows, firstLine }: TextTable, columns: number[], path: string) {
  for (const [place, row] of rows.entries()) {
    const values = Float64Array.from(columns, (column) =>
      row[column].trim() === '' ? Number.NaN : Number(row[column]),
    );
    if (values.some(Number.isNaN)) {
      const line = `${path}, line ${firstLine + place}`;
      throw refusal(line, 'a pixel is no number', 'mend or drop the line');
    }
    yield new Uint8Array(values.buffer);
  }
}
