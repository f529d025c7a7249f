import type { ContainerOptions, Sample, SamplePart, SplitName } from '../contents.ts';
import type { ShardedSplit } from '../shards.ts';
import { type ByteSource, type FileReference, withFile } from '../source.ts';
import { type Choice, choose, groupsOf, labelsOf, splitsOf } from './choice.ts';
import { columnBatches, refuseOtherCount, rowsOf, withoutValue } from './rows.ts';
import { readTable } from './table.ts';

/** No file of a picture is smaller. */
const smallestPicture = 16;

/** The pictures of a split's shards, a file each, one shard behind the other. */
export async function samplePart(
  split: ShardedSplit<FileReference>,
  options: ContainerOptions,
): Promise<SamplePart> {
  let count = 0;
  for (const file of split.files) count += await withFile(file, picturesOf);
  return { kind: 'samples', split: split.split, count, samples: () => samplesOf(split, options) };
}

/** As many as a table says, and as its bytes can hold: what is claimed beyond is not believed. */
const picturesOf = async (source: ByteSource): Promise<number> =>
  Math.min((await readTable(source)).rows, Math.ceil(source.size / smallestPicture));

async function* samplesOf(
  { split, files }: ShardedSplit<FileReference>,
  options: ContainerOptions,
) {
  for (const file of files) {
    const source = await file.open();
    try {
      yield* samplesIn(source, await choose(source, options), split);
    } finally {
      await source.close();
    }
  }
}

async function* samplesIn(
  source: ByteSource,
  choice: Choice,
  stated: SplitName | null,
): AsyncGenerator<Sample> {
  const { table, pictures } = choice;
  const [column] = pictures;
  const labels = await labelsOf(source, choice);
  const groups = await groupsOf(source, choice);
  const splits = await splitsOf(source, choice, stated);
  let row = 0;
  for await (const batch of columnBatches(source, table, column)) {
    for (const bytes of rowsOf(batch)) {
      const name = `${source.path}, row ${row}`;
      if (bytes === null) throw withoutValue(`${source.path}, column ${column.name}`, [row]);
      if (labels && row >= labels.length) refuseOtherCount(source, row + 1, labels.length);
      const picture = { bytes: bytes as Uint8Array };
      const told = { label: labels?.[row] ?? 0, group: groups?.[row], split: splits?.[row] };
      yield { name, picture, ...told };
      row++;
    }
  }
  refuseOtherCount(source, row, labels?.length ?? row);
}
