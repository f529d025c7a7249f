import { benchCases } from '../../src/bench/cases.ts';
import type { CaseResult, Entry, FigureResult } from '../../src/bench/results.ts';
import type { Spread } from '../../src/bench/spread.ts';
import { figureText, spreadText, timesText } from '../../src/cli/benchTable.ts';
import { markdownTable } from '../../src/text/markdown.ts';
import { wholeNumber } from '../../src/text/text.ts';
import { groupedBy } from './grouped.ts';

/** A case as one call measured it, next to the peers or to another checkout. */
export interface Measured {
  result: CaseResult;
  /** The other checkout. */
  against: string | null;
}

interface Column {
  heading: string;
  /** What one call says of it; nothing where it did not measure that. */
  cell(measured: Measured): string | undefined;
}

const isTorch = ({ program }: Entry): boolean => program.startsWith('PyTorch');
const isNarrow = (entry: Entry): boolean => isTorch(entry) && entry.program.endsWith('bf16');

const entryOf = ({ result }: Measured, is: (entry: Entry) => boolean): Entry | undefined =>
  result.entries.find(is);

const ratioText = (entry: Entry | undefined): string | undefined =>
  entry?.ratio ? withSpread(entry.ratio) : undefined;

const withSpread = (ratio: Spread): string => spreadText(ratio, timesText);

const peerColumns: Column[] = [
  {
    heading: 'images/s',
    cell: ({ result }) => wholeNumber(result.entries[0].imagesPerSecond.median),
  },
  {
    heading: 'over PyTorch',
    cell: (measured) => ratioText(entryOf(measured, (one) => isTorch(one) && !isNarrow(one))),
  },
  { heading: 'over its bf16', cell: (measured) => ratioText(entryOf(measured, isNarrow)) },
  {
    heading: 'over onnxruntime',
    cell: (measured) => ratioText(entryOf(measured, ({ program }) => program === 'onnxruntime')),
  },
  {
    heading: "of oneDNN's convolutions alone",
    cell: ({ result: { entries } }) =>
      entries[0].ceilingShare === null
        ? undefined
        : `${(100 * entries[0].ceilingShare).toFixed(0)} %`,
  },
  {
    heading: 'peak memory over PyTorch',
    cell(measured) {
      const ratio = entryOf(measured, isTorch)?.memoryRatio;
      return ratio ? timesText(ratio) : undefined;
    },
  },
];

const olderColumn = (older: string): Column => ({
  heading: `over ${older}`,
  cell: ({ result, against }) => (against === older ? ratioText(result.entries[1]) : undefined),
});

/** A row a case: ours over every peer and every older checkout; a dash for what was not measured. */
export function caseTable(all: readonly Measured[]): string {
  if (all.length === 0) return '';
  const older = [...new Set(all.flatMap(({ against }) => against ?? []))];
  const shown = [...peerColumns, ...older.map(olderColumn)].filter(({ cell }) => all.some(cell));
  const ordered = all.toSorted((one, other) => placeOf(one) - placeOf(other));
  const rows = [...groupedBy(ordered, ({ result }) => result.case.name)].map(([name, measured]) => [
    name,
    ...shown.map(({ cell }) => measured.flatMap((one) => cell(one) ?? []).at(-1) ?? '–'),
  ]);
  const headings = ['case', ...shown.map(({ heading }) => heading)];
  return markdownTable(headings, rows, [undefined, ...shown.map(() => 'right' as const)]);
}

/** Where the benchmark has a case: before those that it no longer has. */
const placeOf = ({ result }: Measured): number => {
  const place = benchCases.findIndex(({ name }) => name === result.case.name);
  return place < 0 ? benchCases.length : place;
};

/** A line a figure beside the cases; of one name the last counts. */
export const figureList = (figures: readonly FigureResult[]): string =>
  [...new Map(figures.map((figure) => [figure.name, `- ${figureText(figure)}`])).values()].join(
    '\n',
  );
