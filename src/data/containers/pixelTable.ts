import type { ContainerOptions, Contents, PixelPart, SplitName } from './contents.ts';
import { decimal } from './elements.ts';
import { type PixelColumns, pixelColumnsText, readPixelColumns } from './pixelColumns.ts';
import { refusal } from './refusal.ts';
import { filled, labelsOf, labelText, splitsOf, type TextTable, unreadNotes } from './textTable.ts';

/**
 * What a table holds that has a label and the pixels of a grey picture in each row.
 *
 * @throws RequestError naming the line in which a pixel is no number, or a label is missing
 */
export async function pixelContents(
  table: TextTable,
  columns: PixelColumns,
  path: string,
  options: ContainerOptions,
): Promise<Contents> {
  const { pixels: names, label, split, group } = columns;
  const splits = splitsOf(table, split, path);
  const parts: PixelPart[] = [];
  for (const own of splits.length > 0 ? new Set(splits) : [null]) {
    const places = table.rows.map((_, row) => row).filter((row) => splits[row] === own);
    parts.push(await partOf(own, places, table, columns, path, options));
  }
  return {
    schema: {
      container: 'table of pixels',
      picture: pixelColumnsText(names, parts[0].pixels),
      label: labelText(label),
      split: split === null ? 'all in one' : `column ${split}`,
      classes: 'classes are the different labels',
      notes: [...table.notes, ...unreadNotes(table.header, [...names, label, split, group])],
    },
    classNames: null,
    parts,
  };
}

/** The rows of one split. */
async function partOf(
  split: SplitName | null,
  places: number[],
  table: TextTable,
  { pixels: names, label, group }: PixelColumns,
  path: string,
  options: ContainerOptions,
): Promise<PixelPart> {
  const { header } = table;
  const labels = labelsOf(table, label, path);
  const groups = group === null ? null : filled(table, header.indexOf(group), path);
  const columns = names.map((name) => header.indexOf(name));
  const pieces = () => pixelRows(table, places, columns, path);
  const stored = { rows: places.length, element: decimal, fortran: false, pieces };
  return {
    kind: 'pixels',
    split,
    pixels: await readPixelColumns(names, stored, options, path),
    labels: places.map((row) => labels[row]),
    ...(groups && { groups: places.map((row) => groups[row]) }),
  };
}

function* pixelRows(
  { rows, firstLine }: TextTable,
  places: number[],
  columns: number[],
  path: string,
) {
  for (const place of places) {
    const row = rows[place];
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
