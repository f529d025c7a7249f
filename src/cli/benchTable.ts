import type { BenchSetting } from '../bench/bench.ts';
import type { BenchResult, CaseResult, Entry, FigureResult } from '../bench/results.ts';
import type { Spread } from '../bench/spread.ts';
import { markdownTable } from '../text/markdown.ts';
import { byteSize, columns, wholeNumber } from '../text/text.ts';

const heading = [
  'case',
  'program',
  'images/s',
  'ours over it',
  'of peak',
  'of bandwidth',
  'memory',
  'ours over it',
];

/** Results for a terminal. */
export function benchTable(results: BenchResult[]): string {
  const rows = tableRows(results);
  const table = columns([heading, ...rows], ['left', 'left', ...Array(6).fill('right')]);
  return [...(rows.length ? [table] : []), ...remarks(results)].join('\n\n');
}

/** Results for docs/results/speed.md, with machine and date. */
export function benchMarkdown(setting: BenchSetting, results: BenchResult[]): string {
  const rows = tableRows(results);
  const alignments = heading.map((_, column) => (column < 2 ? 'left' : 'right'));
  const table = rows.length ? [markdownTable(heading, rows, alignments)] : [];
  const list = remarks(results).map((remark) => `- ${remark}`);
  return [...table, list.join('\n'), `${settingText(setting)}.`].join('\n\n');
}

/** `AMD EPYC, 2 threads; PyTorch 1.13.1; medians [least–most] of 5 pairs; load 0.05; 2025-01-31` */
export function settingText(setting: BenchSetting): string {
  const { identity, threads, torch, onnxruntime, against, pairs, load, date } = setting;
  const machine = `${identity.cpu}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  const versions = [
    `Node ${identity.node}`,
    ...(torch ? [`PyTorch ${torch}`] : []),
    ...(onnxruntime ? [`onnxruntime ${onnxruntime}`] : []),
    ...(against ? [`against ${against}`] : []),
  ].join(', ');
  const how = `medians [least–most] of ${pairs} pairs`;
  return `${machine}; ${versions}; ${how}; load ${twoDecimals(load.average)}; ${date}`;
}

function tableRows(results: BenchResult[]): string[][] {
  return results.flatMap((result) => {
    if (result.kind === 'figure') return [];
    const {
      case: { name },
      entries,
      bandwidthShare,
    } = result;
    const [ours, ...peers] = entries;
    const first = [name, ...cellsOf(ours, percentText(bandwidthShare))];
    return [first, ...peers.map((entry) => ['', ...cellsOf(entry, '')])];
  });
}

const cellsOf = (entry: Entry, bandwidthShare: string): string[] => [
  entry.program,
  spreadText(entry.imagesPerSecond, wholeNumber),
  entry.ratio ? spreadText(entry.ratio, timesText) : '',
  percentText(entry.peakShare),
  bandwidthShare,
  byteSize(entry.peakMemoryBytes),
  entry.memoryRatio === null ? '' : timesText(entry.memoryRatio),
];

function remarks(results: BenchResult[]): string[] {
  const cases = results.filter((result) => result.kind === 'case');
  const figures = results.filter((result) => result.kind === 'figure');
  const lines = [...figures.map(figureText), ...cases.slice(0, 1).map(limitsText)];
  return [...shares(cases), ...lines];
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

const units: Record<FigureResult['unit'], (value: number) => string> = {
  times: (value) => timesText(value),
  seconds: (value) => `${value.toFixed(3)} s`,
};

const figureText = ({ name, unit, value }: FigureResult): string =>
  `${name}: ${spreadText(value, units[unit])}`;

/** The machine's limits as they were in a case. */
function limitsText({ limits: { isa, flops, read, write, copy }, load }: CaseResult): string {
  const bandwidth = [read, write, copy].map((value) => value.toFixed(1));
  return (
    `limits with ${isa}: ${wholeNumber(flops)} GFLOP/s; memory read ${bandwidth[0]}, ` +
    `written ${bandwidth[1]}, copied ${bandwidth[2]} GB/s; load average ${twoDecimals(load.average)}`
  );
}

const spreadText = ({ median, minimum, maximum }: Spread, text: (value: number) => string) =>
  `${text(median)} [${text(minimum)}–${text(maximum)}]`;

const twoDecimals = (value: number): string => value.toFixed(2);

const timesText = (ratio: number): string => `${twoDecimals(ratio)}×`;

const percentText = (share: number): string => `${(100 * share).toFixed(1)} %`;
