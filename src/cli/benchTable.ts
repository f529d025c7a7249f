import type { BenchSetting } from '../bench/bench.ts';
import type { BenchResult, CaseResult, Entry, FigureResult } from '../bench/results.ts';
import type { Spread } from '../bench/spread.ts';
import { markdownTable } from '../text/markdown.ts';
import { type Alignment, byteSize, columns, wholeNumber } from '../text/text.ts';

interface Column {
  heading: string;
  cell(entry: Entry, result: CaseResult): string;
}

const columnsOf = (results: readonly CaseResult[]): Column[] => [
  { heading: 'program', cell: ({ program }) => program },
  {
    heading: 'images/s',
    cell: ({ imagesPerSecond }) => spreadText(imagesPerSecond, wholeNumber),
  },
  { heading: 'ours over it', cell: ({ ratio }) => (ratio ? spreadText(ratio, timesText) : '') },
  { heading: 'of peak', cell: ({ peakShare }) => percentText(peakShare) },
  {
    heading: 'of bandwidth',
    cell: (entry, { entries, bandwidthShare }) =>
      entry === entries[0] ? percentText(bandwidthShare) : '',
  },
  ...(results.some(({ ceiling }) => ceiling) ? [ofCeiling] : []),
  { heading: 'memory', cell: ({ peakMemoryBytes }) => byteSize(peakMemoryBytes) },
  {
    heading: 'ours over it',
    cell: ({ memoryRatio }) => (memoryRatio === null ? '' : timesText(memoryRatio)),
  },
];

/** Above 100 % a whole net is faster than its convolutions are in oneDNN. */
const ofCeiling: Column = {
  heading: "of oneDNN's convolutions alone",
  cell: ({ ceilingShare }) => (ceilingShare === null ? '' : percentText(ceilingShare)),
};

/** Results for a terminal. */
export function benchTable(results: BenchResult[]): string {
  const rows = tableRows(results);
  const table = rows.length > 1 ? [columns(rows, alignmentsOf(rows))] : [];
  return [...table, ...remarks(results)].join('\n\n');
}

/** Results as a table of Markdown, with machine and date. */
export function benchMarkdown(setting: BenchSetting, results: BenchResult[]): string {
  const [heading, ...rows] = tableRows(results);
  const table = rows.length ? [markdownTable(heading, rows, alignmentsOf([heading]))] : [];
  const list = remarks(results).map((remark) => `- ${remark}`);
  return [...table, list.join('\n'), `${settingText(setting)}.`].join('\n\n');
}

const alignmentsOf = ([heading]: string[][]): Alignment[] =>
  heading.map((_, column) => (column < 2 ? 'left' : 'right'));

/** `AMD EPYC, 2 threads; Node v24.0.0, PyTorch 2.15.0, no onnxruntime, …; medians [least–most] of 5 pairs; load 0.05; 2025-01-31` */
export function settingText(setting: BenchSetting): string {
  const { identity, heldTo, threads, against, pairs, load, date } = setting;
  const cpu = heldTo ? `${identity.cpu} held to ${heldTo}` : identity.cpu;
  const machine = `${cpu}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  const others = against ? [`against ${against}`] : peerVersions(setting);
  const versions = [`Node ${identity.node}`, ...others].join(', ');
  const how = `medians [least–most] of ${pairs} pairs`;
  return `${machine}; ${versions}; ${how}; load ${twoDecimals(load.average)}; ${date}`;
}

function peerVersions({ torch, onnxruntime, onednn }: BenchSetting): string[] {
  const versions = { PyTorch: torch, onnxruntime, oneDNN: onednn };
  return Object.entries(versions).map(([name, version]) =>
    version ? `${name} ${version}` : `no ${name}`,
  );
}

/** A heading, then a row a program and case. */
function tableRows(results: BenchResult[]): string[][] {
  const cases = results.filter((result) => result.kind === 'case');
  const shown = columnsOf(cases);
  const rows = cases.flatMap((result) =>
    result.entries.map((entry, index) => [
      index === 0 ? result.case.name : '',
      ...shown.map(({ cell }) => cell(entry, result)),
    ]),
  );
  return [['case', ...shown.map(({ heading }) => heading)], ...rows];
}

function remarks(results: BenchResult[]): string[] {
  const cases = results.filter((result) => result.kind === 'case');
  const figures = results.filter((result) => result.kind === 'figure');
  const lines = [...figures.map(figureText), ...cases.slice(0, 1).map(limitsText)];
  return [...shares(cases), ...ceilings(cases), ...lines];
}

/** How much of a step is not the machine's, where that matters most: in the smallest net. */
function shares(cases: CaseResult[]): string[] {
  const training = cases.filter((result) => result.case.mode === 'train').slice(0, 1);
  return training.map(
    ({ case: { name }, typescriptShare, idleShare }) =>
      `TypeScript's share of a step, ${name}: ${percentText(typescriptShare)}, ` +
      `${percentText(idleShare)} with the way to the machine and back`,
  );
}

/** How fast oneDNN's convolutions are, case by case. */
const ceilings = (cases: CaseResult[]): string[] =>
  cases.flatMap(({ case: { name }, ceiling }) =>
    ceiling
      ? [`oneDNN's convolutions alone, ${name}: ${spreadText(ceiling, wholeNumber)} images/s`]
      : [],
  );

const units: Record<FigureResult['unit'], (value: number) => string> = {
  times: (value) => timesText(value),
  seconds: (value) => `${value.toFixed(3)} s`,
};

export const figureText = ({ name, unit, value }: FigureResult): string =>
  `${name}: ${spreadText(value, units[unit])}`;

/** The machine's limits as they were in a case. */
function limitsText({ limits: { isa, flops, read, write, copy }, load }: CaseResult): string {
  const bandwidth = [read, write, copy].map((value) => value.toFixed(1));
  return (
    `limits with ${isa}: ${wholeNumber(flops)} GFLOP/s; memory read ${bandwidth[0]}, ` +
    `written ${bandwidth[1]}, copied ${bandwidth[2]} GB/s; load average ${twoDecimals(load.average)}`
  );
}

export const spreadText = ({ median, minimum, maximum }: Spread, text: (value: number) => string) =>
  `${text(median)} [${text(minimum)}–${text(maximum)}]`;

const twoDecimals = (value: number): string => value.toFixed(2);

export const timesText = (ratio: number): string => `${twoDecimals(ratio)}×`;

const percentText = (share: number): string => `${(100 * share).toFixed(1)} %`;
